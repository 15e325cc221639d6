package suites_test

import (
	"context"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

const (
	// hostileParallel is how many behaviours run at once, hostileItems as many as
	// they lease.
	hostileParallel = 4
	hostileItems    = "1 2 3 4 5 6 7 8"
	// aRequest is how long one may take that is not answered, grace how much
	// longer a single behaviour.
	aRequest = 200 * time.Millisecond
	grace    = 2 * time.Second
	// tooLong ends a run that should have ended long ago.
	tooLong = time.Minute
)

// judgeHostile judges the server by the behaviours that are chosen, those of
// every binding.
func judgeHostile(t *testing.T, hostile mutants.HostileServer, choose func(suites.Choice) bool) *report.Run {
	t.Helper()
	g := NewWithT(t)
	ctx, cancel := context.WithTimeout(t.Context(), tooLong)
	defer cancel()
	url, end, err := hostile.Start(ctx)
	g.Expect(err).NotTo(HaveOccurred())
	defer end()
	options := suites.Options{
		Target: url, Claims: []string{"api", "rest", "legacy"}, Strict: true, Choose: choose,
		RequestTimeout: requestTimeout(hostile), LongestWait: 100 * time.Millisecond, Parallel: hostileParallel, NoReplay: true, OwnSignals: true,
	}
	if hostile.LooksFine {
		options.Username, options.Password = mutants.HostileUser, mutants.HostilePassword
	} else {
		options.SessionID, options.LibraryItems = "token-of-the-test", strings.Fields(hostileItems)
	}
	run, err := suites.Run(ctx, options)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ctx.Err()).NotTo(HaveOccurred(), "the run takes too long")
	return run
}

func accuses(result report.Result) bool {
	return result.Outcome == report.Failed || result.Outcome == report.TimedOut || result.Outcome == report.Blocked
}

// requestTimeout is short where every request takes all of it, and less than
// the second after which some want to be asked again.
func requestTimeout(hostile mutants.HostileServer) time.Duration {
	switch {
	case hostile.Cause == "no complete answer in time":
		return aRequest
	case strings.HasPrefix(hostile.Name, "come_back_soon"):
		return 900 * time.Millisecond
	}
	return 10 * time.Second
}

func TestASingleBehaviourEndsSoonAndNamesTheCause(t *testing.T) {
	for _, hostile := range mutants.Hostile() {
		if hostile.MetBy == "" {
			continue
		}
		t.Run(hostile.Name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)

			run := judgeHostile(t, hostile, func(c suites.Choice) bool { return c.ID == hostile.MetBy && c.Binding == "api" })

			g.Expect(run.Results).To(HaveLen(1))
			result := run.Results[0]
			g.Expect(result).To(Satisfy(accuses), "%s: %s", result.Outcome, result.Message)
			g.Expect(result.Message).To(ContainSubstring(hostile.Cause))
			g.Expect(result.DurationMS).To(BeNumerically("<", (aRequest + grace).Milliseconds()))
		})
	}
}
