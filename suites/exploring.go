package suites

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// CheckHistory says what is wrong with the text of a history or a race; nil if it
// can be replayed.
func CheckHistory(text string) error {
	if explore.IsRace(text) {
		_, err := explore.ReadRace(text)
		return err
	}
	_, err := explore.Read(strings.NewReader(text))
	return err
}

// replay walks the history of the options and nothing else.
func (s *Suite) replay(ctx context.Context, run *report.Run, target *spec.Target) error {
	if explore.IsRace(s.options.Replay) {
		return s.replayRace(ctx, run, target)
	}
	script, err := explore.Read(strings.NewReader(s.options.Replay))
	if err != nil {
		return err
	}
	if missing, found := script.Unserved(target.Served); found {
		return unusable{fmt.Errorf("the history has a step in (%s), which it does not serve", missing)}
	}
	s.options.Observer.Phase("replaying a history")
	walked, steps, err := explore.Replay(ctx, s.exploring(nil, target, 0), script)
	run.Exploration = s.exploration(walked)
	for i := range steps {
		steps[i].Got = s.redact(steps[i].Got)
	}
	run.Exploration.Replay = steps
	if err != nil && !s.isStopped() {
		return unusable{fmt.Errorf("the history could not be walked to its end: %w", err)}
	}
	for _, finding := range walked.Findings {
		s.accuse(run, finding)
	}
	run.Sources = sourcesOf(run.Results)
	return nil
}

// explores says whether the run has no behaviours.
func (o *Options) explores() bool { return o.OnlyExplore || o.Replay != "" || o.Complete != nil }

// complete walks the checking sets and nothing else.
func (s *Suite) complete(ctx context.Context, run *report.Run, target *spec.Target) error {
	s.options.Observer.Phase("walking the checking sets of sequences")
	walked, claims := explore.Complete(ctx, s.exploring(nil, target, 0), *s.options.Complete)
	run.Exploration = s.exploration(walked)
	run.Exploration.Claims = claims
	for _, finding := range walked.Findings {
		if finding.Repeats() {
			s.accuse(run, finding)
		}
	}
	run.Sources = sourcesOf(run.Results)
	return nil
}

// variantsServed are the variants of an operation that discovery found.
func variantsServed(target *spec.Target) func(operation string) []wire.Variant {
	return func(operation string) (all []wire.Variant) {
		for _, binding := range variant.Bindings {
			for _, one := range wire.Variants(operation, binding) {
				if target.Served(one) {
					all = append(all, one)
				}
			}
		}
		return all
	}
}

// deviatesInReplay is the number of the step of a replayed history that
// deviates, 0 if none does.
func deviatesInReplay(run *report.Run) int {
	if run.Exploration == nil {
		return 0
	}
	return 1 + slices.IndexFunc(run.Exploration.Replay, func(step report.ReplayStep) bool { return step.Deviates })
}

// judgesSomething says whether a run without behaviours has judged something.
func judgesSomething(run *report.Run) bool {
	return run.Exploration != nil && run.Exploration.Histories > run.Exploration.Abandoned || run.Counts.Passed > 0
}

func whyNothing(run *report.Run) string {
	if run.Exploration == nil || run.Exploration.Histories == 0 {
		return "no history could be walked, since no item could be prepared for one"
	}
	return fmt.Sprintf("none of %s could be walked to its end", histories(run.Exploration.Histories))
}

// extent says what a run without behaviours has looked at.
func extent(run *report.Run) string {
	told := run.Exploration
	switch step := deviatesInReplay(run); {
	case told == nil:
		return "races alone"
	case step > 0:
		return fmt.Sprintf("a history that deviates in step %d of %d", step, len(told.Replay))
	case len(told.Replay) > 0:
		return fmt.Sprintf("a history of %s", count(len(told.Replay), "step"))
	case len(told.Claims) > 0:
		return fmt.Sprintf("%s of %s, complete for %d of %d automata",
			count(told.Histories, "sequence"), count(told.Requests, "request"), claimsThatHold(told.Claims), len(told.Claims))
	}
	return fmt.Sprintf("%s of %s", histories(told.Histories), count(told.Requests, "request"))
}

func histories(n int) string {
	if n == 1 {
		return "1 history"
	}
	return fmt.Sprintf("%d histories", n)
}

func claimsThatHold(claims []report.Claim) (n int) {
	for _, claim := range claims {
		if claim.Holds() {
			n++
		}
	}
	return n
}
