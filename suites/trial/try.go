package trial

import (
	"context"
	"slices"
	"strings"
	"time"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
	"session-conformance/suites/ledger"
)

// How a mutant is judged. A fault shows at once or never: nobody waits for a
// server on this machine as for one far away.
const (
	parallel       = 4
	wholeParallel  = 16 // of runs of all behaviours, of which few go on at once
	requestTimeout = 5 * time.Second
	longestWait    = 1500 * time.Millisecond // the times of legacy go by whole seconds
	timeout        = 20 * time.Second
	// shortExpiry lets sessions expire within the trial.
	shortExpiry = time.Second
)

// The accounts of the mutants' servers.
const (
	user, password           = "user", "mutants-password"
	otherUser, otherPassword = "other", "mutants-other-password"

	limitedUser, limitedPassword = "limited", "mutants-limited-password"
)

// Try serves the mutant and judges it by the behaviours of the operations
// that its declared ones are about, at its place; if one of these did not
// catch it, by all behaviours. Of a history all that is needed to explore is
// judged, everywhere.
func (c Case) Try(ctx context.Context) Finding {
	began := time.Now()
	finding := c.try(ctx, c.near)
	if finding.Outcome == Survived && !c.isHistory() {
		finding = c.try(ctx, func(suites.Choice) bool { return true })
	}
	if ctx.Err() != nil && finding.Outcome != Caught {
		finding.Outcome = "" // what would have caught it was not asked any more
	}
	finding.DurationMS = milliseconds(time.Since(began))
	return finding
}

// Show judges the mutant as Try does, and returns the run as well.
func (c Case) Show(ctx context.Context) (Finding, *report.Run, error) {
	run, err := c.judge(ctx, c.near, true)
	if err != nil {
		return Finding{}, nil, err
	}
	return c.conclude(run), run, nil
}

func (c Case) try(ctx context.Context, choose func(suites.Choice) bool) Finding {
	run, err := c.judge(ctx, choose, false)
	if err != nil {
		run = &report.Run{Verdict: report.Faulty, Summary: err.Error()}
	}
	return c.conclude(run)
}

// near chooses the behaviours of the operations that the declared ones are
// about, at the place, and of others none.
func (c Case) near(choice suites.Choice) bool {
	if c.isHistory() && strings.HasSuffix(choice.ID, ".ok") {
		return true
	}
	if !c.covers(choice.Binding, choice.Route, choice.Representation) || choice.Level == "UNDOCUMENTED" {
		return false
	}
	if c.declares(choice.ID) || c.races() && strings.HasSuffix(choice.ID, ".ok") {
		return true
	}
	if c.Of != "" && strings.HasPrefix(choice.ID, c.Of+".") && !c.slow(choice.ID) {
		return true
	}
	for _, id := range c.Declared {
		if strings.HasPrefix(choice.ID, id[:strings.LastIndexByte(id, '.')+1]) && !c.slow(choice.ID) {
			return true
		}
	}
	return false
}

// races says that clients who act at once catch it; what races has to work alone.
func (c Case) races() bool {
	return c.isRace() || slices.ContainsFunc(c.Declared, func(id string) bool { return strings.HasSuffix(id, ledger.Concurrency) })
}

// isRace says that the fault is of the class that only clients at once meet: what
// they see of it first depends on who was faster, so any behaviour may catch it.
func (c Case) isRace() bool { return strings.HasPrefix(c.Name, mutants.Race+".") }

// isHistory says that the fault is of the class that only a history meets. It may
// show first in what is seen behind the cell that is broken, so any behaviour may
// catch it.
func (c Case) isHistory() bool { return strings.HasPrefix(c.Name, mutants.History+".") }

// slow says that a behaviour waits until a session expires.
func (c Case) slow(id string) bool { return strings.Contains(id, ".expiry.") }

func (c Case) judge(ctx context.Context, choose func(suites.Choice) bool, exchanges bool) (*report.Run, error) {
	options := fake.Options{
		Users:       map[string]string{user: password, otherUser: otherPassword, limitedUser: limitedPassword},
		ReadStorage: []string{user}, Limited: []string{limitedUser},
	}
	slow := false
	for _, id := range c.Declared {
		slow = slow || c.slow(id)
	}
	if slow {
		options.Expiry = shortExpiry
	}
	server, err := c.New(options)
	if err != nil {
		return nil, err
	}
	target, end, err := server.Start(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	judged := common(target, c.Release, exchanges)
	judged.Username, judged.Password, judged.OtherUsername, judged.OtherPassword = user, password, otherUser, otherPassword
	judged.LimitedUsername, judged.LimitedPassword = limitedUser, limitedPassword
	judged.SubscribedItem, judged.Slow, judged.Choose = server.SubscribedItem(), slow, choose
	if c.races() {
		judged.Races = suites.DefaultRaces
	}
	if c.isHistory() {
		judged.Explore = suites.DefaultExplore
	}
	judged.Parallel, judged.RequestTimeout, judged.LongestWait = c.parallel(), requestTimeout, c.longestWait()
	if c.change != nil {
		c.change(&judged)
	}
	return suites.Run(ctx, judged)
}

// common are the options of every trial. The claims are all bindings that the
// release documents: a fault must not turn one into "not served".
func common(target, release string, exchanges bool) suites.Options {
	return suites.Options{
		Target: target, Release: release, Claims: claims(release), Strict: true, Seed: 1,
		PullAddress: "127.0.0.1", Parallel: parallel, Timeout: timeout,
		OwnSignals: true, NoReplay: true, Once: true, NoExchanges: !exchanges,
	}
}

// parallel is that of a mutant; a server that is right is judged as a whole.
func (c Case) parallel() int {
	if len(c.Declared) == 0 {
		return wholeParallel
	}
	return parallel
}

// longestWait is that of a mutant; a server that is right may take its time.
func (c Case) longestWait() time.Duration {
	if len(c.Declared) == 0 {
		return 0
	}
	return longestWait
}
