package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"session-conformance/reporters/fleet"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// fleetRun is a target that is going to be judged.
type fleetRun struct {
	name  string
	suite *suites.Suite
	flags *runFlags
	line  *lateLine
	run   *report.Run
	// unsaved is how many of its reports could not be written.
	unsaved int
}

// lateLine is the line of a target on the board, which begins with its run.
type lateLine struct {
	board     *fleet.Board
	name, url string
	*fleet.Line
}

// prepare sets the flags of run as the file and the environment say.
func (f *fleetFlags) prepare(target fleetTarget, board *fleet.Board) (*fleetRun, error) {
	flags := &runFlags{}
	command := &cobra.Command{Use: "run"}
	flags.register(command)
	known := fleetSettings()
	fromEnvironment, err := environment(known)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(slices.Values(known)) {
		value, given := target.settings.values[name]
		if _, hasCompanion := target.settings.values[companions[name]]; !given && (companions[name] == "" || hasCompanion) {
			value, given = fromEnvironment.Get(name), fromEnvironment.Exists(name)
		}
		if !given {
			continue
		}
		if err := set(command.Flags(), name, value); err != nil {
			return nil, usagef("%s: %s: %s", target.place(), name, wrongValue(name, err))
		}
	}
	if flags.options.Product == "" {
		flags.options.Product = target.name
	}
	for format, ending := range map[string]string{"json": ".json", "html": ".html", "junit": ".xml"} {
		*flags.reports.paths[format] = filepath.Join(f.out, target.name+ending)
	}
	if err := flags.complete(command); err != nil {
		return nil, usagef("%s: %s", target.place(), inFlags(err))
	}
	line := &lateLine{board: board, name: target.name, url: flags.options.Target}
	flags.options.Observer, flags.options.OwnSignals, flags.options.NoReplay = line, true, true
	suite, err := suites.New(flags.options)
	if err != nil {
		return nil, usagef("%s: %s", target.place(), inFlags(err))
	}
	return &fleetRun{name: target.name, suite: suite, flags: flags, line: line}, nil
}

// place is where the target stands.
func (t fleetTarget) place() string { return fmt.Sprintf("%s:%d: %s", t.settings.path, t.line, t.name) }

// judge judges all, softly stopped by the first signal and left at once by the
// second.
func (f *fleetFlags) judge(command *cobra.Command) error {
	signals, end := listen()
	defer end()
	ctx, cancel := context.WithCancel(command.Context())
	defer cancel()
	errOut := command.ErrOrStderr()
	return interruptible(signals,
		func() error { return f.judgeAll(ctx, command) },
		func() {
			fmt.Fprintln(errOut, interrupted)
			cancel()
			for _, one := range f.targets {
				one.suite.Stop()
			}
		},
		func() error { return f.leave(errOut) })
}

// leave names what all runs leave on their targets.
func (f *fleetFlags) leave(out io.Writer) error {
	left := 0
	for _, one := range f.targets {
		for _, thing := range one.suite.Left() {
			left++
			fmt.Fprintf(out, "left on %s: %s %s %s\n", one.name, thing.Kind, thing.ID, thing.Name)
		}
	}
	return exitError{report.Interrupted.ExitCode(), fmt.Sprintf("left at once; left on the targets: %d", left)}
}

// judge judges one target; a panic of the suite is its result, too.
func (r *fleetRun) judge(command *cobra.Command) {
	r.line.Line = r.line.board.Judge(r.line.name, r.line.url)
	defer func() {
		if fault := recover(); fault != nil {
			_, target := r.suite.Names()
			r.run = &report.Run{Schema: report.Schema, Target: target, Verdict: report.Faulty, Summary: faultOf(fault).Error()}
		}
		r.line.End(r.run.Summary)
		r.unsaved = r.flags.reports.save(command, r.run)
	}()
	r.run = r.suite.Run(command.Context())
}
