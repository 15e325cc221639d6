package discovery

import (
	"errors"
	"sync/atomic"

	"session-conformance/suites/internal/wire"
)

// provenBy is how many questions without an answer, and none with one, prove
// that the target answers nothing: two different ones in each binding.
const provenBy = 6

// errSilent stands for the answer to what was not asked.
var errSilent = errors.New("not asked, since the target answered nothing before")

// silence tells when more questions are of no use. It is safe for concurrent
// use.
type silence struct {
	unanswered atomic.Int64
	answered   atomic.Bool
}

func (s *silence) note(exchange wire.Exchange) {
	if exchange.Err == nil {
		s.answered.Store(true)
		return
	}
	s.unanswered.Add(1)
}

func (s *silence) isProven() bool { return !s.answered.Load() && s.unanswered.Load() >= provenBy }
