package results

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// Unjudged is what a run left out since it did not know the target's release, by
// the releases that have it, most first; empty if there was nothing.
func Unjudged(run *report.Run) string {
	of := map[string]int{}
	var order []string
	for _, one := range run.Unjudged {
		if of[one.Releases]++; of[one.Releases] == 1 {
			order = append(order, one.Releases)
		}
	}
	if len(order) == 0 {
		return ""
	}
	slices.SortStableFunc(order, func(a, b string) int { return of[b] - of[a] })
	var parts []string
	for _, releases := range order {
		parts = append(parts, fmt.Sprintf("%s of %s", Counted(of[releases], "behaviour"), releases))
	}
	return strings.Join(parts, ", ") + "; name the release with --release"
}
