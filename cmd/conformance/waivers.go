package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/cmd/conformance/internal/waivers"
	"session-conformance/reporters/file"
)

const waiversFile = "waivers.yaml"

// readWaivers reads the file of --waivers into the options.
func (f *runFlags) readWaivers() error {
	if f.waivers == "" {
		return nil
	}
	data, err := readLimited(f.waivers, maxConfig)
	if err != nil {
		return usagef("--waivers %s: %s", f.waivers, reasonOf(err))
	}
	if f.excused, err = waivers.Parse(f.waivers, data, time.Now()); err != nil {
		return usagef("%s", err)
	}
	f.options.Waivers = f.excused.Options()
	return nil
}

func newWaiversCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "waivers",
		Short: "Excuse behaviours that are known not to hold, for a while",
		Long: `A file of waivers lets a pipeline pass although some behaviours do not hold:

  waivers:
    - behaviour: update_session.cancel.*   # an id, or a pattern with *
      bindings: [rest]                     # all of them if it is left out
      reason: cancel deletes the session until release 4.2
      owner: storage team
      link: https://tracker.example/123    # may be left out
      expires: 2027-01-31                  # the last day on which it holds

Give it to run with --waivers. One that has expired, names no behaviour, or is no
longer needed, is an error that says which line to mend. A run that needed one
says "conformant with 1 waiver", never just "conformant".`,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(newWaiversInitCommand())
	return command
}

func newWaiversInitCommand() *cobra.Command {
	var output string
	command := &cobra.Command{
		Use:   "init RUN.json",
		Short: "Write a file of waivers for what fails in a saved run",
		Long: `Write a file with a waiver for each behaviour that keeps the saved run from
conforming. Reason and owner are left to you: until they are written, the file
is refused.`,
		Example: "  conformance waivers init run.json\n  conformance run --waivers " + waiversFile,
		Args:    oneRun,
		RunE: func(command *cobra.Command, arguments []string) error {
			return initWaivers(command, arguments[0], output)
		},
	}
	command.Flags().StringVarP(&output, "output", "o", waiversFile, "`FILE` to write, which must not be there yet")
	return command
}

func initWaivers(command *cobra.Command, path, output string) error {
	run, err := readRun(path)
	if err != nil {
		return err
	}
	data, err := waivers.Init(run, time.Now())
	switch {
	case err != nil:
		return err
	case data == nil:
		return usagef("%s: nothing fails in that run, so there is nothing to waive", path)
	}
	if _, err := os.Lstat(output); err == nil && output != "/dev/stdout" {
		return usagef("%s is there already; name another file with --output", output)
	}
	if err := file.Write(output, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return usagef("--output: %s", err)
	}
	fmt.Fprintf(command.ErrOrStderr(), "wrote %s; write its reasons and owners, then: conformance run --waivers %s\n", output, shellQuoted(output))
	return nil
}
