package suites

import (
	"slices"

	"session-conformance/reporters/report"
)

// placeAccusations puts what histories and races of shards accuse where the run of
// one process would have put it.
func placeAccusations(whole *report.Run) {
	all := whole.Results
	whole.Results = slices.DeleteFunc(slices.Clone(all), func(r report.Result) bool { return r.Elsewhere })
	for _, accusation := range all {
		if accusation.Elsewhere {
			place(whole, accusation)
		}
	}
}

// place accuses with it what passed. What did not has its reason already.
func place(whole *report.Run, accusation report.Result) {
	accusation.Elsewhere = false
	at := resultAbout(whole.Results, accusation)
	if at < 0 {
		whole.Results = append(whole.Results, accusation)
		return
	}
	if about := &whole.Results[at]; about.Outcome == report.Passed {
		about.Outcome, about.Message = accusation.Outcome, accusation.Message
		about.Failure, about.Exchanges = accusation.Failure, accusation.Exchanges
	}
}

// rewaive excuses what is blocked by what another shard excused, and counts again
// what each waiver was needed for.
func rewaive(whole *report.Run) {
	var waivers []Waiver
	for _, one := range whole.Waivers {
		waivers = append(waivers, Waiver{Behaviour: one.Behaviour, Bindings: one.Bindings, Note: one.Note})
	}
	whole.Waivers = waive(waivers, whole.Results)
}

// appendNew appends what is not there yet.
func appendNew[T comparable](all, more []T) []T {
	for _, one := range more {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}
