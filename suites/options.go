// Package suites is the public face of the suite: it judges a target from a
// command or from a vendor's own Go test.
package suites

import (
	"crypto/tls"
	"net/http"
	"time"

	"session-conformance/reporters/report"
)

// Options say what to judge and how. Target is the only one without which
// New fails; the zero value of every other one is its default.
type Options struct {
	// Target is the server's URL, without /api or /rest.
	Target string
	// Bundled says that the target is the reference server in this process.
	Bundled bool
	// TLS is how the target's certificate is verified; nil trusts the system's
	// authorities.
	TLS *tls.Config
	// Proxy takes proxies from the environment.
	Proxy bool

	// Credentials: a user name and password to log in with, or the token of a
	// login that exists, or a whole Authorization header.
	Username, Password string
	SessionID          string
	Authorization      string

	// OtherUsername and OtherPassword are a second account, for the behaviours
	// that are about more than one.
	OtherUsername, OtherPassword string

	// LimitedUsername and LimitedPassword are an account that may log in and lacks
	// ContentLibrary.DownloadSession and ContentLibrary.UpdateSession, for the
	// behaviours about these privileges.
	LimitedUsername, LimitedPassword string

	// Product is what the reports call the target, ProductRelease which release of
	// it this is; the verdict does not depend on them.
	Product, ProductRelease string

	// Claims are the bindings that the target must serve: legacy, rest, api.
	Claims []string
	// Release is the one whose documents the target is read by; empty accepts
	// every documented reading.
	Release string

	// LibraryItems are existing items to use instead of creating some.
	LibraryItems []string
	// Datastore is where to create the library; empty takes the first listed.
	Datastore string
	// SubscribedItem is an item of a subscribed library.
	SubscribedItem string

	// PullAddress is HOST or HOST:PORT of this machine as the target reaches
	// it, for files that the target fetches; empty finds it out for a target
	// on this machine, and skips those behaviours for any other.
	PullAddress string
	// Header goes with every request to the target's own host, such as one that a
	// gateway wants. Its values are secrets.
	Header http.Header
	// MaxRPS is the most requests that are sent in a second; 0 is no limit.
	MaxRPS float64
	// Wait is how long a target is waited for that does not answer yet,
	// WaitForTarget one that went away in the middle of the run.
	Wait, WaitForTarget time.Duration
	// Deadline ends the run softly after that time; 0 never does. FailFast ends it
	// so after the first failure.
	Deadline time.Duration
	FailFast bool

	// ReadOnly judges what can be judged of sessions and items that exist, without making
	// or changing anything; all else is skipped.
	ReadOnly bool

	// Slow allows behaviours that wait until a session expires.
	Slow bool

	// Parallel is how many behaviours run at once.
	Parallel int
	// Isolate lets every behaviour arrange for itself all that it needs, at the
	// cost of a third more requests.
	Isolate bool
	// Timeout bounds one behaviour, RequestTimeout one request.
	Timeout, RequestTimeout time.Duration
	// Seed orders the behaviours; 0 takes one from the clock, or SeedOfShards.
	Seed int64
	// LabelFilter and Focus choose behaviours, in Ginkgo's syntax.
	LabelFilter string
	Focus       []string
	// Skip leaves out the behaviours with these ids, in which * stands for any
	// characters.
	Skip []string
	// Choose, if set, leaves out the behaviours for which it is false.
	Choose func(Choice) bool
	// Shard runs a part of the behaviours; see Merge.
	Shard Shard
	// LongestWait cuts the time that a behaviour waits for something to happen
	// on the target, such as a file to be READY; 0 leaves each its own.
	LongestWait time.Duration
	// Waivers excuse behaviours that are known not to hold.
	Waivers []Waiver
	// AllowLeftovers lets a conformant run end with success although something
	// that it made could not be deleted.
	AllowLeftovers bool
	// Strict lets SHOULD decide, too.
	Strict bool

	// Version and Commit are the suite's own, for the report.
	Version, Commit string
	// Observer is told how the run goes; nil is nobody.
	Observer Observer
	// OwnSignals says that the caller handles SIGINT and SIGTERM: the handlers
	// that Ginkgo installs may stay. Otherwise all handlers are taken away
	// after each replay, so that the process can be interrupted.
	OwnSignals bool
	// Explore is how many requests are spent on histories that no spec wrote
	// down, 0 for none; ExploreFor bounds their time, if it is not 0.
	Explore    int
	ExploreFor time.Duration
	// OnlyExplore runs no behaviour: histories and races alone.
	OnlyExplore bool
	// Exchanges says of which results the exchanges are kept; empty is of all.
	Exchanges Exchanges
	// Replay is a history to walk instead, as the report of a run has it; nothing
	// else is run.
	Replay string
	// Complete, if it is not nil, walks instead a checking set of sequences, which
	// tells every server apart with so many states more than the model, 0 to 2.
	Complete *int
	// Races is how many requests are spent on clients that act at once.
	Races int
	// NoReplay leaves out the replay of the outcomes in Ginkgo, of which each
	// leaves goroutines behind, which adds up where one process judges hundreds of targets.
	NoReplay bool
	// Once judges nothing again that failed beside other behaviours: for targets
	// that serve nobody else, and are known to keep their sessions apart.
	Once bool
	// Again is how the command that runs the suite asks the target again, for the
	// report.
	Again report.Again
	// OptionName names an option, as RequestTimeout, to the reader of the report,
	// where a message is about one; nil names it as it is called here.
	OptionName func(option string) string
	// NoExchanges makes no exchanges at all, for the same: causes know less then.
	NoExchanges bool
}

