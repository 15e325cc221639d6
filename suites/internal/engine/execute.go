package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/ledger"
)

// Options say how a plan is executed.
type Options struct {
	Target   *spec.Target
	Parallel int
	Strict   bool
	// Isolate lets every behaviour arrange for itself all that it needs.
	Isolate bool
	// Once judges nothing again that failed beside other behaviours.
	Once bool
	// Secrets are those of the run; none may reach a result.
	Secrets *secret.Book
	// NoExchanges leaves the exchanges out of the results, and OnlyOfWrong out of those
	// that hold and that nothing else points at.
	NoExchanges, OnlyOfWrong bool
	// Done is told of every result as it is there, from several goroutines.
	Done func(report.Result)
	// Begins, if set, is told of every behaviour that is under way until what it
	// returns is called; Phase, if set, of what comes behind the behaviours.
	Begins func(what string) (over func())
	Phase  func(text string)
}

// Execute runs the plan's instances and returns their results in the plan's
// order, and the readings of the documents that were met. What holds for every
// answer is judged when all have come. It starts a goroutine for each chain of
// instances as a lane is free, Parallel of them and as many as wait for the target,
// and returns when the last has ended: they end when the plan is done, when the
// target's client was stopped and the behaviours under way have cleaned up, or when
// ctx is over.
func Execute(ctx context.Context, plan *Plan, options Options) ([]report.Result, []spec.Reading) {
	lanes := newLanes(options.Parallel)
	e := &execution{plan: plan, options: options, runs: map[key]*once{},
		attempts: &attempts{isolated: options.Isolate, lanes: lanes}}
	results := make([]report.Result, len(plan.Instances))
	var group sync.WaitGroup
	for _, chain := range plan.chains() {
		lanes.take()
		group.Go(func() {
			defer lanes.leave()
			for _, i := range chain {
				results[i] = e.judge(ctx, plan.Instances[i])
				if !plan.Instances[i].isRule() {
					options.Done(results[i])
				}
			}
		})
	}
	group.Wait()
	e.judgeStopping(ctx, results)
	e.judgeAlone(ctx, results)
	e.judgeRules(ctx, results)
	return results, e.readings()
}

// readings are those of all behaviours, each once, in the order of their words.
func (e *execution) readings() []spec.Reading {
	var all []spec.Reading
	for _, one := range e.runs {
		all = append(all, one.report.Readings...)
	}
	slices.SortFunc(all, func(a, b spec.Reading) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Met, b.Met))
	})
	return slices.Compact(all)
}

// execution is the state of one Execute.
type execution struct {
	plan     *Plan
	options  Options
	attempts *attempts

	mu   sync.Mutex
	runs map[key]*once
}

// once is the single run of an instance, which is wanted by the plan, as a
// control, or both.
type once struct {
	sync.Once
	instance  Instance
	report    spec.Report
	failure   *report.Failure
	exchanges []report.Exchange
	// steps are what exchanges would be made of, until it is known that nobody reads
	// them.
	steps   []spec.Step
	started time.Time
	took    time.Duration
}

// run runs the instance, or waits for the run that is under way.
func (e *execution) run(ctx context.Context, instance Instance) *once {
	at := key{instance.ID, instance.Variant}
	e.mu.Lock()
	one, known := e.runs[at]
	if !known {
		one = &once{instance: instance, exchanges: []report.Exchange{}}
		e.runs[at] = one
	}
	e.mu.Unlock()
	one.Do(func() { e.fill(ctx, one, instance) })
	return one
}

// fill runs the instance, unless the target is given up, and keeps what a
// report tells of it.
func (e *execution) fill(ctx context.Context, one *once, instance Instance) {
	one.started = time.Now()
	if cause := e.options.Target.Patience.GaveUp(); cause != "" {
		one.report = spec.Report{Ending: spec.Blocked, BlockedBy: "a target that does not answer",
			Message: redact("not tried: "+cause, e.options.Secrets)}
		return
	}
	over := e.begins(instance)
	one.report = e.attempts.run(ctx, e.options.Target, instance)
	over()
	one.took = time.Since(one.started)
	noteHealth(e.options.Target.Patience, one.report)
	secrets := e.options.Secrets
	switch {
	case e.options.NoExchanges:
	case e.options.OnlyOfWrong && saysNothing(one.report):
		one.steps = one.report.Steps
	default:
		secrets = bookOf(secrets, one.report.Steps)
		one.exchanges = exchanges(one.report, secrets)
	}
	one.failure = failure(one.report.Failure, secrets)
	if one.failure != nil && e.options.NoExchanges {
		one.failure.Exchange, one.failure.Before = nil, nil
	}
	// They hold more of each answer, which is too much to keep of all.
	one.report.Steps = nil
	if !instance.isRule() {
		// What a rule's own body found is told beside what other answers show.
		one.report.Failure = nil
	}
	one.report.Message = redact(one.report.Message, secrets)
}

