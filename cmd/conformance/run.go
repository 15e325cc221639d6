package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/reporters/file"
	"session-conformance/reporters/junit"
	"session-conformance/reporters/report"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
)

// passwordVariable holds the password for those who keep it off command lines.
const passwordVariable = "CONFORMANCE_PASSWORD"

// runFlags are the flags of run that are no options of the suite as they are.
type runFlags struct {
	options  suites.Options
	release  string
	caCert   string
	insecure bool
	reports  map[string]*string
}

// writers are the reports that a run can write, by the flag that names the file.
var writers = []struct {
	flag, what string
	write      func(io.Writer, *report.Run) error
}{
	{"json", "the whole run as JSON", report.Write},
	{"junit", "JUnit XML", junit.Write},
}

func newRunCommand() *cobra.Command {
	flags := &runFlags{reports: map[string]*string{}}
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
		RunE: func(command *cobra.Command, _ []string) error { return flags.run(command) },
	}
	flags.register(command)
	return command
}

func (f *runFlags) register(command *cobra.Command) {
	set, o := command.Flags(), &f.options
	set.SortFlags = false
	set.StringVar(&o.Target, "target", "", "`URL` of the server to judge, without /api or /rest")
	set.StringVar(&o.Username, "username", "", "user `NAME` to log in with")
	set.StringVar(&o.Password, "password", "", "the user's password (better: "+passwordVariable+" in the environment)")
	set.StringVar(&o.SessionID, "session-id", "", "`TOKEN` of a login to use instead of a user name")
	set.StringVar(&o.Authorization, "authorization", "", "`VALUE` of the Authorization header to send instead of logging in")
	set.StringVar(&f.caCert, "ca-cert", "", "PEM `FILE` with the authority of the server's certificate")
	set.BoolVar(&f.insecure, "insecure", false, "do not verify the server's certificate")
	set.BoolVar(&o.Proxy, "proxy", false, "use the proxies that the environment names (HTTPS_PROXY, ...)")
	set.StringSliceVar(&o.Claims, "claim", nil, "`BINDINGS` that the server must serve, of api,rest,legacy (default: those it serves)")
	set.StringVar(&f.release, "release", "auto", "`RELEASE` whose documents the server is read by: 6.0, 6.5, 6.7u1, 7.0, 7.0u2, 8.0, 9.0 or auto")
	set.StringArrayVar(&o.LibraryItems, "library-item", nil, "`ID` of an existing item to use instead of creating some (repeatable)")
	set.StringVar(&o.Datastore, "datastore", "", "`ID` of the datastore for the library (default: the first one listed)")
	set.StringVar(&o.SubscribedItem, "subscribed-item", "", "`ID` of an item in a subscribed library, for the behaviours that need one")
	set.IntVar(&o.Parallel, "parallel", suites.DefaultParallel, "how many behaviours run at once (`N`)")
	set.DurationVar(&o.Timeout, "timeout", suites.DefaultTimeout, "how long one behaviour may take (`D`, such as 90s)")
	set.DurationVar(&o.RequestTimeout, "request-timeout", suites.DefaultRequestTimeout, "how long one request may take (`D`)")
	set.Int64Var(&o.Seed, "seed", 0, "`N` that orders the behaviours (default: a new one each run)")
	set.StringVar(&o.LabelFilter, "label-filter", "", "run the behaviours with these labels, such as 'api && MUST' (`QUERY`)")
	set.StringArrayVar(&o.Focus, "focus", nil, "run the behaviours whose title matches, such as an id (`REGEXP`, repeatable)")
	set.BoolVar(&o.Strict, "strict", false, "let SHOULD decide like MUST")
	for _, writer := range writers {
		f.reports[writer.flag] = set.String(writer.flag, "", "write "+writer.what+" to `FILE`")
	}
}

func (f *runFlags) run(command *cobra.Command) error {
	if err := f.complete(command); err != nil {
		return err
	}
	closeBundled, err := f.bundle(command)
	if err != nil {
		return err
	}
	defer closeBundled()
	progress := terminal.NewProgress(command.ErrOrStderr(), isLive(command.ErrOrStderr()))
	f.options.Observer = progress
	run, err := f.judge(command, progress)
	if err != nil {
		return err
	}
	return f.report(command, run)
}

