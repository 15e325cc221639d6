package explore

import (
	"context"
	"time"

	"session-conformance/suites/internal/wire"
)

// ticks is how exactly the target tells the time at which a session expires.
type ticks struct {
	// least is the least difference that was seen between two times of one
	// session, 0 if none was.
	least time.Duration
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
// compared: the times of legacy go by whole seconds.
func (h *history) expiry(step Step, session wire.Members) int64 {
	at, ok := session.Time("expiration_time")
	if !h.waits || !ok || step.Variant.Binding == wire.Legacy {
		return 0
	}
	shown := at.UnixMilli()
	if before := h.state.Sessions[step.Session].Expires; before > 0 && shown > before {
		h.noteTick(time.Duration(shown-before) * time.Millisecond)
	}
	h.looked[step.Session] = time.Now()
	return shown
}

func (e *Explorer) noteTick(tick time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ticks.least == 0 || tick < e.ticks.least {
		e.ticks.least = tick
	}
}

// apart is how long after a look a keep_alive is sure to change the time that is
// shown; false as long as nobody knows.
func (e *Explorer) apart() (time.Duration, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return mostTicks*e.ticks.least + soon, e.ticks.least > 0
}

// awaitTick puts a keep_alive off until the target's clock has gone on, if that
// is soon, and says whether it has.
func (h *history) awaitTick(ctx context.Context, step Step) bool {
	looked := h.looked[step.Session]
	apart, known := h.apart()
	if !known {
		apart = coarsestTick
	}
	if looked.IsZero() {
		return false
	}
	if left := apart - time.Since(looked); left > 0 && (left <= mostWait || h.patient) {
		h.poll(ctx, left, func() bool { return time.Since(looked) >= apart })
	}
	return time.Since(looked) >= apart
}
