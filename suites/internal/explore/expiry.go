package explore

import (
	"context"
	"time"

	"session-conformance/suites/internal/wire"
)

// ticks is how exactly the target tells the time at which a session expires.
type ticks struct {
	// least is the least difference that was seen between two times of one session
	// in each binding.
	least map[wire.Binding]time.Duration
	// fine are the bindings that tell fractions of a second.
	fine map[wire.Binding]bool
}

// lastLook is when the expiration_time of a session was read last, and where.
type lastLook struct {
	at      time.Time
	binding wire.Binding
}

const (
	// mostTicks of the target's clock lie between a look and a keep_alive that is
	// sure to change what is shown.
	mostTicks = 3
	// soon is more than a server takes to round.
	soon = 2 * time.Millisecond
	// mostWait is how long a keep_alive is put off for the clock to go on.
	mostWait = 25 * time.Millisecond
	// coarsestTick is what a clock may go by of which nothing is known.
	coarsestTick = 2100 * time.Millisecond
)

// expiry is the expiration_time of a get in milliseconds, 0 where it is not
// compared: the times of legacy go by whole seconds, and so do those of other
// bindings on some targets.
func (h *history) expiry(step Step, session wire.Members) int64 {
	at, ok := session.Time("expiration_time")
	binding, before := step.Variant.Binding, h.looked[step.Session]
	if !h.waits || !ok || binding == wire.Legacy {
		return 0
	}
	shown, last := at.UnixMilli(), h.state.Sessions[step.Session].Expires
	h.noteFine(binding, shown%1000 != 0)
	if last > 0 && before.binding != binding && !h.areFine(binding, before.binding) {
		return 0
	}
	h.looked[step.Session] = lastLook{time.Now(), binding}
	if last > 0 && shown > last {
		h.noteTick(binding, time.Duration(shown-last)*time.Millisecond)
	}
	return shown
}

func (e *Explorer) noteFine(binding wire.Binding, fine bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ticks.fine[binding] = e.ticks.fine[binding] || fine
}

// areFine says whether what one of the bindings tells can be compared with the other's.
func (e *Explorer) areFine(one, other wire.Binding) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.ticks.fine[one] && e.ticks.fine[other]
}

func (e *Explorer) noteTick(binding wire.Binding, tick time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if least, known := e.ticks.least[binding]; !known || tick < least {
		e.ticks.least[binding] = tick
	}
}

// apart is how long after a look in the binding a keep_alive is sure to change the
// time that is shown; false as long as nobody knows.
func (e *Explorer) apart(binding wire.Binding) (time.Duration, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	least, known := e.ticks.least[binding]
	for other, tick := range e.ticks.least {
		if e.ticks.fine[binding] && e.ticks.fine[other] {
			least = max(least, tick)
		}
	}
	return mostTicks*least + soon, known
}

// awaitTick puts a keep_alive off until the target's clock has gone on, if that
// is soon, and says whether it has.
func (h *history) awaitTick(ctx context.Context, step Step) bool {
	looked := h.looked[step.Session]
	apart, known := h.apart(looked.binding)
	if !known {
		apart = coarsestTick
	}
	if looked.at.IsZero() {
		return false
	}
	if left := apart - time.Since(looked.at); left > 0 && (left <= mostWait || h.patient) {
		h.poll(ctx, left, func() bool { return time.Since(looked.at) >= apart })
	}
	return time.Since(looked.at) >= apart
}