// saysNothing says whether a behaviour holds, and nothing in its answers is worth a
// word.
func saysNothing(ran spec.Report) bool {
	return ran.Ending == spec.Held && ran.Failure == nil && ran.Message == "" && len(ran.Deviations) == 0
}

// begins tells that the instance is under way.
func (e *execution) begins(instance Instance) (over func()) {
	if e.options.Begins == nil {
		return func() {}
	}
	return e.options.Begins(fmt.Sprintf("%s [%s]", instance.ID, instance.Variant))
}

// redact returns a message as a report tells it.
func redact(message string, secrets *secret.Book) string {
	return shorten(secrets.Redact(message), keptMessage)
}

// judge runs the instance and says what its ending means at its level. What
// a refusal says is believed only beside its control.
func (e *execution) judge(ctx context.Context, instance Instance) report.Result {
	one := e.run(ctx, instance)
	result := instance.result()
	result.Started, result.DurationMS = one.started, milliseconds(one.took)
	result.Outcome = outcome(one.report.Ending, instance.Level, e.options.Strict)
	result.Message, result.Failure, result.BlockedBy = one.report.Message, one.failure, one.report.BlockedBy
	result.Items = items(one.report)
	if one.report.Ending == spec.Held && instance.Behaviour.Control != "" {
		e.checkControl(ctx, instance, &result)
	}
	if len(one.steps) > 0 && !result.Outcome.Right() {
		one.exchanges = exchanges(spec.Report{Ending: spec.Held, Steps: one.steps}, bookOf(e.options.Secrets, one.steps))
	}
	one.steps = nil
	result.Exchanges = one.exchanges
	if result.Outcome == report.Observed && result.Message == "" {
		result.Message = "as described: " + instance.Behaviour.Promise
	}
	return result
}

func (e *execution) checkControl(ctx context.Context, instance Instance, result *report.Result) {
	control, ok := e.plan.controls[key{instance.Behaviour.Control, instance.Variant}]
	if !ok {
		result.Outcome = report.Fault
		result.Message = fmt.Sprintf("its control %s does not run in %s", instance.Behaviour.Control, instance.Variant)
		return
	}
	one := e.run(ctx, control)
	switch one.report.Ending {
	case spec.Held:
		return
	case spec.NotRun:
		result.Outcome, result.Message = report.NotRun, one.report.Message
		return
	}
	if one.report.Ending == spec.Blocked && isOutside(one.report.BlockedBy) && instance.Level != ledger.Undocumented {
		result.Outcome, result.BlockedBy, result.Message = report.Blocked, one.report.BlockedBy, one.report.Message
		return
	}
	result.BlockedBy = control.ID
	result.Message = fmt.Sprintf("the refusal proves nothing: its control %s did not hold (%s)", control.ID, one.report.Message)
	switch {
	case instance.Level == ledger.Undocumented:
	case one.report.Ending == spec.Skipped:
		result.Outcome = report.Skipped
	default:
		result.Outcome = report.Blocked
	}
}

// isOutside says whether what blocks is told in words, since it is none of the
// behaviours: then it blocks all alike, and is told once.
func isOutside(by string) bool { return strings.Contains(by, " ") }

// outcome is what an ending means at a level.
func outcome(ending spec.Ending, level ledger.Level, strict bool) report.Outcome {
	switch ending {
	case spec.NotRun:
		return report.NotRun
	case spec.Fault:
		return report.Fault
	case spec.Skipped:
		return report.Skipped
	}
	if level == ledger.Undocumented && ending == spec.Blocked {
		return report.Skipped // nothing was seen
	}
	if level == ledger.Undocumented {
		return report.Observed
	}
	switch ending {
	case spec.Held:
		return report.Passed
	case spec.Blocked:
		return report.Blocked
	case spec.TimedOut:
		return report.TimedOut
	}
	if level == ledger.Should && !strict {
		return report.Warned
	}
	return report.Failed
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
