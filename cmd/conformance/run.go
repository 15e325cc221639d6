package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/cmd/conformance/internal/waivers"
	"session-conformance/reporters/report"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
)

// These hold the passwords for those who keep it off command lines.
const (
	passwordVariable      = "CONFORMANCE_PASSWORD"
	otherPasswordVariable = "CONFORMANCE_OTHER_PASSWORD"
)

// runFlags are the flags of run that are no options of the suite as they are.
type runFlags struct {
	options  suites.Options
	release  string
	caCert   string
	insecure bool
	waivers  string
	excused  waivers.File
	rerun    string
	reports  reportFlags
}

func newRunCommand() *cobra.Command {
	flags := &runFlags{}
	command := &cobra.Command{
		Use:   "run",
		Short: "Judge a target, or the bundled reference server",
		Long: `Judge a target. Without --target, the bundled reference server is started inside
the process and judged, which shows what a run looks like.

On the target, a run creates a library named conformance-<run id> with a few
items, works on those only, and deletes them at the end, also when it is
interrupted. With --library-item it uses the items that you name instead.`,
		Example: `  conformance run
  conformance run --target https://vc.example --username u --junit junit.xml
  conformance run --target https://vc.example --username u --label-filter 'rest && MUST'
  conformance run --target https://vc.example --username u --focus download_session.cancel`,
		RunE: func(command *cobra.Command, _ []string) error {
			settings, err := configure(command)
			if err != nil {
				return err
			}
			return settings.attributed(flags.run(command))
		},
	}
	flags.register(command)
	return command
}

func (f *runFlags) register(command *cobra.Command) {
	set, o := command.Flags(), &f.options
	set.SortFlags = false
	f.registerTarget(set)
	set.StringVar(&o.OtherUsername, "other-username", "", "`NAME` of a second account, for the behaviours that need one")
	set.StringVar(&o.OtherPassword, "other-password", "", "its password (better: "+otherPasswordVariable+" in the environment)")
	set.StringSliceVar(&o.Claims, "claim", nil, "`BINDINGS` that the server must serve, of api,rest,legacy (default: those it serves)")
	set.StringVar(&f.release, "release", "auto", "`RELEASE` whose documents the server is read by: 6.0, 6.5, 6.7u1, 7.0, 7.0u2, 8.0, 9.0 or auto")
	set.StringArrayVar(&o.LibraryItems, "library-item", nil, "`ID` of an existing item to use instead of creating some (repeatable)")
	set.StringVar(&o.Datastore, "datastore", "", "`ID` of the datastore for the library (default: the first one listed)")
	set.StringVar(&o.SubscribedItem, "subscribed-item", "", "`ID` of an item in a subscribed library, for the behaviours that need one")
	set.StringVar(&o.PullAddress, "pull-address", "", "`HOST[:PORT]` of this machine as the server reaches it, for files that it fetches")
	set.BoolVar(&o.Slow, "slow", false, "also run what waits until a session expires, which takes minutes")
	set.IntVar(&o.Parallel, "parallel", suites.DefaultParallel, "how many behaviours run at once (`N`)")
	set.DurationVar(&o.Timeout, "timeout", suites.DefaultTimeout, "how long one behaviour may take (`D`, such as 90s)")
	set.Int64Var(&o.Seed, "seed", 0, "`N` that orders the behaviours (default: a new one each run)")
	set.StringVar(&o.LabelFilter, "label-filter", "", "run the behaviours with these labels, such as 'api && MUST' (`QUERY`)")
	set.StringArrayVar(&o.Focus, "focus", nil, "run the behaviours whose title matches, such as an id (`REGEXP`, repeatable)")
	set.BoolVar(&o.Strict, "strict", false, "let SHOULD decide like MUST")
	set.StringVar(&f.rerun, "rerun", "", "run only what did not pass in the saved run in `FILE`")
	set.StringVar(&f.waivers, "waivers", "", "excuse the behaviours that `FILE` names (see conformance waivers)")
	f.reports.register(set)
}

