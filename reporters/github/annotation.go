package github

import (
	"fmt"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// annotation is one box that GitHub shows: a title, and lines of text.
type annotation struct {
	title string
	lines []string
}

var words = map[report.Outcome]string{
	report.Failed:   "failed",
	report.TimedOut: "timed out",
	report.Fault:    "could not be judged: a fault of the suite",
	report.Warned:   "warns",
}

func annotationOf(run *report.Run, one card.Card) annotation {
	content := one.Content(run)
	annotation := annotation{
		title: fmt.Sprintf("%s %s", content.ID, words[content.Outcome]),
		lines: []string{
			visible.FirstLine(one.Results[0].Message, results.LineLimit),
			fmt.Sprintf("%s in %s", content.Level, content.Where),
			"promise: " + content.Promise,
			"clause: " + content.Clause,
		},
	}
	if content.LookAt != "" {
		annotation.lines = append(annotation.lines, "look at: "+content.LookAt)
	}
	for _, blocked := range content.Blocked {
		annotation.lines = append(annotation.lines, fmt.Sprintf("blocks: %s in %s", blocked.ID, blocked.Where))
	}
	annotation.lines = append(annotation.lines, "rerun: "+content.Rerun)
	return annotation
}

// blockedOf tells of results that are blocked by what is no failure itself.
func blockedOf(group []report.Result) annotation {
	one := annotation{
		title: fmt.Sprintf("blocked by %s", group[0].BlockedBy),
		lines: []string{visible.FirstLine(group[0].Message, results.LineLimit)},
	}
	for _, behaviour := range card.Group(group, func(r report.Result) string { return r.ID }) {
		one.lines = append(one.lines, fmt.Sprintf("not judged: %s in %s", behaviour[0].ID, card.Where(behaviour)))
	}
	return one
}

// maxLines keeps a box on the page; one failure may block a hundred behaviours.
const maxLines = 20

// command is the line that makes a runner show the annotation.
func (a annotation) command(kind string) string {
	lines := a.lines
	if more := len(lines) - maxLines; more > 0 {
		last := lines[len(lines)-1]
		lines = append(lines[:maxLines-2:maxLines-2], fmt.Sprintf("and %d more lines", more+1), last)
	}
	var text []string
	for _, line := range lines {
		text = append(text, dataSigns.Replace(visible.Text(line)))
	}
	return fmt.Sprintf("::%s title=%s::%s\n", kind,
		propertySigns.Replace(visible.FirstLine(a.title, results.LineLimit)),
		strings.Join(text, "%0A"))
}

// The signs would end the line or the property.
var (
	dataSigns     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertySigns = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
