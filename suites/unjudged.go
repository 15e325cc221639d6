package suites

import (
	"cmp"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
)

// unjudgedOf tells what a plan leaves out, since only some of the releases have it
// which the target may be of; each behaviour once in a binding.
func unjudgedOf(plan *engine.Plan) []report.Unjudged {
	var all []report.Unjudged
	for _, one := range plan.Unjudged {
		binding := string(one.Variant.Binding)
		all = append(all, report.Unjudged{ID: one.ID, Binding: binding, Releases: one.Behaviour.Releases[binding].String()})
	}
	return distinctUnjudged(all)
}

func distinctUnjudged(all []report.Unjudged) []report.Unjudged {
	slices.SortFunc(all, func(a, b report.Unjudged) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Binding, b.Binding))
	})
	return slices.Compact(all)
}
