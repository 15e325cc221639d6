package main

import (
	"github.com/spf13/cobra"

	"session-conformance/reporters/failures"
	"session-conformance/reporters/github"
	"session-conformance/reporters/report"
)

func newReportCommand() *cobra.Command {
	flags := &reportFlags{}
	few := &failuresFlags{}
	command := &cobra.Command{
		Use:   "report RUN.json",
		Short: "Show or convert a saved run",
		Long: `Show a run that "run --json" saved, or write it in other formats. Nothing is sent
to any server.

The exit code says whether the report could be written, not what the verdict is.`,
		Example: `  conformance report run.json
  conformance report run.json --junit junit.xml
  conformance report run.json --failures --limit 3`,
		Args: oneRun,
		RunE: func(command *cobra.Command, arguments []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			if err := few.check(command); err != nil {
				return err
			}
			run, err := readRun(arguments[0])
			if err != nil {
				return err
			}
			if few.only {
				return writing(failures.Write(command.OutOrStdout(), run, few.limit))
			}
			if !flags.any() {
				return flags.show(command, run)
			}
			if flags.save(command, run) > 0 {
				return exitError{code: exitFault}
			}
			if flags.github {
				return writing(github.Write(command.OutOrStdout(), run))
			}
			return nil
		},
	}
	command.Flags().SortFlags = false
	flags.register(command.Flags())
	command.Flags().BoolVar(&few.only, "failures", false,
		"show only what fails, in few words: for a chat, or a program that pays by the word")
	command.Flags().IntVar(&few.limit, "limit", failures.DefaultLimit, "how many failures to show with --failures (`N`)")
	return command
}

// failuresFlags say how much to show of what fails.
type failuresFlags struct {
	only  bool
	limit int
}

func (f *failuresFlags) check(command *cobra.Command) error {
	switch {
	case f.limit < 1:
		return usagef("--limit must be at least 1, got %d", f.limit)
	case command.Flags().Changed("limit") && !f.only:
		return usagef("--limit without --failures; give both")
	}
	return nil
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
