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

	"session-conformance/reporters/card"
	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
	"session-conformance/reporters/visible"
)

// Options say how much to write; with both, Quiet counts.
type Options struct {
	// Quiet leaves one line for each failure, and the verdict.
	Quiet bool
	// Verbose adds every result, and shows as much of each failure as there is.
	Verbose bool
	// Files are the reports that were written; the end names them.
	Files []string
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
		p.whole(options)
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

func (p *page) whole(options Options) {
	p.header()
	if options.Verbose {
		p.results()
	}
	p.notes()
	if options.Verbose {
		p.operations()
	}
	p.matrix()
	p.replay()
	p.claims()
	if options.Verbose || p.run.Options.Exploring && p.run.Exploration != nil && len(p.run.Exploration.Replay) == 0 {
		p.lifecycles()
	}
	failures, warnings, orphans := card.Cards(p.run.Results)
	p.warnings(warnings)
	p.failures(failures)
	p.reasons("Blocked", p.warning, orphans, blockedBy)
	p.outages()
	p.leftovers()
	p.cost()
	p.causes()
	p.counts()
	p.next(options.Files)
}

// headlines are what a pipeline's log needs to say.
func (p *page) headlines() {
	failures, _, _ := card.Cards(p.run.Results)
	for _, one := range failures {
		result := one.Results[0]
		p.wrap(0, 2, fmt.Sprintf("%s %s (%s): %s", word(result.Outcome), result.ID, card.Where(one.Results),
			visible.FirstLine(result.Headline(), maxLine)))
	}
}

// results names every result in a line.
func (p *page) results() {
	p.heading(p.strong, "Results (%d)", len(p.run.Results))
	for _, result := range results.Sorted(p.run.Results) {
		line := fmt.Sprintf("%-8s %s [%s] %.0f ms", word(result.Outcome), result.ID, result.VariantName(), result.DurationMS)
		p.line(2, "%s", cells.Cut(visible.FirstLine(line, maxLine), p.width-2))
	}
}

func (p *page) outages() {
	for i, line := range results.Outages(p.run.Outages) {
		if i == 0 {
			p.blank()
		}
		p.field(0, "away", visible.FirstLine(line, maxLine))
	}
}

// leftovers come late: they are the one note that asks for an action.
func (p *page) leftovers() {
	if len(p.run.Leftovers) == 0 {
		return
	}
	var named []string
	for i, left := range p.run.Leftovers {
		if i == p.limits.leftovers {
			named = append(named, fmt.Sprintf("and %d more", len(p.run.Leftovers)-i))
			break
		}
		named = append(named, fmt.Sprintf("%s (%s)",
			strings.Join(strings.Fields(left.Kind+" "+left.ID+" "+left.Name), " "), left.Error))
	}
	p.blank()
	p.field(0, "left", visible.FirstLine(strings.Join(named, ", "), maxLine))
	if !p.run.Target.Bundled {
		// Not wrapped, so that it can be copied.
		p.line(0, "%-*s%s", nameWidth, "sweep",
			visible.Text("conformance sweep --target "+reproduce.Quote(p.run.Target.URL)+" --older-than 0s"))
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
	if counts.Total == 0 && p.run.Options.Exploring {
		return
	}
	p.blank()
	if len(parts) == 0 {
		p.wrap(0, 2, total)
		return
	}
	p.wrap(0, 2, total+": "+strings.Join(parts, ", "))
}

func (p *page) verdict() {
	tone := p.bad
	switch {
	case p.run.Verdict == report.Conformant && p.run.Partial:
		tone = p.warning
	case p.run.Verdict == report.Conformant:
		tone = p.good
	}
	p.text.WriteString(tone.Sprint(visible.FirstLine(p.run.Summary, maxLine)) + "\n")
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
