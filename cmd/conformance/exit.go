package main

import (
	"fmt"
	"io"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// nameLeftovers names what a run that ends at once leaves on the target.
func nameLeftovers(out io.Writer, suite *suites.Suite) error {
	things := suite.Left()
	for _, thing := range things {
		fmt.Fprintf(out, "left on the target: %s %s %s\n", thing.Kind, thing.ID, thing.Name)
	}
	return exitError{report.Interrupted.ExitCode(), fmt.Sprintf("left at once; left on the target: %d", len(things))}
}

// nothingToShow says that the run ended before it came to a behaviour or to a
// history, and left nothing behind: one line says it all.
func nothingToShow(run *report.Run) bool {
	return run.Verdict == report.Unusable && len(run.Results)+len(run.Leftovers) == 0 && run.Exploration == nil
}

// verdict is the run's exit code, with what the reports do not say.
func verdict(run *report.Run) error {
	switch code := run.Exit(); {
	case code == 0:
		return nil
	case nothingToShow(run) && code == report.WrongUsage:
		return usagef("%s", run.Summary)
	case nothingToShow(run):
		return exitError{code, run.Summary}
	case code == report.WrongUsage:
		return usagef("no behaviour was judged: all that were chosen were skipped; see the reasons above")
	default:
		return exitError{code: code}
	}
}
