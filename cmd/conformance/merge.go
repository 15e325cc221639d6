package main

import (
	"github.com/spf13/cobra"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

func newMergeCommand() *cobra.Command {
	flags := &reportFlags{}
	command := &cobra.Command{
		Use:   "merge SHARD.json...",
		Short: "Make one run of the shards of a run",
		Long: `Make of the saved runs of all shards (run --shard) the run that one process would
have made, and report it as run does, with the same exit codes. What a history or
a race of one shard accuses is told with the behaviour, whoever judged that.
Nothing is sent to any server.

Nothing can be said of the whole if a shard is missing, cannot be read, is there
twice or belongs to another run: that is a fault, and the exit code is 4.`,
		Example: `  conformance run --target https://vc.example --username u --shard 1/2 --json shard-1.json
  conformance run --target https://vc.example --username u --shard 2/2 --json shard-2.json
  conformance merge shard-1.json shard-2.json --json run.json --junit junit.xml`,
		Args: func(command *cobra.Command, arguments []string) error {
			if len(arguments) == 0 {
				return usagef("want the saved runs of all shards; see %s --help", command.CommandPath())
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error {
			return merge(command, flags, arguments)
		},
	}
	command.Flags().SortFlags = false
	flags.register(command.Flags())
	return command
}

func merge(command *cobra.Command, flags *reportFlags, paths []string) error {
	if err := flags.check(); err != nil {
		return err
	}
	var shards []suites.SavedShard
	for _, path := range paths {
		run, err := report.Read(path)
		if err != nil {
			return exitError{exitFault, err.Error()}
		}
		shards = append(shards, suites.SavedShard{Name: path, Run: run})
	}
	run, err := suites.Merge(shards)
	if err != nil {
		return exitError{exitFault, err.Error()}
	}
	whole := runFlags{reports: *flags}
	return whole.report(command, run)
}
