package html

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/card"
	"session-conformance/reporters/cause"
	"session-conformance/reporters/internal/policy"
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
	Causes     []causeView
	Counts     []countView
	Services   []string
	Bindings   []string
	Levels     []report.Level
	// Matrix is by binding, Legacy the legacy binding by route and representation.
	Matrix, Legacy matrixView
	Maps           []mapView
	Claims         []claimView
	Cost           costView
	// Outages say when the target was away, and what of.
	Outages  []string
	Failures []cardView
	Warnings []cardView
	Results  []resultView
}

// countView is an outcome and how many results have it.
type countView struct {
	Outcome report.Outcome
	N       int
}

// causeView is a cause, and the anchor of the card that shows it best.
type causeView struct {
	Summary, Tally, Card string
}

// matrixView has an operation in a row; its cells stand under Columns.
type matrixView struct {
	Name    string
	Columns []string
	Rows    []matrixRow
}

type matrixRow struct {
	Service, Operation string
	Cells              []cellView
}

// cellView is an operation in a binding, or in a variant of it. Mark is the
// outcome that matters most, Right how many of Total need no look.
type cellView struct {
	Binding, Variant string
	Mark             report.Outcome
	Right, Total     int
	// Says is the same in a sentence, for readers who do not see the picture.
	Says string
}

// cardView is a card with an anchor.
type cardView struct {
	card.Content
	Anchor string
	// Service, Operation and BindingNames are what the filters ask for.
	Service, Operation, BindingNames string
	// Open says that the card shows its content at once.
	Open bool
}

// resultView is one row of the list of results.
type resultView struct {
	report.Result
	Variant, Reason, Card string
	// Steps are the exchanges of what has no card, if the run saved them.
	Steps []card.Step
}

// openCards is how many cards are open from the start: what comes first is
// what should be read first, and more would only be scrolled over.
const openCards = 1

func view(run *report.Run) pageView {
	v := pageView{
		Run: run, Policy: policy.Of(style, script), Style: template.CSS(style), Script: template.JS(script),
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
	v.Bindings = matrix.Columns
	v.Matrix = matrixOf("matrix of operations and bindings", matrix,
		func(column string) (binding, variant string) { return column, "" })
	v.Legacy = matrixOf("matrix of operations and variants of legacy", results.ByVariant(run.Results, legacy),
		func(column string) (binding, variant string) { return legacy, column })
	failures, warnings, _ := card.Cards(run.Results)
	anchors := map[[2]string]string{}
	v.Failures = cards(run, failures, "failure", anchors)
	v.Warnings = cards(run, warnings, "warning", anchors)
	v.Maps, v.Claims, v.Cost = mapsOf(run, anchors), claimsOf(run), costOf(run.Cost)
	v.Outages = results.Outages(run.Outages)
	for _, one := range cause.Known(run) {
		shown := run.Results[one.Results[0]]
		v.Causes = append(v.Causes, causeView{one.Summary, cause.Tally(one), anchors[[2]string{shown.ID, shown.VariantName()}]})
	}
	for _, result := range results.Sorted(run.Results) {
		variant := result.VariantName()
		row := resultView{Result: result, Variant: variant, Reason: results.Reason(result)}
		row.Card = anchors[[2]string{result.ID, variant}]
		if row.Card == "" {
			row.Steps = card.Steps(result.Exchanges)
		}
		v.Results = append(v.Results, row)
		v.Services = append(v.Services, result.Service)
	}
	slices.Sort(v.Services)
	v.Services = slices.Compact(v.Services)
	v.Levels = []report.Level{report.Must, report.Should, report.Undocumented}
	return v
}

func cards(run *report.Run, all []card.Card, kind string, anchors map[[2]string]string) []cardView {
	var views []cardView
	for i, one := range all {
		anchor := fmt.Sprintf("%s-%d", kind, i+1)
		for _, result := range one.Results {
			anchors[[2]string{result.ID, result.VariantName()}] = anchor
		}
		first := one.Results[0]
		views = append(views, cardView{one.Content(run), anchor, first.Service, first.Operation,
			bindingNames(one.Results), i < openCards})
	}
	return views
}

func bindingNames(group []report.Result) string {
	names := map[string]bool{}
	for _, result := range group {
		names[result.Binding] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), " ")
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

// legacy is the binding that has more than one route and representation.
const legacy = "legacy"

// matrixOf needs to know of each column which results it is about.
func matrixOf(name string, matrix results.Matrix, about func(column string) (binding, variant string)) matrixView {
	v := matrixView{Name: name, Columns: matrix.Columns}
	for _, row := range matrix.Rows {
		one := matrixRow{Service: row.Service, Operation: row.Operation}
		for i, counts := range row.Counts {
			one.Cells = append(one.Cells, cell(counts))
			one.Cells[i].Binding, one.Cells[i].Variant = about(matrix.Columns[i])
		}
		v.Rows = append(v.Rows, one)
	}
	return v
}

func cell(counts report.Counts) cellView {
	c := cellView{Right: counts.Passed + counts.Observed, Total: counts.Total}
	var says []string
	for _, outcome := range worst {
		n := counts.Of(outcome)
		if n == 0 {
			continue
		}
		says = append(says, fmt.Sprintf("%d %s", n, results.Word(outcome)))
		c.Mark = cmp.Or(c.Mark, outcome)
	}
	c.Says = strings.Join(says, ", ")
	return c
}
