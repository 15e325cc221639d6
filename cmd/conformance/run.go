package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/reporters/guide"
	"session-conformance/reporters/report"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
	"session-conformance/suites/waivers"
)

// These hold the passwords for those who keep it off command lines.
const (
	passwordVariable        = "CONFORMANCE_PASSWORD"
	otherPasswordVariable   = "CONFORMANCE_OTHER_PASSWORD"
	limitedPasswordVariable = "CONFORMANCE_LIMITED_PASSWORD"
)

// runFlags are the flags of run that are no options of the suite as they are.
type runFlags struct {
	options  suites.Options
	release  string
	caCert   string
	insecure bool
	// clientCert and clientKey are files; headers are lines NAME=VALUE.
	clientCert, clientKey string
	headers               []string
	waivers               string
	// asksNothing tells what a run would ask instead of running.
	asksNothing bool
	// guide shows what to build next instead of the report.
	guide bool
	// watch runs again and again; before is the run that the next is compared with.
	watch   bool
	before  *report.Run
	excused waivers.File
	rerun   string
	shard   string
	reports reportFlags
	// more writes what a command has beside the reports, and returns how many
	// could not be written; nil is nothing.
	more func(command *cobra.Command, run *report.Run) (failed int)
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
		RunE: configured(flags.run),
	}
	flags.register(command)
	return command
}

func (f *runFlags) register(command *cobra.Command) {
	set, o := command.Flags(), &f.options
	set.SortFlags = false
	f.registerTarget(set)
	f.registerSetUp(set)
	set.StringVar(&o.OtherUsername, "other-username", "", "`NAME` of a second account, for the behaviours that need one")
	set.StringVar(&o.OtherPassword, "other-password", "", "its password (better: "+otherPasswordVariable+" in the environment)")
	set.StringVar(&o.LimitedUsername, "limited-username", "",
		"`NAME` of an account that may log in and has no privilege of sessions")
	set.StringVar(&o.LimitedPassword, "limited-password", "",
		"its password (better: "+limitedPasswordVariable+" in the environment)")
	set.StringVar(&o.SubscribedItem, "subscribed-item", "",
		"`ID` of an item in a subscribed library, for the behaviours that need one")
	set.StringVar(&o.PullAddress, "pull-address", "",
		"`HOST[:PORT]` of this machine as the server reaches it, for files that it fetches")
	set.StringVar(&o.Product, "product", "", "what the reports call the server (`NAME`; default: its URL)")
	set.StringVar(&o.ProductRelease, "product-release", "", "which `RELEASE` of the product it is, for the reports")
	set.BoolVar(&o.ReadOnly, "read-only", false, "judge what reading shows of sessions and items that exist, and change nothing")
	set.BoolVar(&o.Slow, "slow", false, "also run what waits until a session expires, which takes minutes")
	set.BoolVar(&f.asksNothing, "plan", false, "tell what the run would ask and create, and ask the server nothing")
	set.BoolVar(&f.guide, "guide", false, "show how far each operation is and which to build next, for who builds a server")
	set.BoolVar(&f.watch, watchFlag, false,
		"run again when the target was started again, or on Enter, and show what changed")
	set.BoolVar(&o.Isolate, "isolate", false, "let every behaviour make all that it needs, with more requests and the same verdict")
	set.DurationVar(&o.Timeout, "timeout", suites.DefaultTimeout, "how long one behaviour may take (`D`, such as 90s)")
	set.BoolVar(&o.FailFast, "fail-fast", false, "end the run after the first failure")
	set.StringVar(&o.LabelFilter, "label-filter", "", "run the behaviours with these labels, such as 'api && MUST' (`QUERY`)")
	set.StringArrayVar(&o.Focus, "focus", nil, "run the behaviours whose title matches, such as an id (`REGEXP`, repeatable)")
	set.StringVar(&f.shard, shardFlag, "", "run only a part of the behaviours, such as `2/5` (see conformance merge)")
	set.IntVar(&o.Explore, exploreFlag, suites.DefaultExplore,
		"how many requests to spend on histories that no spec wrote down (`N`, 0 for none)")
	set.DurationVar(&o.ExploreFor, "explore-for", 0, "the longest time to spend on histories (`DURATION`, 0 for no limit)")
	set.StringVar(&f.rerun, "rerun", "", "run only what did not pass in the saved run in `FILE`")
	set.StringVar(&f.waivers, "waivers", "", "excuse the behaviours that `FILE` names (see conformance waivers)")
	f.reports.register(set)
	set.StringVar((*string)(&o.Exchanges), "exchanges", string(suites.FailedExchanges),
		"`WHICH` exchanges the reports hold: all, failed (of what does not hold), or none")
	set.StringVar(&f.reports.events.path, "events", "",
		"tell the run as it happens to `FILE`, a JSON object a line; - is standard output")
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
	set.StringVar(&f.clientCert, "client-cert", "", "PEM `FILE` with a certificate to show to the server")
	set.StringVar(&f.clientKey, "client-key", "", "PEM `FILE` with its key")
	set.StringArrayVar(&f.headers, "header", nil, "`NAME=VALUE` of a header that a gateway wants with every request (repeatable)")
	set.Float64Var(&o.MaxRPS, "max-rps", 0, "send at most `N` requests in a second (default: no limit)")
	set.DurationVar(&o.Wait, "wait", 0, "wait up to `D` for a server that is starting")
	set.BoolVar(&o.Proxy, "proxy", false, "use the proxies that the environment names (HTTPS_PROXY, ...)")
	set.DurationVar(&o.RequestTimeout, "request-timeout", suites.DefaultRequestTimeout, "how long one request may take (`D`)")
}

