package engine

import (
	"fmt"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// noteHealth tells the patience whether a behaviour that asked was answered
// whole.
func noteHealth(patience *wire.Patience, report spec.Report) {
	asked, last := report.Silence != "", report.Silence
	for _, step := range report.Steps {
		if step.Err == nil {
			patience.Answered()
			return
		}
		asked, last = true, fmt.Sprintf("%s %s: %s", step.Method, step.Path, wire.Explain(step.Err))
	}
	if asked && report.Ending != spec.NotRun {
		patience.Unanswered(last)
	}
}
