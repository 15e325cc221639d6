package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"session-conformance/reporters/events"
	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// toStdout stands for standard output where a flag names a file of lines.
const toStdout = "-"

// eventsFlag is --events and what it opens.
type eventsFlag struct {
	path   string
	file   *os.File
	writer *events.Writer
}

// check finds out beforehand whether the file can be written.
func (f *eventsFlag) check() error {
	if f.path == "" || f.path == toStdout {
		return nil
	}
	if err := file.CheckWritable(f.path); err != nil {
		return usagef("--events: %s", err)
	}
	return nil
}

// begin begins to tell the run that the suite is going to make; the observers
// pass it on.
func (f *eventsFlag) begin(command *cobra.Command, suite *suites.Suite, told *observers) error {
	if f.path == "" {
		return nil
	}
	out := command.OutOrStdout()
	if f.path != toStdout {
		opened, err := os.Create(f.path)
		if err != nil {
			return usagef("--events %s: %s", f.path, reasonOf(err))
		}
		f.file, out = opened, opened
	}
	f.writer = events.New(out)
	f.writer.Begin(suite.Names())
	*told = append(*told, f.writer)
	return nil
}

// end tells the verdict, and whether all that was told could be written.
func (f *eventsFlag) end(run *report.Run) error {
	if f.writer == nil {
		return nil
	}
	err := f.writer.End(run)
	if f.file != nil {
		err = errors.Join(err, f.file.Close())
	}
	if err != nil {
		return fmt.Errorf("--events: %w", err)
	}
	return nil
}

// observers are told alike; who joins does so before the run begins.
type observers []suites.Observer

func (o *observers) Phase(text string) {
	for _, one := range *o {
		one.Phase(text)
	}
}

func (o *observers) Start(total int) {
	for _, one := range *o {
		one.Start(total)
	}
}

func (o *observers) Done(result report.Result) {
	for _, one := range *o {
		one.Done(result)
	}
}

// Begins and Waits reach those who show what is waited for.
func (o *observers) Begins(what string) (over func()) {
	return o.eachWatcher(func(one suites.Watcher) func() { return one.Begins(what) })
}

func (o *observers) Waits(what string) (over func()) {
	return o.eachWatcher(func(one suites.Watcher) func() { return one.Waits(what) })
}

func (o *observers) eachWatcher(tell func(suites.Watcher) (over func())) (over func()) {
	var all []func()
	for _, one := range *o {
		if watcher, watches := one.(suites.Watcher); watches {
			all = append(all, tell(watcher))
		}
	}
	return func() {
		for _, over := range all {
			over()
		}
	}
}
