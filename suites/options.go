// Package suites is the public face of the suite: it judges a target from a
// command or from a vendor's own Go test.
package suites

import (
	"crypto/tls"
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
	// Slow allows behaviours that wait until a session expires.
	Slow bool

	// Parallel is how many behaviours run at once.
	Parallel int
	// Timeout bounds one behaviour, RequestTimeout one request.
	Timeout, RequestTimeout time.Duration
	// Seed orders the behaviours; 0 takes one from the clock.
	Seed int64
	// LabelFilter and Focus choose behaviours, in Ginkgo's syntax.
	LabelFilter string
	Focus       []string
	// Choose, if set, leaves out the behaviours for which it is false.
	Choose func(Choice) bool
	// LongestWait cuts the time that a behaviour waits for something to happen
	// on the target, such as a file to be READY; 0 leaves each its own.
	LongestWait time.Duration
	// Waivers excuse behaviours that are known not to hold.
	Waivers []Waiver
	// Strict lets SHOULD decide, too.
	Strict bool

	// Version is the suite's own, for the report.
	Version string
	// Observer is told how the run goes; nil is nobody.
	Observer Observer
	// OwnSignals says that the caller handles SIGINT and SIGTERM: the handlers
	// that Ginkgo installs may stay. Otherwise all handlers are taken away
	// after each plan and replay, so that the process can be interrupted.
	OwnSignals bool
	// NoReplay leaves out the replay of the outcomes in Ginkgo, of which each
	// leaves goroutines behind: for who judges hundreds of targets in a process.
	NoReplay bool
	// NoExchanges leaves the exchanges out of the results, for the same.
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

// The defaults. A right server may take a second for an answer and five for
// complete; a behaviour makes about ten requests.
const (
	DefaultParallel       = 8
	DefaultTimeout        = 2 * time.Minute
	DefaultRequestTimeout = 15 * time.Second
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
	if o.Seed == 0 {
		o.Seed = time.Now().UnixNano() % 1_000_000_000
	}
	if o.Observer == nil {
		o.Observer = nobody{}
	}
}

type nobody struct{}

func (nobody) Phase(string)       {}
func (nobody) Start(int)          {}
func (nobody) Done(report.Result) {}
