package engine

import (
	"fmt"
	"sync"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// health tells when a target is not worth asking any more: after as many
// behaviours in a row as fill the pool twice, none of which got a whole answer
// to any request. One slow or broken operation does not make that many.
type health struct {
	limit int

	mu     sync.Mutex
	silent int
	// cause is in the words of the moment when the target was given up, so that
	// all that was not tried reads equal.
	cause string
}

func newHealth(parallel int) *health { return &health{limit: 2 * parallel} }

// note counts the behaviour if it asked and was never answered whole.
func (h *health) note(report spec.Report) {
	answered, asked, last := false, report.Silence != "", report.Silence
	for _, step := range report.Steps {
		asked = true
		if step.Err == nil {
			answered = true
		} else {
			last = fmt.Sprintf("%s %s: %s", step.Method, step.Path, wire.Explain(step.Err))
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case answered:
		h.silent = 0
	case asked && report.Ending != spec.NotRun:
		if h.silent++; h.silent == h.limit {
			h.cause = fmt.Sprintf("the target gave no usable answer in %d behaviours in a row, last to %s", h.limit, last)
		}
	}
}

// dead says why the target is given up; empty while it is not.
func (h *health) dead() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.silent < h.limit {
		return ""
	}
	return h.cause
}
