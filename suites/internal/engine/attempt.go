package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const (
	// mostAttempts is how often a behaviour is run of which an answer was lost: once
	// beside others, and twice alone.
	mostAttempts = 3
	// aloneBudget is how long in all a behaviour runs alone or waits for that: new ones
	// do not begin meanwhile, and those under way may be waiting for answers. A target
	// that loses an answer now and then takes seconds of it; one that drips every
	// seventh answer would take minutes, and show nothing new.
	aloneBudget = 15 * time.Second
	// mostElsewhere is how often what runs alone may lose another answer than it did
	// before: such a target loses answers wherever it pleases.
	mostElsewhere = 4
)

// attempts runs behaviours, and again alone those whose requests were not
// answered: what happens to a request twice is the target's behaviour, what
// happens once may be anything's.
type attempts struct {
	// isolated lets no behaviour go on with what another one has left.
	isolated bool
	lanes    *lanes
	// alone is held for reading by what runs beside others, unless it only waits.
	alone sync.RWMutex

	mu sync.Mutex
	// solitary is how many behaviours run alone or wait for that, since when there
	// has been one, and spent how long there was one before.
	solitary int
	since    time.Time
	spent    time.Duration
	// elsewhere is how often one lost another answer alone than it did before.
	elsewhere int
	// stopped are the behaviours that the target stopped answering after, and
	// where they did.
	stopped map[string]wire.Variant
}

// run runs the instance once, and as often again as it takes to know what the
// target does.
func (a *attempts) run(ctx context.Context, target *spec.Target, instance Instance) spec.Report {
	if where, known := a.stopsTarget(instance.ID); known {
		return spec.Report{Ending: spec.Blocked, BlockedBy: instance.ID,
			Message: "not asked: the target stopped answering after it in " + where.String()}
	}
	report := a.runBesideOthers(spec.WithRest(ctx, a.rest), target, instance)
	ran := 1
	for ; ran < mostAttempts; ran++ {
		if !isDoubtful(report) || target.Client.Gone() != nil || target.Patience.GaveUp() != "" {
			return report
		}
		again, did := a.runAlone(ctx, target, instance)
		if !did {
			break
		}
		if slices.Equal(report.Lost, again.Lost) && len(again.Lost) > 0 {
			return a.secondReport(again, instance)
		}
		if len(again.Lost) > 0 {
			a.loseElsewhere()
		}
		report = again
	}
	if isDoubtful(report) && len(report.Lost) > 0 {
		report.Ending, report.BlockedBy = spec.Blocked, "connections that do not hold"
		report.Message = fmt.Sprintf("not judged: an answer was lost each time that it ran (%d), the last to %s",
			ran, strings.Join(report.Lost, ", "))
	}
	return report
}

// runBesideOthers runs the instance, and on its own once more if it does not hold
// on what an earlier one has left.
func (a *attempts) runBesideOthers(ctx context.Context, target *spec.Target, instance Instance) spec.Report {
	a.alone.RLock()
	defer a.alone.RUnlock()
	if a.isolated {
		return spec.RunIsolated(ctx, target, instance.Definition, instance.Behaviour, instance.Variant)
	}
	report := spec.Run(ctx, target, instance.Definition, instance.Behaviour, instance.Variant)
	if !report.Inherited || report.Ending == spec.Held || report.Ending == spec.NotRun || isDoubtful(report) {
		return report
	}
	return spec.RunIsolated(ctx, target, instance.Definition, instance.Behaviour, instance.Variant)
}

// rest lets others run, also what wants to be alone, while a behaviour waits.
func (a *attempts) rest(pause time.Duration, wait func()) {
	a.alone.RUnlock()
	defer a.alone.RLock()
	a.lanes.rest(pause, wait)
}

// runAlone runs the instance unless the budget was spent before its turn came. It
// trusts no connection that is kept open: something between here and the target may
// close one after every few answers.
func (a *attempts) runAlone(ctx context.Context, target *spec.Target, instance Instance) (report spec.Report, did bool) {
	if a.isSpent() {
		return spec.Report{}, false
	}
	a.beginAlone()
	defer a.endAlone()
	if a.isSpent() { // by those whose turn came before
		return spec.Report{}, false
	}
	return spec.RunIsolated(wire.OnNewConnections(ctx), target, instance.Definition, instance.Behaviour, instance.Variant), true
}

// beginAlone waits until nothing else runs.
func (a *attempts) beginAlone() {
	a.mu.Lock()
	if a.solitary == 0 {
		a.since = time.Now()
	}
	a.solitary++
	a.mu.Unlock()
	a.alone.Lock()
}

func (a *attempts) endAlone() {
	a.alone.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.solitary--; a.solitary == 0 {
		a.spent += time.Since(a.since)
	}
}

func (a *attempts) loseElsewhere() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.elsewhere++
}

// isSpent says that nothing more is run alone.
func (a *attempts) isSpent() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.elsewhere >= mostElsewhere {
		return true
	}
	if a.solitary > 0 {
		return a.spent+time.Since(a.since) >= aloneBudget
	}
	return a.spent >= aloneBudget
}

// isDoubtful says whether the report rests on what was not answered, or on a
// target that went away in the middle.
func isDoubtful(report spec.Report) bool {
	switch report.Ending {
	case spec.Skipped, spec.NotRun, spec.Fault:
		return false
	case spec.Held:
		return len(report.Lost) > 0 && report.Absences > 0
	}
	return len(report.Lost) > 0 || report.Absences > 0 || report.Silence != ""
}

// secondReport is the report of a behaviour that lost the same answer twice. If the
// target went away both times, that is what it does, and nobody asks it again.
func (a *attempts) secondReport(again spec.Report, instance Instance) spec.Report {
	if again.Absences == 0 {
		return again
	}
	a.noteStops(instance)
	again.Ending, again.BlockedBy = spec.Broken, ""
	again.Failure = &spec.Failure{
		Expected: "an answer to " + strings.Join(again.Lost, ", "),
		Got:      "none: the target stopped answering after this request, 2 of 2 times",

		StopsTarget: true,
	}
	again.Message = again.Failure.Sentence()
	return again
}

// apart knows the same, and isolates.
func (a *attempts) apart() *attempts {
	a.mu.Lock()
	defer a.mu.Unlock()
	return &attempts{isolated: true, stopped: a.stopped, spent: a.spent, elsewhere: a.elsewhere}
}

// noteStops notes that the target stops answering after the instance: nobody asks it
// again.
func (a *attempts) noteStops(instance Instance) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stopped == nil {
		a.stopped = map[string]wire.Variant{}
	}
	a.stopped[instance.ID] = instance.Variant
}

func (a *attempts) stopsTarget(id string) (where wire.Variant, known bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	where, known = a.stopped[id]
	return where, known
}
