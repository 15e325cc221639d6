package suites

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/spec"
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
	planned int

	secrets

	mu      sync.Mutex
	stopped bool
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
	everything := engine.Everything()
	everything.Chosen = options.chosen()
	plan, err := engine.MakePlan(book, everything, options.filter())
	if errors.Is(err, engine.ErrNothingMatches) {
		return nil, usage("%s: %s", options.selection(), err)
	}
	if err != nil {
		return nil, err
	}
	suite := &Suite{options: options, book: book, runID: uuid.NewString()[:8], planned: len(plan.Instances)}
	suite.client = wire.NewClient(wire.Options{
		Target: options.Target, RequestTimeout: options.RequestTimeout, Observe: suite.learn,
		// A behaviour may send a few requests at once.
		Connections: 2 * options.Parallel, TLS: options.TLS, Proxy: options.Proxy,
	})
	suite.hideAccount(options.Username, options.Password, "")
	suite.hideAccount(options.OtherUsername, options.OtherPassword, "OTHER_")
	suite.hide(options.SessionID, "$SESSION_ID")
	suite.hide(options.Authorization, "$AUTHORIZATION")
	return suite, nil
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
	err := s.judge(ctx, run)
	run.DurationMS = float64(time.Since(run.Started).Microseconds()) / 1000
	run.Leftovers = s.leftovers()
	s.conclude(run, err)
	return run
}

// judge logs in, sets up, judges and cleans up; an error says why the target
// could not be judged, or that the suite is at fault.
func (s *Suite) judge(ctx context.Context, run *report.Run) error {
	s.options.Observer.Phase("logging in to " + s.options.Target)
	client, logOut, err := s.logIn(ctx)
	if err != nil {
		return unusable{err}
	}
	defer logOut()
	others, logOutOther, err := s.logInOther(ctx)
	if err != nil {
		return unusable{fmt.Errorf("--other-username: %w", err)}
	}
	defer logOutOther()
	pull, err := s.openPull()
	if err != nil {
		return unusable{err}
	}
	if pull != nil {
		defer pull.Close()
	}
	s.options.Observer.Phase("preparing a library item to work on")
	shelf, err := library.Open(ctx, client, client.Unstoppable(), library.Options{
		RunID: s.runID, Items: s.options.LibraryItems, Datastore: s.options.Datastore, Size: itemsPerBehaviour * s.options.Parallel,
		LongestWait: s.options.LongestWait,
	})
	s.mu.Lock()
	s.created = shelf.Created
	s.mu.Unlock()
	defer s.closeLibrary(ctx, shelf)
	if err != nil {
		return unusable{err}
	}
	item, warmed, err := shelf.Warm(ctx, min(s.options.Parallel, s.planned))
	if err != nil {
		return unusable{fmt.Errorf("no library item to work on: %w", err)}
	}
	s.options.Observer.Phase("finding out what the target serves")
	found, err := s.discover(ctx, client, shelf, item)
	warmed()
	if s.isStopped() {
		// What was not asked any more is not "not served".
		return wire.ErrStopped
	}
	run.Bindings = s.bindings(found)
	if err != nil {
		return unusable{err}
	}
	return s.execute(ctx, run, found, &spec.Target{
		Client: client, Cleaner: client.Unstoppable(), Nobody: s.client, Other: others, Library: shelf, Pull: offer(pull),
		Patience: spec.NewPatience(s.options.Parallel),
	})
}

// itemsPerBehaviour is the most items that one behaviour leases.
const itemsPerBehaviour = 2

// execute plans for what was found, runs the plan on the target and replays it.
func (s *Suite) execute(ctx context.Context, run *report.Run, found discovery.Found, target *spec.Target) error {
	served := func(variant wire.Variant) bool { return s.claims(variant.Binding) || found.Serves(variant) }
	releases := s.releases(found)
	plan, err := engine.MakePlan(s.book, engine.Scope{Served: served, Releases: releases, Chosen: s.options.chosen()}, s.options.filter())
	if err != nil {
		return err
	}
	s.options.Observer.Start(len(plan.Instances))
	target.Prefixes, target.Served, target.Releases = found.Prefixes, served, releases
	target.Account = spec.Account{Username: s.options.Username, Password: s.options.Password}
	target.SubscribedItem, target.Slow = s.options.SubscribedItem, s.options.Slow
	target.Hide = func(secret string) { s.hide(secret, "$OWN_SESSION_ID") }
	target.LongestWait = s.options.LongestWait
	target.Timeout, target.CleanupTimeout = s.options.Timeout, cleanupRequests*s.options.RequestTimeout
	results, readings := engine.Execute(ctx, plan, engine.Options{
		Target:   target,
		Parallel: s.options.Parallel, Strict: s.options.Strict, Secrets: &s.known, NoExchanges: s.options.NoExchanges,
		Done: s.options.Observer.Done,
	})
	run.Waivers = waive(s.options.Waivers, results)
	if !s.options.NoReplay {
		err = engine.Replay(plan, results)
	}
	run.Results = sorted(results)
	run.Sources = sourcesOf(run.Results)
	for _, reading := range readings {
		run.Readings = append(run.Readings, report.Reading{Topic: reading.Topic, Met: reading.Met, Releases: reading.Releases})
	}
	return err
}

// releases are those that the target may be of: the one that was named, else
// every one that has all the bindings which are served.
func (s *Suite) releases(found discovery.Found) []string {
	if s.options.Release != "" {
		return []string{s.options.Release}
	}
	var served []string
	for _, binding := range found.Bindings {
		if binding.Served || s.claims(binding.Name) {
			served = append(served, string(binding.Name))
		}
	}
	return ledger.Possible(served)
}

// cleanupRequests is about how many requests a behaviour's cleanup makes.
const cleanupRequests = 4

// closeLibrary deletes what is left, also after a stop; each request has its
// own deadline.
func (s *Suite) closeLibrary(ctx context.Context, shelf *library.Library) {
	if ctx.Err() != nil {
		return
	}
	s.options.Observer.Phase("deleting what the run created")
	shelf.Close(ctx)
}

// unusable is why a target cannot be judged.
type unusable struct{ error }

func (u unusable) Unwrap() error { return u.error }
