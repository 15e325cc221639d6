package trial

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"session-conformance/reporters/report"
)

// Schema names the version of the JSON form of a Result.
const Schema = "conformance/selftest/v1"

// Result is a whole selftest: what the suite said of each server.
type Result struct {
	Schema  string `json:"schema"`
	Version string `json:"version"`
	Score   Score  `json:"score"`
	// Inapplicable counts faults without a place in a binding, since nothing
	// that they break is judged there.
	Inapplicable int             `json:"inapplicable"`
	Mutants      []Finding       `json:"mutants"`
	Servers      []ServerFinding `json:"servers"`
}

// wholeRuns is how many runs of all behaviours, or of all histories, may go on at
// once: each holds some megabytes until it is over.
const wholeRuns = 3

// All judges cases and servers, atOnce cases at a time; done is told of each as
// it is there, from several goroutines, in the words of a result that failed if
// the suite is wrong. Its goroutines end with the last, or soon after ctx is
// over; what was not judged then has no outcome.
func All(ctx context.Context, cases []Case, servers []Server, atOnce int, done func(report.Result)) Result {
	result := Result{Schema: Schema, Mutants: make([]Finding, len(cases)), Servers: make([]ServerFinding, len(servers))}
	var group sync.WaitGroup
	var whole, small []func()
	for i, server := range servers {
		judge := func() {
			result.Servers[i], _ = server.Judge(ctx, false)
			done(result.Servers[i].result())
		}
		if server.whole {
			whole = append(whole, judge)
		} else {
			small = append(small, judge)
		}
	}
	for i, one := range cases {
		judge := func() {
			result.Mutants[i] = one.Try(ctx)
			done(result.Mutants[i].result())
		}
		if one.isHistory() {
			whole = append(whole, judge)
		} else {
			small = append(small, judge)
		}
	}
	each(ctx, &group, len(whole), wholeRuns, func(i int) { whole[i]() })
	each(ctx, &group, len(small), atOnce, func(i int) { small[i]() })
	group.Wait()
	result.Score = score(result)
	return result
}

// each does something for every number below n, atOnce at a time, in goroutines
// of the group.
func each(ctx context.Context, group *sync.WaitGroup, n, atOnce int, do func(i int)) {
	var next atomic.Int64
	for range atOnce {
		group.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
}

// result is the finding as progress shows it.
func (f Finding) result() report.Result {
	told := report.Result{ID: f.Fault, Binding: f.Place, Outcome: report.Passed}
	switch f.Outcome {
	case Caught:
	case "":
		told.Outcome = report.NotRun
	default:
		told.Outcome, told.Message = report.Failed, f.Explain()
	}
	return told
}

// Explain says in one line what became of a mutant.
func (f Finding) Explain() string {
	switch f.Outcome {
	case Caught:
		return "caught"
	case Survived:
		return fmt.Sprintf("survived: it %s, and no behaviour fails", f.Breaks)
	case CaughtElsewhere:
		return fmt.Sprintf("it %s, and %v passes; caught by %s [%s]", f.Breaks, f.Missed, f.Catches[0].ID, f.Catches[0].Variant)
	case NotStarted:
		return "was not judged: " + f.Reason
	}
	return "was not judged"
}

func (f ServerFinding) result() report.Result {
	told := report.Result{ID: string(f.Kind) + "." + f.Name, Outcome: report.Passed}
	if !f.Held {
		told.Outcome, told.Message = report.Failed, f.Problem
	}
	return told
}
