package suites

import (
	"context"
	"fmt"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/spec"
)

// race lets clients act at once on the target, puts what no order of their
// requests explains into the results, and returns results for what none of them
// is about.
func (s *Suite) race(ctx context.Context, results []report.Result, target *spec.Target) (more []report.Result) {
	if s.options.Races <= 0 || s.isStopped() || ctx.Err() != nil || s.patience.GaveUp() != "" {
		return nil
	}
	s.options.Observer.Phase("letting clients act at once")
	raced := explore.Races(ctx, s.exploring(results, target, s.options.Races))
	for i := range results {
		result := &results[i]
		if result.Outcome == report.Skipped &&
			slices.Contains(raced.Judged, explore.Cell{Behaviour: result.ID, Binding: result.Binding}) {
			result.Outcome, result.Message = report.Passed, ""
		}
	}
	for _, clash := range raced.Clashes {
		more = append(more, s.accuseClash(results, clash)...)
	}
	return more
}

// accuseClash puts the clash into the result of its behaviour, or returns a new one
// if there is none; what is accused already has its reason.
func (s *Suite) accuseClash(results []report.Result, clash explore.Clash) (more []report.Result) {
	at := slices.IndexFunc(results, func(result report.Result) bool {
		return result.ID == clash.Behaviour && result.Binding == string(clash.Binding)
	})
	if at < 0 {
		more = []report.Result{s.newResultOf(clash.Behaviour, plainest(clash.Binding), report.Level(clash.Level))}
		results, at = more, 0
	}
	accused := &results[at]
	if accused.Outcome != report.Passed {
		return nil
	}
	accused.Outcome = engine.Broken(report.Level(clash.Level), s.options.Strict)
	engine.Tell(accused, clash.Steps(), clash.Failure(), &s.known, s.options.NoExchanges)
	accused.Failure.Timeline, accused.Failure.Script = &clash.Timeline, clash.Script
	return more
}

// replayRace runs the race of the options and nothing else.
func (s *Suite) replayRace(ctx context.Context, run *report.Run, target *spec.Target) error {
	race, err := explore.ReadRace(s.options.Replay)
	if err != nil {
		return err
	}
	if missing, found := race.Unserved(target.Served); found {
		return unusable{fmt.Errorf("the race has a step in (%s), which it does not serve", missing)}
	}
	s.options.Observer.Phase("replaying a race")
	raced, steps, err := explore.ReplayRace(ctx, s.exploring(nil, target, 0), race)
	run.Exploration = s.exploration(explore.Found{Requests: raced.Requests, Histories: 1})
	run.Exploration.Replay = steps
	if err != nil && !s.isStopped() {
		return unusable{fmt.Errorf("the race could not be run to its end: %w", err)}
	}
	for _, clash := range raced.Clashes {
		run.Results = append(run.Results, s.accuseClash(nil, clash)...)
	}
	run.Sources = sourcesOf(run.Results)
	return nil
}
