package suites

import (
	"context"
	"fmt"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/spec"
)

// race lets clients act at once on the target, and puts what no order of their
// requests explains into the results.
func (s *Suite) race(ctx context.Context, run *report.Run, target *spec.Target) {
	if s.options.Races <= 0 || s.isStopped() || ctx.Err() != nil || s.patience.GaveUp() != "" {
		return
	}
	s.options.Observer.Phase("letting clients act at once")
	raced := explore.Races(ctx, s.exploring(run.Results, target, s.options.Races))
	for _, judged := range raced.Judged {
		run.Raced = append(run.Raced, report.Raced(judged))
	}
	passRaced(run)
	for _, clash := range raced.Clashes {
		s.accuseClash(run, clash)
	}
}

// passRaced lets the behaviours pass that some race was about: until one clashes.
func passRaced(run *report.Run) {
	for i := range run.Results {
		result := &run.Results[i]
		if result.Outcome == report.Skipped && slices.Contains(run.Raced, report.Raced{Behaviour: result.ID, Binding: result.Binding}) {
			result.Outcome, result.Message = report.Passed, ""
		}
	}
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
		s.accuseClash(run, clash)
	}
	run.Sources = sourcesOf(run.Results)
	return nil
}
