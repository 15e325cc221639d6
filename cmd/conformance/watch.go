package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"session-conformance/reporters/diff"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites"
)

const watchFlag = "watch"

// checkWatch refuses what is for one run, or for one that nobody looks at.
func (f *runFlags) checkWatch() error {
	if !f.watch {
		return nil
	}
	if f.options.Target == "" {
		return usagef("--%s without --target; name the server to watch", watchFlag)
	}
	for _, one := range []struct {
		flag string
		set  bool
	}{{"plan", f.asksNothing}, {shardFlag, f.shard != ""}, {"github", f.reports.github}, {"events", f.reports.events.path != ""}} {
		if one.set {
			return usagef("--%s and --%s exclude each other: one is for many runs, the other for one", watchFlag, one.flag)
		}
	}
	for _, one := range formats {
		if *f.reports.paths[one.flag] == toStdout {
			return usagef("--%s writes what changed to standard output; name a file for --%s", watchFlag, one.flag)
		}
	}
	return nil
}

// watchTarget judges the target now, and again whenever it was started again or
// Enter is pressed, until it is interrupted; then the last run says the exit code.
func (f *runFlags) watchTarget(command *cobra.Command, signals chan os.Signal) error {
	entered := linesOf(command.InOrStdin())
	errOut := command.ErrOrStderr()
	for {
		err := f.judgeOnce(command, signals)
		if endsWatch(err) {
			return err
		}
		if err != nil && err.Error() != "" {
			fmt.Fprintf(errOut, "conformance: %s\n", err)
		}
		fmt.Fprintln(errOut, "watching: runs again when the target was started again, or on Enter; interrupt to end")
		if !f.awaitChange(command.Context(), signals, entered) {
			return codeOf(err)
		}
	}
}

// endsWatch says whether there is nothing to run again.
func endsWatch(err error) bool {
	var ended exitError
	if err == nil || errors.As(err, &ended) && ended.code != exitFault && ended.code != report.Interrupted.ExitCode() {
		return false
	}
	return true
}

// codeOf is the exit code of what was told already.
func codeOf(err error) error {
	var ended exitError
	if errors.As(err, &ended) {
		return exitError{code: ended.code}
	}
	return nil
}

// awaitChange says whether to run again; false is an interrupt, or a target that
// stays away.
func (f *runFlags) awaitChange(ctx context.Context, signals <-chan os.Signal, entered <-chan struct{}) bool {
	select { // what was pressed during the run is not about what came of it
	case <-entered:
	default:
	}
	ctx, cancel := context.WithCancel(ctx)
	restarted := make(chan bool, 1)
	go func() { restarted <- suites.AwaitRestart(ctx, f.options) }()
	asked := false
	select {
	case again := <-restarted:
		cancel()
		return again
	case <-entered:
		asked = true
	case <-signals:
	}
	cancel()
	<-restarted
	return asked
}

// linesOf tells of each line of the input; one that nobody waits for counts once.
// Nothing can end a read from a terminal: its goroutine lives as long as the input.
func linesOf(input io.Reader) <-chan struct{} {
	entered := make(chan struct{}, 1)
	go func() {
		for lines := bufio.NewScanner(input); lines.Scan(); {
			select {
			case entered <- struct{}{}:
			default:
			}
		}
	}()
	return entered
}

// remember keeps the run for the next to be compared with, if it came to behaviours,
// and lets that walk the same way.
func (f *runFlags) remember(run *report.Run) {
	if !f.watch || len(run.Results) == 0 {
		return
	}
	f.options.Seed, f.before = run.Options.Seed, run
}

// showChanges shows what changed against the run before.
func (f *runFlags) showChanges(command *cobra.Command, run *report.Run) error {
	text := changeList(diff.Compare(f.before, run))
	return printText(command, text+visible.Text(run.Summary)+"\n")
}
