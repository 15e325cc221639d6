package conformancetest

import (
	"flag"
	"regexp"
	"strings"

	"session-conformance/suites"
)

// chosenBy is which behaviours the pattern of -run asks for, below the test of
// that name; nil where it asks for all of them. A pattern that the testing
// package itself refuses does not come so far.
func chosenBy(test string) func(suites.Choice) bool {
	given := flag.Lookup("test.run")
	if given == nil {
		return nil
	}
	levels := strings.Split(given.Value.String(), "/")
	above := strings.Count(test, "/") + 1
	if len(levels) <= above || strings.ContainsAny(given.Value.String(), "|[") {
		return nil // alternatives and classes may hold a slash of their own
	}
	var patterns []*regexp.Regexp
	for _, level := range levels[above:] {
		pattern, err := regexp.Compile(strings.ReplaceAll(level, " ", "_"))
		if err != nil {
			return nil
		}
		patterns = append(patterns, pattern)
	}
	return func(choice suites.Choice) bool {
		variant := strings.TrimRight(strings.Join([]string{choice.Binding, choice.Route, choice.Representation}, "_"), "_")
		for i, name := range []string{choice.ID, variant} {
			if i < len(patterns) && !patterns[i].MatchString(name) {
				return false
			}
		}
		return true
	}
}
