package ledger

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/suites/variant"
)

// releases are the documented generations of the API, oldest first.
var releases = []string{"6.0", "6.5", "6.7u1", "7.0", "7.0u2", "8.0", "9.0"}

// bindings are the three ways of the same operations on the wire, each with
// the releases whose documents describe it (reference, section 1).
var bindings = map[string]Range{
	"legacy": {Since: "6.0"},
	"rest":   {Since: "6.5"},
	"api":    {Since: "7.0u2"},
}

// Range is a span of releases; an empty end is open.
type Range struct {
	Since string `yaml:"since,omitempty"`
	Until string `yaml:"until,omitempty"`
}

// Releases lists the releases that the documents describe, oldest first.
func Releases() []string { return slices.Clone(releases) }

// Documents says whether the release's documents describe the binding.
func Documents(release, binding string) bool { return bindings[binding].Holds(release) }

// Possible lists the releases whose documents describe all of the bindings: of
// which a target that serves them may be.
func Possible(served []string) []string {
	var possible []string
	for _, release := range releases {
		if !slices.ContainsFunc(served, func(binding string) bool { return !Documents(release, binding) }) {
			possible = append(possible, release)
		}
	}
	return possible
}

// Holds says whether release lies in the span.
func (r Range) Holds(release string) bool {
	at := slices.Index(releases, release)
	if at < 0 {
		return false
	}
	since, until := slices.Index(releases, r.Since), slices.Index(releases, r.Until)
	return (since < 0 || at >= since) && (until < 0 || at <= until)
}

// String is the span in words: "6.7u1 and later".
func (r Range) String() string {
	switch {
	case r.Until == "":
		return r.Since + " and later"
	case r.Since == "":
		return r.Until + " and earlier"
	}
	return r.Since + " to " + r.Until
}

func (r Range) check() error {
	for _, end := range []string{r.Since, r.Until} {
		if end != "" && !slices.Contains(releases, end) {
			return fmt.Errorf("unknown release %q, want one of %s", end, strings.Join(releases, ", "))
		}
	}
	return nil
}

func isBinding(name string) bool { return slices.Contains(variant.BindingNames(), name) }
