package suites

import (
	"context"
	"fmt"
	"slices"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// judge logs in, sets up, judges and cleans up; an error says why the target
// could not be judged, or that the suite is at fault.
func (s *Suite) judge(ctx context.Context, run *report.Run) error {
	if s.options.Wait > 0 {
		s.options.Observer.Phase("waiting for " + s.options.Target)
		s.client.AwaitStart(ctx, s.options.Wait)
	}
	target, logOut, err := s.logInAll(ctx)
	defer logOut()
	if err != nil {
		return unusable{err}
	}
	if s.options.ReadOnly {
		if target.Existing, err = s.lookAround(ctx, target.Client); err != nil {
			return unusable{err}
		}
	}
	pull, err := s.openPull()
	if err != nil {
		return unusable{err}
	}
	if pull != nil {
		defer pull.Close()
	}
	target.Pull = offer(pull)
	target.Library, err = s.openLibrary(ctx, target.Client)
	defer s.closeLibrary(ctx, target.Library)
	if err != nil {
		return unusable{err}
	}
	found, err := s.lookFor(ctx, target)
	if s.isStopped() {
		// What was not asked any more is not "not served".
		return wire.ErrStopped
	}
	run.Bindings = s.bindings(found)
	if err != nil {
		return unusable{err}
	}
	return s.execute(ctx, run, found, target)
}

// logInAll logs in by all accounts that were named, and returns the target with a
// client of each. What ends the logins is to be called also after an error.
func (s *Suite) logInAll(ctx context.Context) (target *spec.Target, logOut func(), err error) {
	s.options.Observer.Phase("logging in to " + s.options.Target)
	var ends []func()
	logOut = func() {
		for _, end := range slices.Backward(ends) {
			end()
		}
	}
	keep := func(client *wire.Client, end func(), err error) (*wire.Client, error) {
		if err == nil {
			ends = append(ends, end)
		}
		return client, err
	}
	target = &spec.Target{
		Nobody: s.client, ReadOnly: s.options.ReadOnly, Patience: s.patience, RunID: s.runID, OptionName: s.options.OptionName,
	}
	if target.Client, err = keep(s.logIn(ctx)); err != nil {
		return nil, logOut, err
	}
	target.Cleaner = target.Client.Unstoppable()
	other := spec.Account{Username: s.options.OtherUsername, Password: s.options.OtherPassword}
	if target.Other, err = keep(s.logInAs(ctx, other, otherPrefix)); err != nil {
		return nil, logOut, accountError("the second account", "Other", err)
	}
	limited := spec.Account{Username: s.options.LimitedUsername, Password: s.options.LimitedPassword}
	if target.Limited, err = keep(s.logInAs(ctx, limited, limitedPrefix)); err != nil {
		return nil, logOut, accountError("the limited account", "Limited", err)
	}
	return target, logOut, nil
}

// openLibrary makes the library of the run; what it has made is to be closed also
// after an error.
func (s *Suite) openLibrary(ctx context.Context, client *wire.Client) (*library.Library, error) {
	s.options.Observer.Phase("preparing a library item to work on")
	shelf, err := library.Open(ctx, client, client.Unstoppable(), library.Options{
		RunID: s.runID, Items: s.options.LibraryItems, Datastore: s.options.Datastore, Size: itemsPerWorker * s.options.Parallel,
		LongestWait: s.options.LongestWait,
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.created = shelf.Created
	return shelf, err
}

// lookFor makes the items that are needed at once, and finds out by the first what
// the target serves.
func (s *Suite) lookFor(ctx context.Context, target *spec.Target) (discovery.Found, error) {
	target.Client.OnReturn(target.Library.Renew)
	item, warmed, err := target.Library.Warm(ctx, min(s.options.Parallel, max(1, s.planned)))
	if err != nil {
		return discovery.Found{}, fmt.Errorf("no library item to work on: %w", err)
	}
	defer warmed()
	s.options.Observer.Phase("finding out what the target serves")
	return s.discover(ctx, target.Client, target.Library, item)
}
