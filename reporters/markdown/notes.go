package markdown

import (
	"fmt"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/gfm"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// maxReasons and maxIDs keep what does not decide short.
const (
	maxReasons = 50
	maxIDs     = 50
)

// notesOf are what was not judged, and why, each folded.
func notesOf(run *report.Run, sorted, orphans []report.Result) string {
	return notes("Blocked by what is no failure of its own", orphans) +
		notes("Waived", results.With(sorted, report.Waived)) +
		notes("Not run", results.With(sorted, report.NotRun)) +
		notes("Skipped", results.With(sorted, report.Skipped)) +
		notes("Observed where the documents are silent", results.With(sorted, report.Observed))
}

// notes groups results by the reason that they share.
func notes(name string, all []report.Result) string {
	if len(all) == 0 {
		return ""
	}
	var out strings.Builder
	groups := card.Group(all, results.Reason)
	for i, group := range groups {
		if i == maxReasons {
			fmt.Fprintf(&out, "- and %d more reasons\n", len(groups)-maxReasons)
			break
		}
		out.WriteString("- " + gfm.Code(results.Reason(group[0])) + "\n" + idsOf(group))
	}
	return details(fmt.Sprintf("%s (%d)", gfm.HTML(name), len(all)), out.String())
}

func idsOf(all []report.Result) string {
	var out strings.Builder
	groups := card.Group(all, func(r report.Result) string { return r.ID })
	for i, group := range groups {
		if i == maxIDs {
			fmt.Fprintf(&out, "  - and %d more\n", len(groups)-maxIDs)
			break
		}
		out.WriteString("  - " + nameOf(group) + "\n")
	}
	return out.String()
}

// nameOf is one behaviour in all its variants, in a line.
func nameOf(group []report.Result) string {
	return gfm.Code(group[0].ID) + " in " + gfm.Text(card.Where(group))
}
