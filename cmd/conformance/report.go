package main

import (
	"github.com/spf13/cobra"

	"session-conformance/reporters/report"
)

func newReportCommand() *cobra.Command {
	flags := &reportFlags{}
	command := &cobra.Command{
		Use:   "report RUN.json",
		Short: "Show or convert a saved run",
		Long: `Show a run that "run --json" saved, or write it in other formats. Nothing is sent
to any server.

The exit code says whether the report could be written, not what the verdict is.`,
		Example: `  conformance report run.json
  conformance report run.json --junit junit.xml`,
		Args: oneRun,
		RunE: func(command *cobra.Command, arguments []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			run, err := readRun(arguments[0])
			if err != nil {
				return err
			}
			if !flags.any() {
				return flags.show(command, run)
			}
			if flags.save(command, run) > 0 {
				return exitError{code: exitFault}
			}
			return nil
		},
	}
	command.Flags().SortFlags = false
	flags.register(command.Flags())
	return command
}

// oneRun wants the name of one saved run.
func oneRun(command *cobra.Command, arguments []string) error {
	if len(arguments) != 1 {
		return usagef("want one saved run, as run --json writes it; see %s --help", command.CommandPath())
	}
	return nil
}

// readRun reads a saved run.
func readRun(path string) (*report.Run, error) {
	run, err := report.Read(path)
	if err != nil {
		return nil, usagef("%s", err)
	}
	return run, nil
}
