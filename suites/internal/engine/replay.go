package engine

import (
	"fmt"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/reporters/report"
)

// Replay runs the plan's tree through Ginkgo with the results as outcomes and
// checks that Ginkgo counts what the report counts; a difference is a fault
// of the suite.
func Replay(plan *Plan, results []report.Result) error {
	byTitle := make(map[string]report.Result, len(results))
	want := map[types.SpecState]int{}
	for i, result := range results {
		byTitle[plan.Instances[i].Title()] = result
		want[state(result.Outcome)]++
	}
	got := runTree(plan.all, plan.filter, func(instance Instance) {
		result := byTitle[instance.Title()]
		switch state(result.Outcome) {
		case types.SpecStateFailed:
			ginkgo.Fail(result.Message)
		case types.SpecStateSkipped:
			ginkgo.Skip(string(result.Outcome) + ": " + result.Message)
		}
	})
	// What the filter leaves out is skipped, too.
	want[types.SpecStateSkipped] += total(plan.all) - len(results)
	for _, one := range []types.SpecState{types.SpecStatePassed, types.SpecStateFailed, types.SpecStateSkipped} {
		if got[one] != want[one] {
			return fmt.Errorf("replay: Ginkgo counts %d %s, the report %d", got[one], one, want[one])
		}
	}
	return nil
}

func total(containers []container) int {
	sum := 0
	for _, one := range containers {
		sum += len(one.instances)
	}
	return sum
}

// state is Ginkgo's word for an outcome.
func state(outcome report.Outcome) types.SpecState {
	switch outcome {
	case report.Failed, report.TimedOut, report.Fault:
		return types.SpecStateFailed
	case report.Skipped, report.Blocked, report.NotRun, report.Waived:
		return types.SpecStateSkipped
	}
	return types.SpecStatePassed
}
