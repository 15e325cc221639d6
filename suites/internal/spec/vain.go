package spec

import (
	"sync"
	"time"
)

// vain remembers what was waited for in vain in a run: with one promise broken,
// nobody waits its whole budget for it again. It is safe for concurrent use.
type vain struct{ waited sync.Map }

// budgetAgain is how long something is waited for again that did not come in its
// whole budget: enough for a right server that was late once.
const budgetAgain = time.Second

// budgetElsewhere is how long it is waited for in another binding: most of what
// a target does behind its answers is one for all.
const budgetElsewhere = 10 * time.Second

// PollFor is Poll for something that the behaviour's binding promises, named in
// words: its whole budget is spent on it in vain once in a run, also by those who
// wait for it at the same time.
func (s *Spec) PollFor(what string, budget time.Duration, done func() bool) bool {
	key := string(s.Variant.Binding) + ": " + what
	came := s.poll(longestPause, func() time.Duration { return s.target.budgetFor(what, key, budget) }, done)
	if !came {
		s.target.vain.waited.Store(key, true)
		s.target.vain.waited.Store(what, true)
		s.report.InVain = append(s.report.InVain, key)
	}
	return came
}

// budgetFor is the budget for what nobody has waited for in vain yet, in the
// binding of the key or in any, and a part of it for what somebody has.
func (t *Target) budgetFor(what, key string, budget time.Duration) time.Duration {
	if _, inVain := t.vain.waited.Load(key); inVain {
		return min(budget, budgetAgain)
	}
	if _, anywhere := t.vain.waited.Load(what); anywhere || what == theEnd && t.Library.IsOverdue() {
		return min(budget, budgetElsewhere)
	}
	return budget
}
