package spec

import (
	"context"
	"time"

	"session-conformance/suites/internal/wire"
)

// longestWait is how long a behaviour waits for an instant that the target
// named: the documented default of a session's life is five minutes, and an
// administrator may have set a few times that.
const longestWait = 30 * time.Minute

// The pauses between two looks at something that is still going on grow from the
// one to the other.
const pollPause, longestPause = 20 * time.Millisecond, time.Second

type restKey struct{}

// WithRest lets a behaviour give its place to others while it waits between two
// looks: rest is told for how long, calls wait, and returns when the behaviour may
// go on.
func WithRest(ctx context.Context, rest func(pause time.Duration, wait func())) context.Context {
	return context.WithValue(ctx, restKey{}, rest)
}

// pause waits, or ends the behaviour when its time is over. What it takes until the
// behaviour may go on is as if the target had put it off.
func (s *Spec) pause(pause time.Duration) {
	var over time.Time
	wait := func() {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-s.ctx.Done():
		}
		over = time.Now()
	}
	if rest, found := s.run.Value(restKey{}).(func(pause time.Duration, wait func())); found {
		rest(pause, wait)
	} else {
		wait()
	}
	s.putOff += time.Since(over)
	if s.ctx.Err() != nil {
		s.end(TimedOut, "", "not there yet after %s", s.target.Timeout)
	}
}

// Poll asks again until done says so, at growing intervals, and returns false
// when the budget is over before that. The time for which the target has put
// requests off does not count.
func (s *Spec) Poll(budget time.Duration, done func() bool) bool {
	return s.PollOften(longestPause, budget, done)
}

// PollOften is Poll with pauses of at most so long.
func (s *Spec) PollOften(most, budget time.Duration, done func() bool) bool {
	return s.poll(most, func() time.Duration { return budget }, done)
}

// poll is PollOften within a budget that may become less meanwhile.
func (s *Spec) poll(most time.Duration, budget func() time.Duration, done func() bool) bool {
	began, before := time.Now(), s.putOff
	for pause := pollPause; ; pause = min(pause*3/2, most) {
		if done() {
			return true
		}
		within := budget()
		if longest := s.target.LongestWait; longest > 0 {
			within = min(within, longest)
		}
		left := within - time.Since(began) + s.putOff - before
		if left <= 0 {
			return false
		}
		s.pause(min(pause, left))
	}
}

// ExpiresIn returns how long the session in the reply lives on, by the
// target's own clock; without a time that can be told, the behaviour ends.
func (s *Spec) ExpiresIn(reply wire.Reply) time.Duration {
	model, _ := reply.AsMembers()
	expires, ok := model.Time("expiration_time")
	if !ok {
		s.Block(reply.Operation+".fields", "no expiration_time to wait for: %s", fieldIs("expiration_time", model))
	}
	left := expires.Sub(serverTime(reply))
	if text, _ := model.String("expiration_time"); !wire.HasZone(text) && (left < 0 || left > longestWait) {
		s.Skip("expiration_time has no zone and is not in UTC, so the moment cannot be told")
	}
	return left
}

// WaitFor lets the time pass in which nothing may be asked of the target. It
// does not count as the behaviour's: that time begins anew afterwards, with
// the grace on top. What would take too long is skipped.
func (s *Spec) WaitFor(duration, grace time.Duration) {
	if duration > longestWait {
		s.Skip("would have to wait longer than %s; let sessions expire sooner on the target", longestWait)
	}
	until := time.Now().Add(duration)
	for left := duration; left > 0; left = time.Until(until) {
		timer := time.NewTimer(min(left, time.Second))
		select {
		case <-timer.C:
		case <-s.run.Done():
			timer.Stop()
		}
		if s.run.Err() != nil || s.target.Client.Stopped() {
			s.end(NotRun, "", "the run was interrupted")
		}
	}
	s.extendClock(grace)
}
