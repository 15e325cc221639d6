package spec

import (
	"sync"

	"session-conformance/suites/internal/wire"
)

// Patience tells what is not worth asking any more: an operation in a variant,
// or a transfer, that was not answered in time as often in a row as fills the
// pool twice. Else each behaviour that needs it would wait for a whole timeout.
type Patience struct {
	limit int

	mu sync.Mutex
	// late counts by what a message calls the request.
	late map[string]int
}

// NewPatience is that of a run with so many behaviours at once.
func NewPatience(parallel int) *Patience {
	return &Patience{limit: 2 * parallel, late: map[string]int{}}
}

// note counts an exchange that was too late; any other ends the row.
func (p *Patience) note(asked string, exchange wire.Exchange) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if exchange.Err != nil && wire.IsTimeout(exchange.Err) {
		p.late[asked]++
	} else {
		delete(p.late, asked)
	}
}

func (p *Patience) isOver(asked string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.late[asked] >= p.limit
}

// expectAnswer blocks the behaviour if nobody waits for an answer any more.
func (s *Spec) expectAnswer(asked string) {
	if s.target.Patience.isOver(asked) {
		s.Block("a request that is never answered", "not asked: %s got no complete answer in time, %d times in a row", asked, s.target.Patience.limit)
	}
}

// inVariant names an operation in a variant.
func inVariant(operation string, variant wire.Variant) string {
	return operation + " [" + variant.String() + "]"
}
