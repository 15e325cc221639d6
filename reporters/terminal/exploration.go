package terminal

import (
	"fmt"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// replay tells a history that was replayed, step by step.
func (p *page) replay() {
	if p.run.Exploration == nil || len(p.run.Exploration.Replay) == 0 {
		return
	}
	p.heading(p.strong, "Replay (%d steps)", len(p.run.Exploration.Replay))
	deviated := false
	for i, step := range p.run.Exploration.Replay {
		p.blank()
		p.wrap(0, 3, fmt.Sprintf("%d. %s", i+1, step.Step))
		p.field(3, "expected", visible.FirstLine(step.Expected, maxLine))
		p.field(3, "got", answerOf(step, deviated))
		if step.Deviates {
			p.line(3, "%s", p.bad.Sprint("it deviates"))
			deviated = true
		}
	}
}

// answerOf is the answer to a step, or why there is none.
func answerOf(step report.ReplayStep, deviated bool) string {
	switch {
	case step.Got != "":
		return visible.FirstLine(step.Got, maxLine)
	case deviated:
		return "not come to"
	}
	return "not sent: no step before made what it is about"
}
