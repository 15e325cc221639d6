package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/ledger"
)

const (
	// proofs is how often a behaviour that failed beside others must hold alone:
	// a target that is wrong now and then shows it once more in as many.
	proofs = 3
	// samples is how many failures are judged again before the rest is believed,
	// if none of them holds alone. Alone means one after the other, which takes
	// a few seconds on a distant target.
	samples = 16
	// mostAgain bounds how many are judged again if some do hold alone.
	mostAgain = 200
	// waits is how long a behaviour takes that waits for the end of a session, which
	// others do not disturb.
	waits = 20 * time.Second
)

// disturbance is a result that holds alone: its place, and what it was beside
// other behaviours.
type disturbance struct {
	at     int
	beside report.Result
}

// judgeAlone judges again, with the target to itself, what failed beside other
// behaviours: a target on which they disturb each other breaks one promise, and
// not those of all that it disturbs.
func (e *execution) judgeAlone(ctx context.Context, results []report.Result) {
	if e.options.Parallel == 1 || e.options.Once {
		return
	}
	var held []disturbance
	var never []string
	tried, stale := 0, true
	for _, at := range e.doubtful(results) {
		if tried == mostAgain || tried == samples && len(held) == 0 || ctx.Err() != nil {
			break
		}
		if waited := e.run(ctx, e.plan.Instances[at]).report.InVain; slices.ContainsFunc(waited, isIn(never)) {
			continue // what does not come alone either is not waited for again
		}
		if tried++; tried == 1 && e.options.Phase != nil {
			e.options.Phase("judging again alone what failed beside other behaviours")
		}
		if stale {
			// What does not hold may have taken from its item what others need.
			e.options.Target.Library.Refresh()
		}
		again, alone, holds := e.again(ctx, e.plan.Instances[at])
		stale = !holds
		if never = append(never, alone.report.InVain...); holds {
			held = append(held, disturbance{at, results[at]})
			again.Message = "holds alone; beside other behaviours it did not: " + results[at].Message
			results[at] = again
			e.believe(alone)
		} else if again.Outcome == results[at].Outcome && again.Failure != nil {
			results[at] = again // what it met alone owes nothing to others
		}
	}
	e.blame(results, held)
}

// blame lets the behaviour about concurrent clients, of the service and the
// binding, answer for what holds alone and not beside others.
func (e *execution) blame(results []report.Result, held []disturbance) {
	for i := range results {
		owner := &results[i]
		if !strings.HasSuffix(owner.ID, ledger.Concurrency) {
			continue
		}
		var of []report.Result
		for _, one := range held {
			if one.beside.Binding == owner.Binding && sessionsOf(one.beside.Service) == owner.Service &&
				isDisturbance(one.beside.Failure) {
				of = append(of, one.beside)
			}
		}
		if len(of) > 0 {
			owner.Outcome = outcome(spec.Broken, ledger.Level(owner.Level), e.options.Strict)
			because := besideOthers(of)
			owner.Failure, owner.Message = failure(&because, e.options.Secrets), redact(because.Sentence(), e.options.Secrets)
		}
	}
}

// isDisturbance says whether what came is what others may cause. What is not
// found, or not answered, may come of a target that was away for a while.
func isDisturbance(failure *report.Failure) bool {
	if failure == nil || failure.Answer == nil {
		return false
	}
	return failure.Answer.Type == "resource_busy" || failure.Answer.Type == "not_allowed_in_current_state"
}

// sessionsOf is the service of the sessions that a service is about; what is
// about both is told of update sessions, which are more easily disturbed.
func sessionsOf(service string) string {
	if strings.HasPrefix(service, "download") {
		return "download_session"
	}
	return "update_session"
}

// doubtful are the places of the results that others may have caused: those of
// different behaviours come first, and last what makes many requests. What waits
// for an end is not among them.
func (e *execution) doubtful(results []report.Result) []int {
	var first, more, long []int
	seen := map[string]bool{}
	for at, result := range results {
		wrong := result.Outcome == report.Failed || result.Outcome == report.Warned || result.Outcome == report.Blocked
		switch {
		case !wrong || result.DurationMS > milliseconds(waits):
		case e.plan.Instances[at].Early:
			long = append(long, at)
		case seen[result.ID]:
			more = append(more, at)
		default:
			seen[result.ID] = true
			first = append(first, at)
		}
	}
	return slices.Concat(first, more, long)
}

// again judges the instance and its control anew, and says whether it holds as
// often as it is asked for.
func (e *execution) again(ctx context.Context, instance Instance) (result report.Result, last *once, holds bool) {
	for range proofs {
		alone := e.apart()
		result = alone.judge(ctx, instance)
		if last = alone.run(ctx, instance); !result.Outcome.Right() {
			return result, last, false
		}
	}
	return result, last, true
}

// apart runs the same plan anew. What stops the target is not asked again there, either.
func (e *execution) apart() *execution {
	return &execution{plan: e.plan, options: e.options, runs: map[key]*once{}, attempts: e.attempts.apart()}
}

// believe lets a rule, which is judged when all answers have come, rest on what its
// body found alone.
func (e *execution) believe(alone *once) {
	if alone.instance.isRule() {
		e.runs[key{alone.instance.ID, alone.instance.Variant}] = alone
	}
}

func isIn(list []string) func(string) bool {
	return func(one string) bool { return slices.Contains(list, one) }
}

// besideOthers is the failure of results that hold alone.
func besideOthers(results []report.Result) spec.Failure {
	failure := spec.Failure{
		Expected: "the same answers beside other clients, of other items",
		Got:      fmt.Sprintf("%d results that hold alone and failed beside other behaviours", len(results)),
	}
	for _, result := range results {
		because, _, _ := strings.Cut(result.Message, "\n")
		failure.Details = append(failure.Details, fmt.Sprintf("%s in %s: %s", result.ID, result.VariantName(), because))
	}
	return failure
}
