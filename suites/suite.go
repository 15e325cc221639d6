package suites

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/cost"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"

	// The specs register themselves.
	_ "session-conformance/suites/downloadfile"
	_ "session-conformance/suites/downloadsession"
	_ "session-conformance/suites/protocol"
	_ "session-conformance/suites/updatefile"
	_ "session-conformance/suites/updatesession"
)

// Suite judges one target, once.
type Suite struct {
	options Options
	book    *ledger.Ledger
	client  *wire.Client
	runID   string
	// planned is the most behaviours that the run can have.
	planned  int
	patience *wire.Patience
	// login is the run's own, if it has logged in.
	login *wire.Login

	secrets
	cost cost.Sum

	mu      sync.Mutex
	stopped bool
	// ended is why the run stopped by itself; empty if it was interrupted.
	ended   string
	created *library.Created
}

// New checks the options and prepares a run; it sends nothing yet. A
// *UsageError says which option cannot be used.
func New(options Options) (*Suite, error) {
	options.setDefaults()
	if err := options.check(); err != nil {
		return nil, err
	}
	book, err := ledger.Load()
	if err != nil {
		return nil, err
	}
	plan, err := options.plan(book, engine.Everything())
	if err != nil {
		return nil, wrongFilter(options.filter(), err)
	}
	suite := &Suite{options: options, book: book, runID: uuid.NewString()[:8], planned: len(plan.Instances),
		patience: wire.NewPatience(options.Parallel)}
	suite.client = wire.NewClient(wire.Options{
		Target: options.Target, RequestTimeout: options.RequestTimeout, Observe: suite.observe,
		// A behaviour may send a few requests at once.
		Connections: 2 * options.Parallel, TLS: options.TLS, Proxy: options.Proxy,
		WaitForTarget: options.WaitForTarget, MostPerSecond: options.MaxRPS, Header: options.Header,
		OptionName: options.OptionName, ReadOnly: options.ReadOnly,
		Waits:     options.watcher().Waits,
		UserAgent: fmt.Sprintf("conformance/%s (run %s)", cmp.Or(options.Version, "devel"), suite.runID),
	})
	suite.hideAccount(options.Username, options.Password, "")
	suite.hideAccount(options.OtherUsername, options.OtherPassword, otherPrefix)
	suite.hideAccount(options.LimitedUsername, options.LimitedPassword, limitedPrefix)
	for name, values := range options.Header {
		for _, value := range values {
			suite.hide(value, "$"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
		}
	}
	suite.hide(options.SessionID, "$SESSION_ID")
	suite.hide(options.Authorization, "$AUTHORIZATION")
	return suite, nil
}

// observe sees every exchange of the run.
func (s *Suite) observe(exchange wire.Exchange) {
	s.learn(exchange)
	s.cost.Note(exchange)
}

// Run judges a target; see New and Suite.Run.
func Run(ctx context.Context, options Options) (*report.Run, error) {
	suite, err := New(options)
	if err != nil {
		return nil, err
	}
	return suite.Run(ctx), nil
}

// Stop ends the run softly: nothing new is asked of the target, requests in
// flight finish, and what was created is deleted.
func (s *Suite) Stop() {
	s.mu.Lock()
	s.stopped = true
	s.mu.Unlock()
	s.client.Stop()
}

// end stops the run by itself, for the first reason that there is.
func (s *Suite) end(reason string) {
	s.mu.Lock()
	if !s.stopped {
		s.ended = reason
	}
	s.mu.Unlock()
	s.Stop()
}

// watch is the observer's Done, which also ends a run after its first failure.
func (s *Suite) watch(result report.Result) {
	excused := slices.ContainsFunc(s.options.Waivers, func(w Waiver) bool { return w.excuses(result.ID, result.Binding) })
	told := result
	if excused && slices.Contains(excusable, result.Outcome) {
		told.Outcome = report.Waived
	}
	s.options.Observer.Done(told)
	if s.options.FailFast && !excused && result.Breaks(s.options.Strict) {
		s.end("it ended with the first failure")
	}
}

func (s *Suite) endedBy() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

func (s *Suite) isStopped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// Left is what the run has created on the target and not deleted yet.
func (s *Suite) Left() []library.Thing {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.created == nil {
		return nil
	}
	return s.created.Left()
}

// Run judges the target. Whatever happens, it returns a whole report; ctx
// abandons the run at once, with what it created still there.
func (s *Suite) Run(ctx context.Context) *report.Run {
	defer s.client.Close()
	run := s.newReport()
	if s.options.Deadline > 0 {
		defer time.AfterFunc(s.options.Deadline, func() { s.end(fmt.Sprintf("its deadline of %s passed", s.options.Deadline)) }).Stop()
	}
	err := s.judge(ctx, run)
	run.DurationMS = float64(time.Since(run.Started).Microseconds()) / 1000
	run.Leftovers, run.Cost, run.Outages = s.leftovers(), s.cost.Whole(), s.outages(run.Results)
	s.conclude(run, err)
	s.options.Exchanges.conclude(run.Results)
	return run
}

// unusable is why a target cannot be judged.
type unusable struct{ error }

func (u unusable) Unwrap() error { return u.error }
