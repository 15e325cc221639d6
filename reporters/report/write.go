package report

import (
	"encoding/json"
	"io"
	"slices"
)

// Write writes the run as indented JSON: the same run gives the same bytes.
// Text that is not valid UTF-8 is written with U+FFFD in place of what is not.
func Write(w io.Writer, run *Run) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// The reader is no browser, and "<" in an XML body should read as such.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(complete(*run))
}

// complete gives every list that is nil an empty one, since readers of other
// languages expect a list; the caller's run stays as it is.
func complete(run Run) Run {
	run.Bindings = copied(run.Bindings)
	for i := range run.Bindings {
		run.Bindings[i].Variants = copied(run.Bindings[i].Variants)
	}
	run.Results = copied(run.Results)
	for i := range run.Results {
		run.Results[i].Sources = copied(run.Results[i].Sources)
		run.Results[i].Exchanges = copied(run.Results[i].Exchanges)
	}
	run.Readings = copied(run.Readings)
	run.Leftovers = copied(run.Leftovers)
	return run
}

func copied[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}
