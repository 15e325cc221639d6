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
// words: its whole budget is spent on it in vain once in a run.
func (s *Spec) PollFor(what string, budget time.Duration, done func() bool) bool {
	key := string(s.Variant.Binding) + ": " + what
	if _, anywhere := s.target.vain.waited.Load(what); anywhere || what == theEnd && s.target.Library.IsOverdue() {
		budget = min(budget, budgetElsewhere)
	}
	if _, inVain := s.target.vain.waited.Load(key); inVain {
		budget = min(budget, budgetAgain)
	}
	came := s.Poll(budget, done)
	if !came {
		s.target.vain.waited.Store(key, true)
		s.target.vain.waited.Store(what, true)
		s.report.InVain = append(s.report.InVain, key)
	}
	return came
}