// registerTarget adds the flags that say where the target is and who asks.
func (f *runFlags) registerTarget(set *pflag.FlagSet) {
	o := &f.options
	set.String(configFlag, "", "read settings from `FILE` (default "+configFile+", if there is one)")
	set.StringVar(&o.Target, "target", "", "`URL` of the server to judge, without /api or /rest")
	set.StringVar(&o.Username, "username", "", "user `NAME` to log in with")
	set.StringVar(&o.Password, "password", "", "the user's password (better: "+passwordVariable+" in the environment)")
	set.StringVar(&o.SessionID, "session-id", "", "`TOKEN` of a login to use instead of a user name")
	set.StringVar(&o.Authorization, "authorization", "", "`VALUE` of the Authorization header to send instead of logging in")
	set.StringVar(&f.caCert, "ca-cert", "", "PEM `FILE` with the authority of the server's certificate")
	set.BoolVar(&f.insecure, "insecure", false, "do not verify the server's certificate")
	set.BoolVar(&o.Proxy, "proxy", false, "use the proxies that the environment names (HTTPS_PROXY, ...)")
	set.DurationVar(&o.RequestTimeout, "request-timeout", suites.DefaultRequestTimeout, "how long one request may take (`D`)")
}

// run judges the target, softly stopped by the first signal and left at once
// by the second, until all reports are written.
func (f *runFlags) run(command *cobra.Command) error {
	if err := f.complete(command); err != nil {
		return err
	}
	closeBundled, err := f.bundle(command)
	if err != nil {
		return err
	}
	defer closeBundled()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	progress := terminal.NewProgressWith(command.ErrOrStderr(), isLive(command.ErrOrStderr()), f.reports.screen)
	f.options.Observer, f.options.OwnSignals = progress, true
	suite, err := suites.New(f.options)
	if err != nil {
		return err
	}
	if f.options.Bundled {
		progress.Phase("no --target: judging the bundled reference server at " + f.options.Target)
	}
	ended := make(chan error, 1)
	go func() { ended <- f.judge(command, suite, progress) }()
	for stopped := false; ; stopped = true {
		select {
		case err := <-ended:
			return err
		case <-signals:
			if stopped {
				progress.Close()
				return left(command.ErrOrStderr(), suite)
			}
			progress.Phase("interrupted: finishing what is under way and deleting what was created; interrupt again to leave at once")
			suite.Stop()
		}
	}
}

// judge runs the suite and reports; a panic of the suite is its result, too.
func (f *runFlags) judge(command *cobra.Command, suite *suites.Suite, progress *terminal.Progress) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = faultOf(fault)
		}
	}()
	run := suite.Run(command.Context())
	progress.Close()
	return f.report(command, run)
}

// left names what a run that is left at once leaves on the target.
func left(out io.Writer, suite *suites.Suite) error {
	things := suite.Left()
	for _, thing := range things {
		fmt.Fprintf(out, "left on the target: %s %s %s\n", thing.Kind, thing.ID, thing.Name)
	}
	return exitError{report.Interrupted.ExitCode(), fmt.Sprintf("left at once; left on the target: %d", len(things))}
}

// report writes what was asked for and says the verdict by the exit code. The
// terminal comes last, since whoever reads it may leave early (run | head).
func (f *runFlags) report(command *cobra.Command, run *report.Run) error {
	failed, ended := f.reports.save(command, run), verdict(run)
	if nothingToShow(run) && failed == 0 {
		return ended
	}
	if err := f.reports.show(command, run); err != nil {
		return err
	}
	stale := f.excused.Stale(run)
	for _, line := range stale {
		fmt.Fprintf(command.ErrOrStderr(), "conformance: %s\n", line)
	}
	if failed > 0 {
		return exitError{code: exitFault}
	}
	if ended != nil || len(stale) == 0 {
		return ended
	}
	return exitError{code: exitUsage}
}

// nothingToShow says that the run ended before it came to a behaviour, and left
// nothing behind: one line says it all.
func nothingToShow(run *report.Run) bool {
	return run.Verdict == report.Unusable && len(run.Results)+len(run.Leftovers) == 0
}

// verdict is the exit code; a run that skipped everything is a wrong usage.
func verdict(run *report.Run) error {
	skipped := run.Counts.Skipped == run.Counts.Total
	served := slices.ContainsFunc(run.Bindings, func(b report.Binding) bool { return b.Served })
	switch {
	case nothingToShow(run) && served:
		return usagef("%s", run.Summary)
	case nothingToShow(run):
		return exitError{run.Verdict.ExitCode(), run.Summary}
	case skipped && (run.Verdict == report.Unusable || len(run.Results) == 0 && run.Verdict == report.NotConformant):
		return usagef("no behaviour was judged: all that were chosen were skipped; see the reasons above")
	case run.Verdict != report.Conformant:
		return exitError{code: run.Verdict.ExitCode()}
	}
	return nil
}
