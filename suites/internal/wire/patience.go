package wire

import (
	"errors"
	"fmt"
	"sync"
)

// What proves that asking on is of no use.
const (
	// rounds is how often in a row a failure fills the pool of behaviours before
	// what fails is given up: one slow or broken operation does not fail as often.
	rounds = 2
	// lateRounds is how often late answers, to requests that are answered at other
	// times, fill the pool before the target is given up, and lateShare how many of
	// its answers one late is then: what loses one in a hundred is worth the wait.
	lateRounds, lateShare = 5, 20
	// silentQuestions is how many questions without an answer, and none with one,
	// prove that the target answers nothing: two in each binding.
	silentQuestions = 6
)

// Patience decides when a target or an operation is given up, and says why: else
// each behaviour that needs it would wait for a whole timeout. It is safe for
// concurrent use.
type Patience struct {
	parallel, limit int

	mu sync.Mutex
	// late counts, by what a message calls the request, how often in a row it got
	// no complete answer in time.
	late map[string]int
	// scattered counts those to requests that were answered later, and erratic says
	// so once they are too many.
	scattered int
	erratic   string
	// answered and unanswered count the questions of all kinds.
	answered, unanswered int
	// silent counts the behaviours in a row that got no usable answer.
	silent int
	// cause is in the words of the moment when the target was given up, so that
	// all that was not tried reads equal.
	cause string
}

// NewPatience is that of a run with so many behaviours at once.
func NewPatience(parallel int) *Patience {
	return &Patience{parallel: parallel, limit: rounds * parallel, late: map[string]int{}}
}

// errSilent stands for the answer to what was not asked.
var errSilent = errors.New("not asked, since the target answered nothing before")

// Note counts an exchange under what a message calls the request: an operation
// in a variant, or a transfer.
func (p *Patience) Note(asked string, exchange Exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if exchange.Err == nil {
		p.answered++
	} else {
		p.unanswered++
	}
	if exchange.Err != nil && IsTimeout(exchange.Err) {
		p.late[asked]++
		return
	}
	p.scatter(p.late[asked])
	delete(p.late, asked)
}

// scatter counts late answers to a request that is answered now.
func (p *Patience) scatter(late int) {
	p.scattered += late
	if p.scattered >= lateRounds*p.parallel && p.scattered*lateShare >= p.answered+p.unanswered && p.erratic == "" {
		p.erratic = fmt.Sprintf("%d requests got no complete answer in time, though others like them did", p.scattered)
	}
}

// IsOver says why the request is not worth sending any more; empty as long as
// it is.
func (p *Patience) IsOver(asked string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.late[asked] < p.limit {
		return ""
	}
	return fmt.Sprintf("%s got no complete answer in time, %d times in a row", asked, p.limit)
}

// IsSilent returns an error if the target has answered nothing yet, and was
// asked enough.
func (p *Patience) IsSilent() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answered > 0 || p.unanswered < silentQuestions {
		return nil
	}
	return errSilent
}

// Answered notes a behaviour that got a usable answer.
func (p *Patience) Answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = 0
}

// Unanswered notes a behaviour that asked and got no usable answer; last is what
// it asked last, and what came of it.
func (p *Patience) Unanswered(last string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent++; p.silent == p.limit {
		p.cause = fmt.Sprintf("the target gave no usable answer in %d behaviours in a row, last to %s", p.limit, last)
	}
}

// GaveUp says why the target is not worth asking any more; empty as long as it
// is.
func (p *Patience) GaveUp() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silent < p.limit {
		return p.erratic
	}
	return p.cause
}
