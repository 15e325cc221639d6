package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"session-conformance/reporters/file"
	"session-conformance/reporters/fleet"
	"session-conformance/reporters/report"
)

const (
	fleetTogether = 4
	// everyTarget is no index.
	everyTarget = -1
)

// fleetFlags are the flags of fleet.
type fleetFlags struct {
	out      string
	together int
	index    int
	targets  []*fleetRun
}

func newFleetCommand() *cobra.Command {
	flags := &fleetFlags{}
	command := &cobra.Command{
		Use:   "fleet TARGETS.yaml",
		Short: "Judge many targets",
		Long: `Judge the targets of a file, some at a time, each with settings of its own. For
each a saved run and a report are written, and at the end a matrix of all.

  defaults:                    # settings of run, for those that do not have them
    username: conformance
    password: $LAB_PASSWORD    # from the environment
  targets:
    vc-8:                      # names the files of its reports
      target: https://vc-8.example
      release: "8.0"
    appliance:
      target: https://appliance.example
      library-item: [0b1f…, 77ce…]

The exit code is that of the one target, and of several the first of 4, 130, 1, 3,
5 and 0 that one of them ends with.`,
		Example: `  conformance fleet targets.yaml --out reports
  conformance fleet targets.yaml --out reports --index 2`,
		Args: func(command *cobra.Command, arguments []string) error {
			if len(arguments) != 1 {
				return usagef("want one file of targets; see %s --help", command.CommandPath())
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error { return flags.run(command, arguments[0]) },
	}
	set := command.Flags()
	set.SortFlags = false
	set.StringVar(&flags.out, "out", "fleet", "write the reports into the folder `DIR`")
	set.IntVar(&flags.together, "together", fleetTogether, "how many targets are judged at once (`N`)")
	set.IntVar(&flags.index, "index", everyTarget, "judge only the target number `N` of the file, from 0")
	return command
}

func (f *fleetFlags) run(command *cobra.Command, path string) error {
	if f.together < 1 {
		return usagef("--together must be more than 0, got %d", f.together)
	}
	targets, err := readFleet(path)
	if err != nil {
		return err
	}
	if command.Flags().Changed("index") {
		if f.index < 0 || f.index >= len(targets) {
			return usagef("--index %d: %s has targets 0 to %d", f.index, path, len(targets)-1)
		}
		targets = targets[f.index : f.index+1]
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return usagef("--out %s: %s", f.out, reasonOf(err))
	}
	errOut := command.ErrOrStderr()
	board := fleet.NewBoard(errOut, isLive(errOut), styleOf(errOut).Width)
	for _, target := range targets {
		made, err := f.prepare(target, board)
		if err != nil {
			return err
		}
		f.targets = append(f.targets, made)
	}
	return f.judge(command)
}

// judgeAll judges so many at once as together says, and writes all reports. After
// a stop those that have not begun are not judged.
func (f *fleetFlags) judgeAll(stopped context.Context, command *cobra.Command) error {
	var group errgroup.Group
	group.SetLimit(f.together)
	for _, one := range f.targets {
		group.Go(func() error {
			if stopped.Err() == nil {
				one.judge(command)
			}
			return nil
		})
	}
	_ = group.Wait() // none returns an error: what goes wrong is in its run
	return f.conclude(command)
}

func (f *fleetFlags) conclude(command *cobra.Command) error {
	judged, failed := []fleet.Judged{}, 0
	for _, one := range f.targets {
		if one.run != nil {
			judged, failed = append(judged, fleet.Judged{Name: one.name, Run: one.run}), failed+one.unsaved
		}
	}
	if f.index == everyTarget {
		summary := filepath.Join(f.out, "summary.md")
		if err := file.Write(summary, func(w io.Writer) error { return fleet.WriteMarkdown(w, judged) }); err != nil {
			failed++
			fmt.Fprintf(command.ErrOrStderr(), "conformance: %s\n", err)
		}
	}
	if err := fleet.WriteText(command.OutOrStdout(), judged); err != nil {
		return writing(err)
	}
	switch code := fleet.ExitCode(judged); {
	case failed > 0:
		return exitError{code: exitFault}
	case len(judged) < len(f.targets):
		return exitError{code: report.Interrupted.ExitCode()}
	case code != 0:
		return exitError{code: code}
	}
	return nil
}
