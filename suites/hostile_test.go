// These judge a hundred servers; make test runs them without the race detector.

//go:build !race

package suites_test

import (
	"context"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

const (
	// hostileParallel is how many behaviours run at once, hostileItems as many as
	// they lease.
	hostileParallel = 4
	hostileItems    = "1 2 3 4 5 6 7 8"
	// soon is when a single behaviour has ended that does not hang: with cleaning
	// up, a few times as long, and some servers send as fast as the machine can.
	soon = 10 * time.Second
	// tooLong ends a run that should have ended long ago.
	tooLong = 3 * time.Minute
)

// judgeHostile judges the server by the behaviours that are chosen, those of
// every binding.
func judgeHostile(t *testing.T, server hostile.Server, choose func(suites.Choice) bool) *report.Run {
	t.Helper()
	g := NewWithT(t)
	ctx, cancel := context.WithTimeout(t.Context(), tooLong)
	defer cancel()
	url, end, err := server.Start(ctx)
	g.Expect(err).NotTo(HaveOccurred())
	defer end()
	options := suites.Options{
		Target: url, Claims: []string{"api", "rest", "legacy"}, Strict: true, Choose: choose,
		RequestTimeout: server.RequestTimeout(), LongestWait: longestWait(server), Parallel: hostileParallel,
		NoReplay: true, OwnSignals: true,
	}
	if server.LooksFine {
		options.Username, options.Password = hostile.User, hostile.Password
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

// longestWait is short where nothing comes of waiting, and where it does, long
// enough for a machine that judges eight servers at once.
func longestWait(server hostile.Server) time.Duration {
	if server.LooksFine {
		return 2 * time.Second
	}
	return 100 * time.Millisecond
}
