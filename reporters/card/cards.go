// Package card is what a failure looks like, in every format the same: what is
// one failure, what it says, and the comparison of what was expected and got.
package card

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"session-conformance/reporters/report"
)

// Card is one failure as a user acts on it: the same wrong answer in twelve
// variants is one card.
type Card struct {
	// Results have the same behaviour, outcome and wrong answer, as far as their
	// bindings and formats can spell it alike; there is at least one.
	Results []report.Result
	// Blocked could not be judged because of this failure.
	Blocked []report.Result
}

// Cards groups what failed, timed out or is a fault of the suite: what blocks
// most comes first, faults come last. It groups what a SHOULD warns of in the
// same way. Orphans are the blocked results whose prerequisite is on no card,
// such as one that a waiver excuses.
func Cards(results []report.Result) (failures, warnings []Card, orphans []report.Result) {
	var cards []Card
	var wrong, blocked []report.Result
	for _, result := range results {
		switch {
		case result.Outcome.Decides() || result.Outcome == report.Warned:
			wrong = append(wrong, result)
		case result.Outcome == report.Blocked:
			blocked = append(blocked, result)
		}
	}
	for _, group := range Group(wrong, sameFailure) {
		cards = append(cards, Card{Results: group})
	}
	for _, result := range blocked {
		if one := root(cards, blocked, result); one != nil {
			one.Blocked = append(one.Blocked, result)
		} else {
			orphans = append(orphans, result)
		}
	}
	slices.SortStableFunc(cards, worstFirst)
	for _, one := range cards {
		if one.Results[0].Outcome.Decides() {
			failures = append(failures, one)
		} else {
			warnings = append(warnings, one)
		}
	}
	return failures, warnings, orphans
}

// Group puts the items with the same key together, in the order in which the
// keys appear.
func Group[T any](items []T, key func(T) string) [][]T {
	var groups [][]T
	place := map[string]int{}
	for _, item := range items {
		name := key(item)
		at, known := place[name]
		if !known {
			at = len(groups)
			place[name] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], item)
	}
	return groups
}

// sameFailure names what results of one failure have in common. Of a message
// without data it is the first line: what follows is detail that differs between
// representations of the same wrong answer.
func sameFailure(result report.Result) string {
	what, _ := split(result.Message)
	if failure := result.Failure; failure != nil {
		what = alike(*failure)
	}
	return strings.Join([]string{string(result.Outcome), result.ID, what}, "\n")
}

// alike is a failure without what each binding and each representation calls
// the same: its own status of success, and the format of a body.
func alike(failure report.Failure) string {
	answer := failure.Answer
	if answer == nil {
		return failure.Expected + "\n" + failure.Got
	}
	if answer.Problem != "" {
		// The status was right, so what else was expected tells only the binding.
		return answer.Problem
	}
	status, body := strconv.Itoa(answer.Status), answer.Body
	if answer.Status/100 == 2 {
		status = "success"
	}
	if body == "JSON" || body == "XML" {
		body = "a body"
	}
	return strings.Join([]string{failure.Expected, status, answer.Type, body, answer.Error}, "\n")
}

// root finds the card at the end of the chain of prerequisites: what blocks a
// result may be blocked itself.
func root(cards []Card, blocked []report.Result, result report.Result) *Card {
	// As many steps as there are results: a chain may be a ring.
	for range blocked {
		for _, near := range nearness(result) {
			for i := range cards {
				if slices.ContainsFunc(cards[i].Results, near) {
					return &cards[i]
				}
			}
		}
		next, found := prerequisite(blocked, result)
		if !found {
			return nil
		}
		result = next
	}
	return nil
}

func prerequisite(blocked []report.Result, result report.Result) (report.Result, bool) {
	for _, near := range nearness(result) {
		if at := slices.IndexFunc(blocked, near); at >= 0 {
			return blocked[at], true
		}
	}
	return report.Result{}, false
}

// nearness finds what result names as its prerequisite: in the same variant,
// else in the same binding, else anywhere.
func nearness(result report.Result) []func(report.Result) bool {
	return []func(report.Result) bool{
		func(r report.Result) bool { return r.ID == result.BlockedBy && r.VariantName() == result.VariantName() },
		func(r report.Result) bool { return r.ID == result.BlockedBy && r.Binding == result.Binding },
		func(r report.Result) bool { return r.ID == result.BlockedBy },
	}
}

func worstFirst(a, b Card) int {
	return cmp.Or(
		cmp.Compare(fault(a), fault(b)),
		cmp.Compare(len(b.Blocked), len(a.Blocked)),
		strings.Compare(a.Results[0].ID, b.Results[0].ID),
	)
}

func fault(one Card) int {
	if one.Results[0].Outcome == report.Fault {
		return 1
	}
	return 0
}
