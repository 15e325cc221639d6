package junit

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// caseOf keeps classname and name free of what changes between runs, since
// viewers follow a case through time by them.
func caseOf(run *report.Run, result report.Result, cards map[string]card.Card) testCase {
	one := testCase{
		ClassName: visible.Text(className(result)),
		Name:      visible.Text(fmt.Sprintf("%s [%s] (%s)", result.Promise, result.VariantName(), result.ID)),
		Time:      seconds(result.DurationMS),
	}
	switch result.Outcome {
	case report.Failed, report.TimedOut:
		one.Failure = problemOf(result, contentOf(run, result, cards))
	case report.Fault:
		one.Error = problemOf(result, contentOf(run, result, cards))
	case report.Skipped, report.Blocked, report.NotRun, report.Waived:
		one.Skipped = &skipped{Message: results.Reason(result)}
	case report.Warned, report.Observed:
		// Neither decides, so the case passes, but says so.
		content := contentOf(run, result, cards)
		one.SystemOut = &output{Text: string(result.Outcome) + "\n" + text(content, result.Outcome == report.Warned)}
	}
	return one
}

func className(result report.Result) string {
	if result.Operation == "*" {
		// Any operation; Jenkins files a name without a dot under "(root)".
		return result.Service + ".any"
	}
	return result.Service + "." + result.Operation
}

// cardsOf finds the card of each result that is on one.
func cardsOf(run *report.Run) map[string]card.Card {
	found := map[string]card.Card{}
	failures, warnings, _ := card.Cards(run.Results)
	for _, one := range slices.Concat(failures, warnings) {
		for _, result := range one.Results {
			found[identity(result)] = one
		}
	}
	return found
}

func identity(r report.Result) string {
	return strings.Join([]string{r.ID, r.Binding, r.Route, r.Representation}, "\x00")
}

// contentOf is what the result's card says, told of this variant.
func contentOf(run *report.Run, result report.Result, cards map[string]card.Card) card.Content {
	one := card.Card{Results: []report.Result{result}}
	if whole, there := cards[identity(result)]; there {
		one.Blocked = whole.Blocked
		for _, other := range whole.Results {
			if identity(other) != identity(result) {
				one.Results = append(one.Results, other)
			}
		}
	}
	return one.Content(run)
}

func problemOf(result report.Result, content card.Content) *problem {
	return &problem{
		Message: visible.FirstLine(result.Message, results.LineLimit),
		Type:    string(result.Outcome),
		Text:    text(content, true),
	}
}
