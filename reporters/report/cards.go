package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Card is one failure as a user acts on it: the same wrong answer in twelve
// variants is one card.
type Card struct {
	// Results have the same behaviour, outcome and wrong answer, as far as their
	// bindings and formats can spell it alike; there is at least one.
	Results []Result
	// Blocked could not be judged because of this failure.
	Blocked []Result
}

// Cards groups what failed, timed out or is a fault of the suite: what blocks
// most comes first, faults come last. It groups what a SHOULD warns of in the
// same way. Orphans are the blocked results whose prerequisite is on no card,
// such as one that a waiver excuses.
func Cards(results []Result) (failures, warnings []Card, orphans []Result) {
	var cards []Card
	var wrong, blocked []Result
	for _, result := range results {
		switch {
		case result.Outcome.Decides() || result.Outcome == Warned:
			wrong = append(wrong, result)
		case result.Outcome == Blocked:
			blocked = append(blocked, result)
		}
	}
	for _, group := range Group(wrong, sameFailure) {
		cards = append(cards, Card{Results: group})
	}
	for _, result := range blocked {
		if card := root(cards, blocked, result); card != nil {
			card.Blocked = append(card.Blocked, result)
		} else {
			orphans = append(orphans, result)
		}
	}
	slices.SortStableFunc(cards, worstFirst)
	for _, card := range cards {
		if card.Results[0].Outcome.Decides() {
			failures = append(failures, card)
		} else {
			warnings = append(warnings, card)
		}
	}
	return failures, warnings, orphans
}

// Decides says that one such result makes the run not conformant, or the
// suite unfit to say so.
func (o Outcome) Decides() bool {
	return o == Failed || o == TimedOut || o == Fault
}

// Breaks says whether the result keeps a target from conforming: MUST does, and
// SHOULD if the run is strict.
func (r Result) Breaks(strict bool) bool {
	switch r.Outcome {
	case Failed, TimedOut, Blocked:
		return r.Level == Must || strict && r.Level == Should
	}
	return false
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

// What each binding and each format calls the same answer, as messages say it.
var (
	anySuccess = regexp.MustCompile(`^20[0-9] `)
	anyFormat  = regexp.MustCompile(` with (?:JSON|XML)\b`)
)

// sameFailure leaves out all but the first line: what follows is detail that
// differs between representations of the same wrong answer.
func sameFailure(result Result) string {
	headline, _ := split(result.Message)
	if expected, got := compared(headline); got != "" {
		got = anySuccess.ReplaceAllString(got, "success ")
		headline = expected + "\n" + anyFormat.ReplaceAllString(got, " with a body")
	}
	return strings.Join([]string{string(result.Outcome), result.ID, headline}, "\n")
}

// root finds the card at the end of the chain of prerequisites: what blocks a
// result may be blocked itself.
func root(cards []Card, blocked []Result, result Result) *Card {
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

func prerequisite(blocked []Result, result Result) (Result, bool) {
	for _, near := range nearness(result) {
		if at := slices.IndexFunc(blocked, near); at >= 0 {
			return blocked[at], true
		}
	}
	return Result{}, false
}

// nearness finds what result names as its prerequisite: in the same variant,
// else in the same binding, else anywhere.
func nearness(result Result) []func(Result) bool {
	return []func(Result) bool{
		func(r Result) bool { return r.ID == result.BlockedBy && r.VariantName() == result.VariantName() },
		func(r Result) bool { return r.ID == result.BlockedBy && r.Binding == result.Binding },
		func(r Result) bool { return r.ID == result.BlockedBy },
	}
}

func worstFirst(a, b Card) int {
	return cmp.Or(
		cmp.Compare(fault(a), fault(b)),
		cmp.Compare(len(b.Blocked), len(a.Blocked)),
		strings.Compare(a.Results[0].ID, b.Results[0].ID),
	)
}

func fault(card Card) int {
	if card.Results[0].Outcome == Fault {
		return 1
	}
	return 0
}
