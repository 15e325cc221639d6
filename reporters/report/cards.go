package report

import (
	"cmp"
	"slices"
	"strings"
)

// Card is one failure as a user acts on it: the same wrong answer in twelve
// variants is one card.
type Card struct {
	// Results have the same behaviour, outcome and first line of the message;
	// there is at least one.
	Results []Result
	// Blocked could not be judged because of this failure.
	Blocked []Result
}

// Cards groups what failed, timed out or is a fault of the suite: what blocks
// most comes first, faults come last. Orphans are the blocked results whose
// prerequisite is no card, such as one that a waiver excuses.
func Cards(results []Result) (cards []Card, orphans []Result) {
	var decisive []Result
	for _, result := range results {
		if result.Outcome.Decides() {
			decisive = append(decisive, result)
		}
	}
	for _, group := range Group(decisive, sameFailure) {
		cards = append(cards, Card{Results: group})
	}
	for _, result := range results {
		if result.Outcome != Blocked {
			continue
		}
		if card := blocking(cards, result); card != nil {
			card.Blocked = append(card.Blocked, result)
		} else {
			orphans = append(orphans, result)
		}
	}
	slices.SortStableFunc(cards, worstFirst)
	return cards, orphans
}

// Decides says that one such result makes the run not conformant, or the
// suite unfit to say so.
func (o Outcome) Decides() bool {
	return o == Failed || o == TimedOut || o == Fault
}

// Group puts the results with the same key together, in the order in which
// the keys appear.
func Group(results []Result, key func(Result) string) [][]Result {
	var groups [][]Result
	place := map[string]int{}
	for _, result := range results {
		at, known := place[key(result)]
		if !known {
			at = len(groups)
			place[key(result)] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], result)
	}
	return groups
}

// sameFailure leaves out all but the first line: what follows is detail that
// differs between representations of the same wrong answer.
func sameFailure(result Result) string {
	first, _, _ := strings.Cut(result.Message, "\n")
	return string(result.Outcome) + "\n" + result.ID + "\n" + first
}

// blocking finds the card that result names as its prerequisite, if possible
// the one that has it in the same variant.
func blocking(cards []Card, result Result) *Card {
	for _, same := range []func(Result) bool{
		func(r Result) bool { return r.VariantName() == result.VariantName() },
		func(r Result) bool { return r.Binding == result.Binding },
		func(Result) bool { return true },
	} {
		for i := range cards {
			if cards[i].Results[0].ID == result.BlockedBy && slices.ContainsFunc(cards[i].Results, same) {
				return &cards[i]
			}
		}
	}
	return nil
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
