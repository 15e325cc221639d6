package terminal

import (
	"fmt"
	"strings"

	"session-conformance/reporters/cause"
	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
	"session-conformance/reporters/visible"
)

// causes come last, since that is what stays on the screen: what to mend, what
// unblocks most first.
func (p *page) causes() {
	causes := cause.Known(p.run)
	if len(causes) == 0 {
		return
	}
	p.heading(p.strong, "%s, what unblocks most first", results.Counted(len(causes), "cause"))
	for i, one := range causes {
		if i == p.limits.causes {
			p.line(2, "and %d more, see --html, --json or --verbose", len(causes)-i)
			return
		}
		p.cause(i+1, one)
	}
}

// cause is a line, so that all that is shown fits into one screen with the verdict, which
// tells the first as a whole; with everything else it is as long as it is.
func (p *page) cause(number int, one report.Cause) {
	lead, tally := fmt.Sprintf("%d. ", number), " ("+cause.Tally(one)+")"
	summary := visible.FirstLine(one.Summary, maxLine)
	room := p.width - 2 - cells.Width(lead+tally)
	if p.limits.causes == unlimited.causes || room < leastRoom {
		p.wrap(2, 5, lead+summary+tally)
		return
	}
	p.line(2, "%s", lead+cells.Cut(summary, room)+tally)
}

// leastRoom is what a cause needs to say anything in a line.
const leastRoom = 30

// next says where the reports are and what to do now: to see the first cause alone.
func (p *page) next(files []string) {
	if len(files) > 0 {
		p.field(0, "reports", strings.Join(files, ", "))
	}
	causes := cause.Known(p.run)
	if len(causes) == 0 || p.run.Verdict == report.Conformant {
		return
	}
	first := p.run.Results[causes[0].Results[0]]
	// Not wrapped, so that it can be copied.
	p.line(0, "%-*s%s", nameWidth, "next", visible.Text(reproduce.Rerun(p.run, first)))
}
