// Package github writes a run as workflow commands, which GitHub shows as
// annotations of the job that prints them.
//
// An error is one card, so the same wrong answer in twelve variants is one
// annotation. What does not decide is a warning. The last line is a notice with
// the verdict and all counts.
package github

import (
	"fmt"
	"io"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// shown is how many annotations of a kind GitHub shows of one step; it drops
// those that come later.
const shown = 10

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	failing, warned, orphans := card.Cards(results.Sorted(run.Results))
	errors, warnings := errorsOf(run, failing), warningsOf(run, warned, orphans)
	var out strings.Builder
	for _, one := range first(errors) {
		out.WriteString(one.command("error"))
	}
	for _, one := range first(warnings) {
		out.WriteString(one.command("warning"))
	}
	out.WriteString(closing(run, len(errors), len(warnings)).command("notice"))
	_, err := io.WriteString(w, out.String())
	return err
}

func first(all []annotation) []annotation {
	return all[:min(len(all), shown)]
}

// errorsOf has the worst card first. A run that is not conformant without one,
// as when the target cannot be reached, is an error of its own.
func errorsOf(run *report.Run, cards []card.Card) []annotation {
	var all []annotation
	for _, one := range cards {
		all = append(all, annotationOf(run, one))
	}
	if len(all) == 0 && run.Verdict != report.Conformant {
		all = append(all, annotation{title: "conformance", lines: []string{run.Summary}})
	}
	return all
}

func warningsOf(run *report.Run, cards []card.Card, orphans []report.Result) []annotation {
	var all []annotation
	for _, group := range card.Group(orphans, results.Reason) {
		all = append(all, blockedOf(group))
	}
	for _, one := range cards {
		all = append(all, annotationOf(run, one))
	}
	return all
}

// closing says what GitHub does not show, so that nobody takes ten for all.
func closing(run *report.Run, errors, warnings int) annotation {
	one := annotation{title: "conformance", lines: []string{run.Summary, results.Tally(run.Counts)}}
	for _, kind := range []struct {
		all  int
		name string
	}{{errors, "failures"}, {warnings, "warnings"}} {
		if more := kind.all - shown; more > 0 {
			one.lines = append(one.lines, fmt.Sprintf("%d more %s are not shown here; the other reports have them", more, kind.name))
		}
	}
	return one
}
