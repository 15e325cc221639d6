// Package terminal shows a run to a person: live while it runs, and as the
// final report.
//
// The report ends with what matters most, since that is what stays on the
// screen: notes first, then the matrix of operations and bindings, warnings,
// failures, counts, and the verdict as the last line. Text from the target is
// made visible, so that it moves no cursor.
package terminal

import (
	"fmt"
	"io"
	"strings"
	"time"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// Options say how much to write; with both, Quiet counts.
type Options struct {
	// Quiet leaves one line for each failure, and the verdict.
	Quiet bool
	// Verbose adds every result, and shows as much of each failure as there is.
	Verbose bool
}

// Write writes the final report of a run.
func Write(w io.Writer, run *report.Run, style Style) error {
	return WriteWith(w, run, style, Options{})
}

// WriteWith is Write with more or less of the report.
func WriteWith(w io.Writer, run *report.Run, style Style, options Options) error {
	p := &page{run: run, width: style.width(), palette: newPalette(style.Color), limits: usual}
	if options.Verbose {
		p.limits = unlimited
	}
	if options.Quiet {
		p.headlines()
	} else {
		p.whole(options.Verbose)
	}
	p.verdict()
	_, err := io.WriteString(w, p.text.String())
	return err
}

// page collects the report of one run for one style.
type page struct {
	palette
	limits
	text  strings.Builder
	run   *report.Run
	width int
}

func (p *page) whole(everyResult bool) {
	p.header()
	if everyResult {
		p.results()
	}
	p.notes()
	p.matrix()
	failures, warnings, orphans := report.Cards(p.run.Results)
	p.warnings(warnings)
	p.failures(failures)
	p.reasons("Blocked", p.warning, orphans, blockedBy)
	p.leftovers()
	p.overview(failures)
	p.counts()
}

// headlines are what a pipeline's log needs to say.
func (p *page) headlines() {
	failures, _, _ := report.Cards(p.run.Results)
	for _, card := range failures {
		result := card.Results[0]
		p.wrapped(0, 2, fmt.Sprintf("%s %s (%s): %s", word(result.Outcome), result.ID, report.Where(card.Results), report.FirstLine(result.Message, maxLine)))
	}
}

// results names every result in a line.
func (p *page) results() {
	p.heading(p.strong, "Results (%d)", len(p.run.Results))
	for _, result := range results.Sorted(p.run.Results) {
		line := fmt.Sprintf("%-8s %s [%s] %.0f ms", word(result.Outcome), result.ID, result.VariantName(), result.DurationMS)
		p.line(2, "%s", report.FirstLine(line, p.width-5))
	}
}

// leftovers come late: they are the one note that asks for an action.
func (p *page) leftovers() {
	if len(p.run.Leftovers) == 0 {
		return
	}
	p.heading(p.warning, "Left on the target (%d); delete it by hand", len(p.run.Leftovers))
	for i, left := range p.run.Leftovers {
		if i == p.limits.leftovers {
			p.line(2, "and %d more, see --json", len(p.run.Leftovers)-i)
			return
		}
		what := strings.Join(strings.Fields(left.Kind+" "+left.ID+" "+left.Name), " ")
		p.wrapped(2, 4, what+": "+left.Error)
	}
}

// overview names all failures again in a line each, since cards are long.
func (p *page) overview(cards []report.Card) {
	if len(cards) < 2 {
		return
	}
	p.heading(p.bad, "Failed")
	for i, card := range cards {
		if i == p.overviewCards {
			p.line(2, "and %d more, see --json", len(cards)-i)
			return
		}
		p.wrapped(2, 4, fmt.Sprintf("%s %s (%s)", word(card.Results[0].Outcome), card.Results[0].ID, report.Where(card.Results)))
	}
}

func (p *page) counts() {
	counts := p.run.Counts
	var parts []string
	for _, outcome := range report.Outcomes {
		if n := counts.Of(outcome); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, results.Word(outcome)))
		}
	}
	total := fmt.Sprintf("%s in %s", results.Counted(counts.Total, "behaviour"), duration(p.run.DurationMS))
	p.blank()
	if len(parts) == 0 {
		p.wrapped(0, 2, total)
		return
	}
	p.wrapped(0, 2, total+": "+strings.Join(parts, ", "))
}

func (p *page) verdict() {
	tone := p.bad
	switch {
	case p.run.Verdict == report.Conformant && p.run.Partial:
		tone = p.warning
	case p.run.Verdict == report.Conformant:
		tone = p.good
	}
	p.text.WriteString(tone.Sprint(report.FirstLine(p.run.Summary, maxLine)) + "\n")
}

func duration(milliseconds float64) string {
	if milliseconds < 60_000 {
		return fmt.Sprintf("%.1f s", milliseconds/1000)
	}
	return time.Duration(milliseconds * float64(time.Millisecond)).Round(time.Second).String()
}

// word is the outcome as it catches the eye in a log.
func word(outcome report.Outcome) string {
	switch outcome {
	case report.Failed:
		return "FAIL"
	case report.TimedOut:
		return "TIMEOUT"
	case report.Fault:
		return "FAULT"
	case report.Warned:
		return "WARN"
	}
	return strings.ToUpper(results.Word(outcome))
}