// Choice is one behaviour in one variant, as Options.Choose meets it.
type Choice struct{ ID, Service, Operation, Binding, Route, Representation, Level string }

// Observer is told how a run goes, Done from several goroutines at once.
type Observer interface {
	Phase(text string)
	Start(total int)
	Done(result report.Result)
}

// Watcher is an Observer that is also told what a run waits for, from several
// goroutines at once: a behaviour that is under way, or what the whole run waits
// for. Both last until the function that they return is called.
type Watcher interface {
	Observer
	Begins(what string) (over func())
	Waits(what string) (over func())
}

// The defaults. A right server may take a second for an answer and five for
// complete; a behaviour makes about ten requests.
const (
	DefaultParallel       = 8
	DefaultTimeout        = 2 * time.Minute
	DefaultRequestTimeout = 15 * time.Second
	// DefaultWaitForTarget lets a supervisor start a target again that crashed.
	DefaultWaitForTarget = 15 * time.Second
	// DefaultExplore finds most of what two or three operations break.
	DefaultExplore = 4400
	// DefaultRaces lets each race happen about once in each of three bindings.
	DefaultRaces = 600
)

func (o *Options) setDefaults() {
	if o.Parallel == 0 {
		o.Parallel = DefaultParallel
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.RequestTimeout == 0 {
		o.RequestTimeout = DefaultRequestTimeout
	}
	if o.WaitForTarget == 0 {
		o.WaitForTarget = DefaultWaitForTarget
	}
	if o.ReadOnly {
		o.Explore, o.Races = 0, 0
	}
	if o.Seed == 0 && o.Shard != (Shard{}) {
		o.Seed = SeedOfShards
	}
	if o.Seed == 0 {
		o.Seed = time.Now().UnixNano() % 1_000_000_000
	}
	if o.OptionName == nil {
		o.OptionName = inGo
	}
	if o.Observer == nil {
		o.Observer = nobody{}
	}
}

// inGo names an option as Go does: what the command has flags for may be a part of one.
func inGo(option string) string {
	if option == "Insecure" || option == "CACert" {
		return "TLS"
	}
	return option
}

type nobody struct{}

func (nobody) Phase(string)       {}
func (nobody) Start(int)          {}
func (nobody) Done(report.Result) {}

func (nobody) Begins(string) (over func()) { return func() {} }
func (nobody) Waits(string) (over func())  { return func() {} }

// watcher is the observer, if it watches.
func (o *Options) watcher() Watcher {
	if watcher, watches := o.Observer.(Watcher); watches {
		return watcher
	}
	return nobody{}
}
