package suites

import (
	"context"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// itemsPerWorker is the most items that one behaviour leases, two, and as many on
// which something may be left for the next.
const itemsPerWorker = 4

// execute plans for what was found, runs the plan on the target and replays it.
func (s *Suite) execute(ctx context.Context, run *report.Run, found discovery.Found, target *spec.Target) error {
	served := func(variant wire.Variant) bool { return s.claims(variant.Binding) || found.Serves(variant) }
	releases := s.releases(found)
	target.Prefixes, target.Served, target.Releases = found.Prefixes, served, releases
	if s.options.Replay != "" {
		return s.replay(ctx, run, target)
	}
	if s.options.Complete != nil {
		return s.complete(ctx, run, target)
	}
	plan, err := s.options.plan(s.book, engine.Scope{Served: served, Releases: releases})
	if err != nil {
		return err
	}
	run.Unjudged = unjudgedOf(plan)
	s.options.Observer.Start(len(plan.Instances))
	target.Account = spec.Account{Username: s.options.Username, Password: s.options.Password}
	target.SubscribedItem, target.Slow = s.options.SubscribedItem, s.options.Slow
	target.Hide = func(secret string) { s.hide(secret, "$OWN_SESSION_ID") }
	target.LongestWait = s.options.LongestWait
	target.Timeout, target.CleanupTimeout = s.options.Timeout, cleanupRequests*s.options.RequestTimeout
	results, readings := engine.Execute(ctx, plan, engine.Options{
		Target:   target,
		Parallel: s.options.Parallel, Strict: s.options.Strict, Isolate: s.options.Isolate, Once: s.options.Once, Secrets: &s.known,
		NoExchanges: s.options.NoExchanges, OnlyOfWrong: s.options.Exchanges.onlyOfWrong(),
		Done: s.watch, Begins: s.options.watcher().Begins, Phase: s.options.Observer.Phase,
	})
	s.options.Exchanges.shed(results)
	run.Results = results
	s.race(ctx, run, target)
	s.explore(ctx, run, target)
	run.Waivers = waive(s.options.Waivers, run.Results)
	if !s.options.NoReplay && len(results) > 0 {
		err = engine.Replay(plan, run.Results[:len(results)])
	}
	run.Results = sortResults(run.Results)
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
	s.client.WaitAnew()
	shelf.Close(ctx)
}
