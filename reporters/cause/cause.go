// Package cause works out what is wrong with a target: of all that failed, the
// few things to mend, what unblocks most first.
package cause

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// Of are the causes of what failed, was warned of or could not be judged. What
// is a fault of the suite has none, nor has what is blocked by something that
// did not fail, such as a login that is missing.
func Of(results []report.Result) []report.Cause {
	symptoms := symptomsOf(results)
	groups := joinLocks(groupByKey(symptoms))
	block(groups, results)
	causes := make([]report.Cause, 0, len(groups))
	for _, group := range groups {
		causes = append(causes, group.cause(results))
	}
	slices.SortStableFunc(causes, worstFirst)
	return causes
}

// Verdict says how much the causes explain, and which is the first; empty where
// there is none.
func Verdict(causes []report.Cause, counts report.Counts) string {
	if len(causes) == 0 {
		return ""
	}
	explained, wrong := 0, counts.Failed+counts.Warned+counts.TimedOut+counts.Blocked
	for _, one := range causes {
		explained += one.Explains()
	}
	if len(causes) == 1 {
		return fmt.Sprintf("1 cause explains %d of %d results: %s", explained, wrong, causes[0].Summary)
	}
	return fmt.Sprintf("%d causes explain %d of %d results; first: %s", len(causes), explained, wrong, causes[0].Summary)
}

// Known are the causes of a run; they are worked out where it was saved before
// runs held them.
func Known(run *report.Run) []report.Cause {
	if run.Causes != nil {
		return run.Causes
	}
	return Of(run.Results)
}

// Tally says what the cause explains: "2 failed, 1 warned, 11 blocked".
func Tally(one report.Cause) string {
	var parts []string
	for _, count := range []struct {
		n    int
		word string
	}{{one.Failed, "failed"}, {one.Warned, "warned"}, {one.Blocked, "blocked"}} {
		if count.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count.n, count.word))
		}
	}
	return strings.Join(parts, ", ")
}

// worstFirst has what keeps most from being judged first, then what fails, and
// of that what explains most.
func worstFirst(a, b report.Cause) int {
	return cmp.Or(
		cmp.Compare(b.Blocked, a.Blocked),
		cmp.Compare(min(b.Failed, 1), min(a.Failed, 1)),
		cmp.Compare(b.Explains(), a.Explains()),
	)
}

// group is what has one cause.
type group struct {
	symptoms []symptom
	blocked  []int
	// blocks counts them by the index of the result that blocks them.
	blocks map[int]int
}

func (g group) cause(results []report.Result) report.Cause {
	ofKind := make([]int, len(kinds))
	for _, each := range g.symptoms {
		ofKind[each.kind]++
	}
	slices.SortStableFunc(g.symptoms, func(a, b symptom) int {
		return cmp.Or(cmp.Compare(ofKind[b.kind], ofKind[a.kind]), cmp.Compare(a.kind, b.kind),
			cmp.Compare(g.blocks[b.index], g.blocks[a.index]))
	})
	one := report.Cause{
		Summary: kinds[g.symptoms[0].kind].says(g.symptoms), Blocked: len(g.blocked), BlockedResults: g.blocked,
	}
	for _, each := range g.symptoms {
		one.Results = append(one.Results, each.index)
		if !slices.Contains(one.Operations, each.operation) {
			one.Operations = append(one.Operations, each.operation)
		}
		if results[each.index].Outcome == report.Warned {
			one.Warned++
		} else {
			one.Failed++
		}
	}
	slices.Sort(one.Operations)
	return one
}

// stateless is how many operations take a session in a state that forbids them,
// where a target has no states.
const stateless = 4

// joinLocks puts items that are never busy to sessions that have no states: on such a
// target nothing knows that a session is ACTIVE.
func joinLocks(groups []*group) []*group {
	states := slices.IndexFunc(groups, func(g *group) bool {
		return g.accepts("not_allowed_in_current_state") && len(g.operations()) >= stateless
	})
	locks := slices.IndexFunc(groups, func(g *group) bool { return g.accepts("resource_busy") })
	if states < 0 || locks < 0 || states == locks {
		return groups
	}
	groups[states].symptoms = append(groups[states].symptoms, groups[locks].symptoms...)
	return slices.Delete(groups, locks, locks+1)
}

// accepts says that something succeeds where such a refusal is documented.
func (g *group) accepts(refusal string) bool {
	return slices.ContainsFunc(g.symptoms, func(s symptom) bool { return isAccepted(s) && s.expectation().Type == refusal })
}

// operations are those whose answers are wrong.
func (g *group) operations() (names []string) {
	for _, each := range g.symptoms {
		names = appendNew(names, each.operation)
	}
	return names
}

// groupByKey puts symptoms together that have a key in common, also by way of
// others.
func groupByKey(symptoms []symptom) []*group {
	var groups []*group
	of := map[string]*group{}
	for _, each := range symptoms {
		var own *group
		for _, key := range each.keys {
			switch other := of[key]; {
			case other == nil || other == own:
			case own == nil:
				own = other
			default:
				own.symptoms = append(own.symptoms, other.symptoms...)
				other.symptoms = nil
				for name, group := range of {
					if group == other {
						of[name] = own
					}
				}
			}
		}
		if own == nil {
			own = &group{blocks: map[int]int{}}
			groups = append(groups, own)
		}
		own.symptoms = append(own.symptoms, each)
		for _, key := range each.keys {
			of[key] = own
		}
	}
	return slices.DeleteFunc(groups, func(g *group) bool { return len(g.symptoms) == 0 })
}
