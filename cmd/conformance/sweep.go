package main

import (
	"errors"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
	"session-conformance/suites"
)

// sweepAge is older than any run that still goes on: one takes minutes, and
// half an hour more where it waits for sessions to expire.
const sweepAge = 2 * time.Hour

func newSweepCommand() *cobra.Command {
	flags := &runFlags{}
	var age time.Duration
	var dry bool
	command := &cobra.Command{
		Use:   "sweep",
		Short: "Delete what killed runs left on a target",
		Long: `Delete the libraries that runs made and could not delete, because they were killed
or lost the target: those named conformance-<run id> that are older than
--older-than, or all of them with 0s. Nothing else is touched.`,
		Example: `  conformance sweep --target https://vc.example --username u --dry-run
  conformance sweep --target https://vc.example --username u`,
		RunE: configured(func(command *cobra.Command) error { return flags.sweep(command, age, dry) }),
	}
	set := command.Flags()
	set.SortFlags = false
	flags.registerTarget(set)
	set.DurationVar(&age, "older-than", sweepAge, "leave what is newer, since its run may still go on (`D`)")
	set.BoolVar(&dry, "dry-run", false, "only say what would be deleted")
	return command
}

func (f *runFlags) sweep(command *cobra.Command, age time.Duration, dry bool) error {
	ctx, stop := signal.NotifyContext(command.Context(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if age < 0 {
		return usagef("--older-than must not be negative, got %s", age)
	}
	if err := f.completeTarget(command); err != nil {
		return err
	}
	now := time.Now()
	var before time.Time // any age will do: what is still being made is newer than now, as is all where clocks differ
	if age > 0 {
		before = now.Add(-age)
	}
	orphans, err := suites.Sweep(ctx, f.options, before, dry)
	if errors.As(err, new(*suites.UsageError)) {
		return err
	}
	if err == nil || len(orphans) > 0 {
		if failed := printText(command, sweepText(orphans, now)); failed != nil {
			return failed
		}
	}
	if err != nil {
		return exitError{report.Unusable.ExitCode(), err.Error()}
	}
	return nil
}

// sweepText has a line for each library, and how many there were.
func sweepText(orphans []library.Orphan, now time.Time) string {
	var out strings.Builder
	kept := 0
	for _, orphan := range orphans {
		out.WriteString(sweepLine(orphan, now))
		if orphan.Kept != "" {
			kept++
		}
	}
	fmt.Fprintf(&out, "%d deleted, %d kept\n", len(orphans)-kept, kept)
	return out.String()
}

func sweepLine(orphan library.Orphan, now time.Time) string {
	line := "deleted"
	if orphan.Kept != "" {
		line = "kept"
	}
	line += fmt.Sprintf(" library %s (%s)", visible.Text(orphan.Name), visible.Text(orphan.ID))
	if !orphan.Created.IsZero() {
		line += fmt.Sprintf(", made %s ago", now.Sub(orphan.Created).Round(time.Minute))
	}
	if orphan.Kept != "" {
		line += ": " + visible.Text(orphan.Kept)
	}
	return line + "\n"
}
