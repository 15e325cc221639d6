// Package tap writes a run as TAP, the Test Anything Protocol, for prove and
// the other harnesses.
//
// A test point is one behaviour in one variant. What decides is "not ok"; what
// is wrong but does not decide, such as a SHOULD, is a TODO, which no harness
// counts as a failure.
package tap

import (
	"fmt"
	"io"
	"strings"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// version is 13 although all that follows is as version 14 wants it, too:
// readers of 14 take 13 for it, while Perl's harness (3.44, of Debian 12)
// fails every run that says 14.
const version = "TAP version 13"

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	points := pointsOf(run)
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n1..%d\n", version, len(points))
	comment(&out, "target "+run.Target.URL)
	comment(&out, fmt.Sprintf("suite %s %s, seed %d", run.Suite.Name, run.Suite.Version, run.Options.Seed))
	for i, point := range points {
		point.write(&out, i+1)
	}
	comment(&out, results.Tally(run.Counts))
	comment(&out, run.Summary)
	_, err := io.WriteString(w, out.String())
	return err
}

func comment(out *strings.Builder, text string) {
	fmt.Fprintf(out, "# %s\n", visible.FirstLine(text, results.LineLimit))
}

// pointsOf has a point for each result, in an order that no seed changes. A
// harness must not be green when the run is not conformant: if no result says
// so, as when the target cannot be reached, a point of the run itself does.
func pointsOf(run *report.Run) []point {
	var points []point
	red := false
	for _, result := range results.Sorted(run.Results) {
		points = append(points, pointOf(run, result))
		red = red || result.Outcome.Decides()
	}
	if run.Verdict != report.Conformant && !red {
		points = append(points, pointOfVerdict(run))
	}
	return points
}