// registerSetUp adds the flags of what a run needs on the target, and of its
// bounds, which go with behaviours as with histories.
func (f *runFlags) registerSetUp(set *pflag.FlagSet) {
	o := &f.options
	set.StringSliceVar(&o.Claims, "claim", nil,
		"`BINDINGS` that the server must serve, of api,rest,legacy (default: those it serves)")
	set.StringVar(&f.release, "release", "auto",
		"`RELEASE` whose documents the server is read by: 6.0, 6.5, 6.7u1, 7.0, 7.0u2, 8.0, 9.0 or auto")
	set.StringArrayVar(&o.LibraryItems, "library-item", nil, "`ID` of an existing item to use instead of creating some (repeatable)")
	set.StringVar(&o.Datastore, "datastore", "", "`ID` of the datastore for the library (default: the first one listed)")
	set.IntVar(&o.Parallel, "parallel", suites.DefaultParallel, "how many behaviours, or histories, run at once (`N`)")
	set.DurationVar(&o.Deadline, "deadline", 0, "end the run after `D`, and report what was judged until then (default: never)")
	set.DurationVar(&o.WaitForTarget, "wait-for-target", suites.DefaultWaitForTarget,
		"how long to wait for a server that goes away during the run (`D`)")
	set.BoolVar(&o.AllowLeftovers, "allow-leftovers", false, "end with 0 also if something that the run made could not be deleted")
	set.Int64Var(&o.Seed, "seed", 0, "`N` that orders the behaviours and chooses the histories (default: a new one each run)")
	set.StringArrayVar(&o.Skip, "skip", nil,
		"leave out the behaviours with this id, or a part of one with * (`PATTERN`, repeatable)")
	set.IntVar(&o.Races, racesFlag, suites.DefaultRaces, "how many requests to spend on clients that act at once (`N`, 0 for none)")
	set.BoolVar(&o.Strict, "strict", false, "let SHOULD decide like MUST")
}

// run judges the target, softly stopped by the first signal and left at once
// by the second, until all reports are written.
func (f *runFlags) run(command *cobra.Command) error {
	if err := f.complete(command); err != nil {
		return err
	}
	if f.asksNothing {
		return f.plan(command)
	}
	closeBundled, err := f.bundle(command)
	if err != nil {
		return err
	}
	defer closeBundled()
	defer limitMemory(runMemory)()
	signals, end := listen()
	defer end()
	if f.watch {
		return f.watchTarget(command, signals)
	}
	return f.judgeOnce(command, signals)
}

// judgeOnce makes one run and reports it.
func (f *runFlags) judgeOnce(command *cobra.Command, signals <-chan os.Signal) error {
	errOut := command.ErrOrStderr()
	progress := terminal.NewProgressWith(errOut, isLive(errOut), styleOf(errOut).Width, f.reports.screen)
	told := &observers{progress}
	f.options.Observer, f.options.OwnSignals = told, true
	suite, err := suites.New(f.options)
	if err != nil {
		return err
	}
	if err := f.reports.events.begin(command, suite, told); err != nil {
		return err
	}
	if f.options.Bundled {
		told.Phase("no --target: judging the bundled reference server at " + f.options.Target)
	}
	return interruptible(signals,
		func() error { return f.judge(command, suite, progress) },
		func() {
			told.Phase(interrupted)
			suite.Stop()
		},
		func() error {
			progress.Close()
			return nameLeftovers(command.ErrOrStderr(), suite)
		})
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
	defer f.remember(run)
	return f.report(command, run)
}

// show shows the run, unless the guide did, or what changed in it.
func (f *runFlags) show(command *cobra.Command, run *report.Run) error {
	if f.before != nil {
		return f.showChanges(command, run)
	}
	if f.guide {
		return nil
	}
	return f.reports.show(command, run)
}

// report writes what was asked for and says the verdict by the exit code. The
// terminal comes last, since whoever reads it may leave early (run | head).
func (f *runFlags) report(command *cobra.Command, run *report.Run) error {
	failed, ended := f.reports.save(command, run), verdict(run)
	if f.more != nil {
		failed += f.more(command, run)
	}
	// What is missing before the sessions is told by the error, with the flag that avoids it.
	if f.guide && len(run.Bindings) > 0 {
		if err := writing(guide.Write(f.reports.out(command), run, explainOperation)); err != nil {
			return err
		}
	}
	if nothingToShow(run) && failed == 0 {
		return ended
	}
	if err := f.show(command, run); err != nil {
		return err
	}
	stale := f.excused.Stale(run)
	if f.options.Shard.IsPart() {
		stale = nil // what a shard did not need, another one may
	}
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
