package main

import (
	"github.com/spf13/cobra"

	"session-conformance/reporters/report"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
)

// plan tells what the run would ask of the target and create there, without asking
// it: what it asks of the bundled reference server, which serves every binding.
func (f *runFlags) plan(command *cobra.Command) error {
	o := f.options
	if len(o.LibraryItems) > 0 || o.ReadOnly {
		return usagef("--plan knows only runs that create their items; leave out --library-item and --read-only")
	}
	closeServer, err := startBundled(&o)
	if err != nil {
		return err
	}
	defer closeServer()
	o.Header, o.TLS, o.Authorization, o.SessionID, o.Datastore = nil, nil, "", "", ""
	o.NoReplay = true
	run, err := suites.Run(command.Context(), o)
	if err != nil {
		return err
	}
	if run.Verdict != report.Conformant {
		return exitError{exitFault, "the plan is not whole: " + run.Summary}
	}
	return writing(terminal.WritePlan(command.OutOrStdout(), run))
}
