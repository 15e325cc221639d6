package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/reporters/file"
	"session-conformance/suites/waivers"
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
	var answers waivers.Answers
	command := &cobra.Command{
		Use:   "init RUN.json",
		Short: "Write a file of waivers for what fails in a saved run",
		Long: `Write a file with a waiver for each behaviour that keeps the saved run from
conforming, those of one cause together; what one blocks is excused with it. Reason
and owner are left to you, unless you give them for all: until they are written,
the file is refused.`,
		Example: "  conformance waivers init run.json\n  conformance run --waivers " + waiversFile,
		Args:    oneRun,
		RunE: func(command *cobra.Command, arguments []string) error {
			return initWaivers(command, arguments[0], output, answers)
		},
	}
	command.Flags().StringVarP(&output, "output", "o", waiversFile, "`FILE` to write, which must not be there yet")
	command.Flags().StringVar(&answers.Reason, "reason", "", "`TEXT` that says of all of them why they may stay")
	command.Flags().StringVar(&answers.Owner, "owner", "", "`NAME` of who answers for all of them")
	command.Flags().StringVar(&answers.Expires, "expires", "",
		"last `DAY` on which they hold, such as 2027-01-31 (default: in 90 days)")
	return command
}

func initWaivers(command *cobra.Command, path, output string, answers waivers.Answers) error {
	if _, err := time.Parse(time.DateOnly, answers.Expires); answers.Expires != "" && err != nil {
		return usagef("--expires %q: want a day such as 2027-01-31", answers.Expires)
	}
	run, err := readRun(path)
	if err != nil {
		return err
	}
	data, err := waivers.Init(run, answers, time.Now())
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
	todo := "write its reasons and owners, then:"
	if answers.Reason != "" && answers.Owner != "" {
		todo = "use it with"
	}
	fmt.Fprintf(command.ErrOrStderr(), "wrote %s; %s conformance run --waivers %s\n", output, todo, shellQuoted(output))
	return nil
}