// complete fills in what flags alone do not say, and checks what can be
// checked before anything is sent.
func (f *runFlags) complete(command *cobra.Command) error {
	o := &f.options
	o.Version = version()
	if f.release != "auto" {
		o.Release = f.release
	}
	for _, name := range []string{"parallel", "timeout", "request-timeout"} {
		if flag := command.Flags().Lookup(name); flag.Changed && isZero(flag.Value.String()) {
			return usagef("--%s must be more than 0, got %s", name, flag.Value)
		}
	}
	if o.Username != "" && o.Password == "" {
		o.Password = os.Getenv(passwordVariable)
	}
	seen := map[string]string{}
	for _, writer := range writers {
		path := *f.reports[writer.flag]
		if path == "" {
			continue
		}
		if other, twice := seen[path]; twice {
			return usagef("--%s and --%s name the same file %s; give each its own", other, writer.flag, path)
		}
		seen[path] = writer.flag
		if err := file.CheckWritable(path); err != nil {
			return usagef("--%s: %s", writer.flag, err)
		}
	}
	config, err := tlsConfig(f.caCert, f.insecure)
	o.TLS = config
	return err
}

func isZero(value string) bool { return value == "0" || value == "0s" }

// judge runs the suite, softly stopped by the first signal and left at once
// by the second.
func (f *runFlags) judge(command *cobra.Command, progress *terminal.Progress) (*report.Run, error) {
	signals := make(chan os.Signal, 2)
	listen := func() { signal.Notify(signals, os.Interrupt, syscall.SIGTERM) }
	listen()
	defer signal.Stop(signals)
	f.options.SignalsReset = listen
	suite, err := suites.New(f.options)
	if err != nil {
		progress.Close()
		return nil, err
	}
	ctx, abandon := context.WithCancel(command.Context())
	defer abandon()
	done := make(chan *report.Run, 1)
	go func() { done <- suite.Run(ctx) }()
	for stopped := false; ; stopped = true {
		select {
		case run := <-done:
			progress.Close()
			return run, nil
		case <-signals:
			if stopped {
				progress.Close()
				return nil, left(command.ErrOrStderr(), suite)
			}
			progress.Phase("interrupted: finishing what is under way and deleting what was created; interrupt again to leave at once")
			suite.Stop()
		}
	}
}

// left names what a run that is left at once leaves on the target.
func left(out io.Writer, suite *suites.Suite) error {
	things := suite.Left()
	for _, thing := range things {
		fmt.Fprintf(out, "left on the target: %s %s %s\n", thing.Kind, thing.ID, thing.Name)
	}
	return exitError{report.Interrupted.ExitCode(), fmt.Sprintf("left at once; %d things are left on the target", len(things))}
}

// report writes what was asked for and says the verdict by the exit code. A
// report that cannot be written loses no other.
func (f *runFlags) report(command *cobra.Command, run *report.Run) error {
	out := command.OutOrStdout()
	if err := terminal.Write(out, run, styleOf(out)); err != nil {
		return fmt.Errorf("write to the terminal: %w", err)
	}
	failed := 0
	for _, writer := range writers {
		path := *f.reports[writer.flag]
		if path == "" {
			continue
		}
		err := file.Write(path, func(w io.Writer) error { return writer.write(w, run) })
		if err != nil {
			failed++
			fmt.Fprintf(command.ErrOrStderr(), "conformance: --%s: %s\n", writer.flag, err)
		}
	}
	if failed > 0 {
		return exitError{code: exitFault}
	}
	return verdict(run)
}

// verdict is the exit code; a run that judged nothing is a wrong usage.
func verdict(run *report.Run) error {
	judged := run.Counts.Total - run.Counts.Skipped - run.Counts.NotRun
	if judged == 0 && (run.Verdict == report.Conformant || len(run.Results) == 0 && run.Verdict == report.NotConformant) {
		return usagef("no behaviour was judged: all that were chosen were skipped; see the reasons above")
	}
	if code := run.Verdict.ExitCode(); code != 0 {
		return exitError{code: code}
	}
	return nil
}

// shutdownTimeout bounds how long the bundled server waits for its last
// connection; every request has been answered by then.
const shutdownTimeout = 2 * time.Second
