package main

import (
	"fmt"

	"session-conformance/suites"
)

// readRerun chooses what did not pass in the saved run of --rerun.
func (f *runFlags) readRerun() error {
	if f.rerun == "" {
		return nil
	}
	run, err := readRun(f.rerun)
	if err != nil {
		return err
	}
	open := map[suites.Choice]bool{}
	for _, result := range run.Results {
		if !result.Outcome.Right() {
			open[suites.Choice{
				ID: result.ID, Service: result.Service, Operation: result.Operation, Level: string(result.Level),
				Binding: result.Binding, Route: result.Route, Representation: result.Representation,
			}] = true
		}
	}
	if len(open) == 0 {
		return exitError{0, fmt.Sprintf("--rerun %s: nothing failed there, so there is nothing to run again", f.rerun)}
	}
	f.options.Choose = func(choice suites.Choice) bool { return open[choice] }
	return nil
}
