package engine

import (
	"fmt"
	"sync"

	"session-conformance/suites/ledger"
)

// plans remembers the last plans of this process: who judges hundreds of
// targets plans the same tree for each of them.
var plans memory

// remembered is how many plans are kept: selftest meets two for each of the
// releases that its mutants have, one before and one after discovery.
const remembered = 8

// memory holds plans that nothing was chosen of yet; they never change.
type memory struct {
	mu    sync.Mutex
	plans map[string]*Plan
}

func (m *memory) find(book *ledger.Ledger, scope Scope, filter Filter) (*Plan, error) {
	asked := fmt.Sprintf("%p %v %q %q %q %d", book, scope.servedVariants(), scope.Releases,
		filter.LabelFilter, filter.Focus, filter.Seed)
	m.mu.Lock()
	defer m.mu.Unlock()
	if plan, known := m.plans[asked]; known {
		return plan, nil
	}
	plan, err := draw(book, scope, filter)
	if err != nil {
		return nil, err
	}
	if len(m.plans) >= remembered || m.plans == nil {
		m.plans = map[string]*Plan{}
	}
	m.plans[asked] = plan
	return plan, nil
}
