// Whole checking sets take minutes with the race detector; make test walks them
// without.

//go:build !race

package main

import (
	"path/filepath"
	"session-conformance/reporters/report"
	"slices"
	"testing"

	. "github.com/onsi/gomega"
)

func TestExploreIsComplete(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "run.json")
	got := conformance(t, "explore", "--complete", "0", "--json", path)
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
	g.Expect(got.stdout).To(And(
		ContainSubstring("\nChecking set: update_session in api, rest, K = 0\n  Complete: if the session is a deterministic automaton of at most 8 + 0 states"),
		ContainSubstring("alphabet 16: update_session.get; "), ContainSubstring("but for  "),
		MatchRegexp(`: \d+ sequences of \d+ requests, complete for 6 of 6 automata\n$`),
	))
	run := saved(g, path)
	g.Expect(run.Exploration.Requests).To(BeNumerically("<", 6000))
	g.Expect(slices.DeleteFunc(run.Exploration.Claims, report.Claim.Holds)).To(BeEmpty())
}

// What refuses a keep_alive behind an update hides it in one state more than the
// model has.
func TestWhatHidesInAnExtraStateTakesALargerSet(t *testing.T) {
	_, _, flags := reference(t, forgetful(), asItIs)
	for extra, want := range map[string]struct {
		code int
		says string
	}{
		"0": {0, "complete for 6 of 6 automata"},
		"1": {1, "It deviates from the documents, as failures and warnings show."},
	} {
		t.Run(extra, func(t *testing.T) {
			g := NewWithT(t)
			got := conformance(t, exploring(flags, "--complete", extra)...)
			g.Expect(got.code).To(Equal(want.code), got.stdout+got.stderr)
			g.Expect(got.stdout).To(ContainSubstring(want.says))
		})
	}
}
