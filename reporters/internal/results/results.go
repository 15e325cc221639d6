// Package results orders, words and cuts results in the one way in which all
// formats that list them do.
package results

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// LineLimit is the number of characters after which a line of a list is cut.
const LineLimit = 500

// Sorted is a copy by id and variant, so that two runs with different seeds
// compare well.
func Sorted(results []report.Result) []report.Result {
	sorted := slices.Clone(results)
	slices.SortStableFunc(sorted, func(a, b report.Result) int {
		return cmp.Or(
			cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Binding, b.Binding),
			cmp.Compare(a.Route, b.Route),
			cmp.Compare(a.Representation, b.Representation),
		)
	})
	return sorted
}

// With are the results that have the outcome.
func With(results []report.Result, outcome report.Outcome) (found []report.Result) {
	for _, result := range results {
		if result.Outcome == outcome {
			found = append(found, result)
		}
	}
	return found
}

// Different is the number of results on cards, and of the cards where that is
// another.
func Different(cards []card.Card) string {
	n := 0
	for _, one := range cards {
		n += len(one.Results)
	}
	if n == len(cards) {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d, %d different", n, len(cards))
}

// Reason is why a result is no plain pass, in one visible line; empty if
// nothing says so.
func Reason(result report.Result) string {
	reason := visible.FirstLine(result.Message, LineLimit)
	lead := leads[result.Outcome]
	if result.Outcome == report.Blocked {
		lead = "blocked by " + visible.FirstLine(result.BlockedBy, LineLimit)
	}
	switch {
	case lead == "":
		return reason
	case reason == "":
		return lead
	}
	return lead + ": " + reason
}

// leads are of the outcomes whose message does not tell what it is about.
var leads = map[report.Outcome]string{
	report.Warned: "warned",
	report.Waived: "waived",
	report.NotRun: "not run",
}

// Clip makes text visible and cuts it after limit bytes, between characters.
func Clip(text string, limit int) string {
	if len(text) <= limit {
		return visible.Text(text)
	}
	cut := limit
	for cut > limit-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n(%d more bytes are in the saved run)", visible.Text(text[:cut]), len(text)-cut)
}

// WentOn says that a body has more than the run keeps.
const WentOn = "the body went on; the suite read no further"

// Body is a message's body in lines of its own, cut after limit bytes; empty
// if there is none.
func Body(message report.Message, limit int) string {
	text := ""
	if message.Body != "" {
		text = Clip(card.Body(message), limit) + "\n"
	}
	if message.Truncated {
		text += "(" + WentOn + ")\n"
	}
	return text
}

// Last keeps the last exchanges, since those led to the failure, under their
// steps; total counts all of them.
func Last(steps []card.Step, limit int) (last []card.Step, total int) {
	for _, step := range slices.Backward(steps) {
		total += len(step.Exchanges)
		shown := step.Exchanges[max(0, len(step.Exchanges)-limit):]
		limit -= len(shown)
		if len(shown) > 0 {
			last = append(last, card.Step{Name: step.Name, Exchanges: shown})
		}
	}
	slices.Reverse(last)
	return last, total
}

// Counted is a number with its noun: "1 line", "2 lines".
func Counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// Word is how an outcome reads in prose.
func Word(outcome report.Outcome) string {
	return strings.ReplaceAll(string(outcome), "_", " ")
}

// Tally is all counts in one line: "total 18, passed 2, ...".
func Tally(counts report.Counts) string {
	line := fmt.Sprintf("total %d", counts.Total)
	for _, outcome := range report.Outcomes {
		line += fmt.Sprintf(", %s %d", outcome, counts.Of(outcome))
	}
	return line
}
