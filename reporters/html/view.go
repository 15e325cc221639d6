package html

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// pageView is what the template shows.
type pageView struct {
	Run    *report.Run
	Policy string
	Style  template.CSS
	Script template.JS
	// Good says that the verdict is conformant.
	Good       bool
	Date, Took string
	Counts     []countView
	Services   []string
	Bindings   []string
	Levels     []report.Level
	Matrix     []matrixView
	Failures   []cardView
	Warnings   []cardView
	Results    []resultView
}

// countView is an outcome and how many results have it.
type countView struct {
	Outcome report.Outcome
	N       int
}

// matrixView is an operation; its cells stand under Bindings.
type matrixView struct {
	Service, Operation string
	Cells              []cellView
}

// cellView is an operation in a binding. Mark is the outcome that matters most.
type cellView struct {
	Binding string
	Mark    report.Outcome
	Text    string
	// Says is the same in a sentence, for who does not see the picture.
	Says string
}

// cardView is a card with an anchor.
type cardView struct {
	report.Content
	Anchor string
	// Open says that the card shows its content at once.
	Open bool
}

// resultView is one row of the list of results.
type resultView struct {
	report.Result
	Variant, Reason, Card string
}

// openCards is how many cards are open from the start: what comes first is
// what should be read first, and more would only be scrolled over.
const openCards = 1

func view(run *report.Run) pageView {
	v := pageView{
		Run: run, Policy: policy(), Style: template.CSS(style), Script: template.JS(script),
		Good: run.Verdict == report.Conformant,
		Date: run.Started.UTC().Format("2006-01-02 15:04:05 MST"),
		Took: time.Duration(run.DurationMS * float64(time.Millisecond)).Round(time.Millisecond).String(),
	}
	for _, outcome := range report.Outcomes {
		if n := run.Counts.Of(outcome); n > 0 {
			v.Counts = append(v.Counts, countView{outcome, n})
		}
	}
	matrix := results.ByOperation(run.Results)
	v.Bindings = matrix.Bindings
	for _, row := range matrix.Rows {
		v.Matrix = append(v.Matrix, matrixRow(row, matrix.Bindings))
	}
	failures, warnings, _ := report.Cards(run.Results)
	anchors := map[[2]string]string{}
	v.Failures = cards(run, failures, "failure", anchors)
	v.Warnings = cards(run, warnings, "warning", anchors)
	for _, result := range results.Sorted(run.Results) {
		variant := result.VariantName()
		v.Results = append(v.Results, resultView{result, variant, results.Reason(result), anchors[[2]string{result.ID, variant}]})
		v.Services = append(v.Services, result.Service)
	}
	slices.Sort(v.Services)
	v.Services = slices.Compact(v.Services)
	v.Levels = []report.Level{report.Must, report.Should, report.Undocumented}
	return v
}

func cards(run *report.Run, all []report.Card, kind string, anchors map[[2]string]string) []cardView {
	var views []cardView
	for i, card := range all {
		anchor := fmt.Sprintf("%s-%d", kind, i+1)
		for _, result := range card.Results {
			anchors[[2]string{result.ID, result.VariantName()}] = anchor
		}
		views = append(views, cardView{run.Content(card), anchor, i < openCards})
	}
	return views
}

// worst orders outcomes by what somebody must look at first.
var worst = []report.Outcome{
	report.Fault, report.Failed, report.TimedOut, report.Blocked, report.Warned,
	report.Waived, report.NotRun, report.Skipped, report.Passed, report.Observed,
}

// signs show an outcome without colour.
var signs = map[report.Outcome]string{
	report.Passed: "✓", report.Failed: "✕", report.Warned: "!", report.Observed: "·", report.Skipped: "–",
	report.Blocked: "⊘", report.TimedOut: "T", report.Waived: "~", report.Fault: "?", report.NotRun: "…",
}

func matrixRow(row results.MatrixRow, bindings []string) matrixView {
	v := matrixView{Service: row.Service, Operation: row.Operation}
	for i, counts := range row.Counts {
		v.Cells = append(v.Cells, cell(counts, bindings[i]))
	}
	return v
}

// cell shows the number of the worst outcome, out of all if there are others.
func cell(counts report.Counts, binding string) cellView {
	c := cellView{Binding: binding}
	var says []string
	for _, outcome := range worst {
		n := counts.Of(outcome)
		if n == 0 {
			continue
		}
		says = append(says, fmt.Sprintf("%d %s", n, results.Word(outcome)))
		if c.Mark == "" {
			c.Mark = outcome
			c.Text = fmt.Sprintf("%s %d", signs[outcome], n)
		}
	}
	if len(says) > 1 {
		c.Text += fmt.Sprintf("/%d", counts.Total)
	}
	c.Says = strings.Join(says, ", ")
	return c
}
