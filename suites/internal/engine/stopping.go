package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const (
	// aftermath is how long behind its last answer a target may take to stop because of
	// what it was asked for.
	aftermath = 300 * time.Millisecond
	// mostSuspects is how many behaviours are run again for a target that went away.
	mostSuspects = 16
	// stops is how often the target has to stop behind a behaviour that runs alone, and
	// calm how long it must go on where nothing else is asked of it, before the last of
	// these: one that goes away by itself now and then does so in that time.
	stops = 3
	calm  = 3 * time.Second
	// suspicion is how long behaviours are run again for that in all; each time that
	// one of them stops the target, the run waits for it.
	suspicion = 10 * time.Second
)

// judgeStopping judges what stops the target behind its own answers. Of all that does,
// the operation answers for it that most of that is about: the others may only use it.
func (e *execution) judgeStopping(ctx context.Context, results []report.Result) {
	if e.options.Once || e.options.Target.Client == nil {
		return
	}
	found := e.findStopping(ctx)
	about := map[string]int{}
	var owner Instance
	for _, at := range slices.Sorted(maps.Keys(found)) {
		instance := e.plan.Instances[at]
		if about[operationOf(instance)]++; about[operationOf(instance)] > about[operationOf(owner)] || owner.ID == "" {
			owner = instance
		}
	}
	for at, result := range found {
		switch instance := e.plan.Instances[at]; {
		case operationOf(instance) == operationOf(owner):
			results[at] = e.stopping(instance, result)
		case results[at].Outcome.Right():
			result.Outcome, result.BlockedBy = report.Blocked, owner.ID
			result.Message = "not judged: the target stopped answering behind it, as behind " + owner.ID
			results[at] = result
		}
	}
}

func operationOf(instance Instance) string {
	return instance.Behaviour.Service + "." + instance.Behaviour.Operation
}

// findStopping finds the places of what stops the target, where it went away and none
// of the behaviours that lost an answer was found to do it, and what came of it alone.
// Those that were answered last are run again alone, the very last one first.
func (e *execution) findStopping(ctx context.Context) map[int]report.Result {
	found := map[int]report.Result{}
	outages := e.options.Target.Client.Outages()
	if len(outages) == 0 {
		return found
	}
	places, deadline := e.placesByRequestID(), time.Now().Add(suspicion)
	for _, outage := range outages {
		for _, at := range e.suspects(outage, places) {
			if ctx.Err() != nil || time.Now().After(deadline) || e.options.Target.Client.Gone() != nil {
				return found
			}
			result, twice := e.stopsAgain(ctx, e.plan.Instances[at], stops-1)
			if !twice {
				continue
			}
			if len(found) == 0 && e.goesAway(func(client *wire.Client) { client.Watch(ctx, calm) }) {
				return found // by itself: nobody is to blame
			}
			if _, again := e.stopsAgain(ctx, e.plan.Instances[at], 1); again {
				found[at] = result
				e.attempts.noteStops(e.plan.Instances[at])
				break
			}
		}
	}
	return found
}

// placesByRequestID are those of the instances whose requests have an id.
func (e *execution) placesByRequestID() map[string]int {
	places := map[string]int{}
	for at, instance := range e.plan.Instances {
		places[spec.RequestID(e.options.Target.RunID, instance.ID, instance.Variant)] = at
	}
	return places
}

// suspects are the places of the behaviours that were answered right before the target
// went away; none where it is known already what it does that of.
func (e *execution) suspects(outage wire.Outage, byID map[string]int) (places []int) {
	if outage.Ended.IsZero() {
		return nil
	}
	for _, asked := range slices.Concat(outage.UnderWay, outage.Before) {
		at, planned := byID[asked.ID]
		if !planned || slices.Contains(places, at) || e.plan.Instances[at].isRule() {
			continue
		}
		if _, known := e.attempts.stopsTarget(e.plan.Instances[at].ID); known {
			return nil
		}
		if places = append(places, at); len(places) == mostSuspects {
			break
		}
	}
	return places
}

// stopsAgain says whether the target stops answering each time that the instance runs
// alone, and what came of it.
func (e *execution) stopsAgain(ctx context.Context, instance Instance, times int) (result report.Result, always bool) {
	for range times {
		stops := e.goesAway(func(*wire.Client) {
			result = e.apart().judge(ctx, instance)
		})
		if !stops && !e.goesAway(func(client *wire.Client) { client.Watch(ctx, aftermath) }) {
			return result, false
		}
	}
	return result, true
}

// goesAway says whether the target went away meanwhile.
func (e *execution) goesAway(meanwhile func(*wire.Client)) bool {
	client := e.options.Target.Client
	before := client.Absences()
	meanwhile(client)
	return client.Absences() > before
}

// stopping is the result of an instance that stops the target, whatever else came of it.
func (e *execution) stopping(instance Instance, result report.Result) report.Result {
	result.Outcome, result.BlockedBy = outcome(spec.Broken, instance.Level, e.options.Strict), ""
	always := fmt.Sprintf("the target stopped answering behind it, %d of %d times", stops, stops)
	if result.Failure == nil {
		broke := spec.Failure{Expected: "the target to go on", Got: "none of that: " + always}
		result.Failure, result.Message = failure(&broke, e.options.Secrets), broke.Sentence()
	} else {
		line, rest, _ := strings.Cut(result.Message, "\n")
		result.Message = strings.TrimSuffix(line+"; "+always+"\n"+rest, "\n")
	}
	result.Failure.StopsTarget = true
	return result
}
