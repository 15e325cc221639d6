package diff_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/diff"
	"session-conformance/reporters/report"
)

func runOf(outcomes map[string]report.Outcome) *report.Run {
	run := &report.Run{}
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		if outcome, there := outcomes[id]; there {
			run.Results = append(run.Results, report.Result{ID: id, Binding: "api", Outcome: outcome})
		}
	}
	return run
}

func TestCompareFilesEachChangeOnce(t *testing.T) {
	g := NewWithT(t)
	changes := diff.Compare(
		runOf(map[string]report.Outcome{"a": report.Passed, "b": report.Failed, "c": report.Passed,
			"d": report.Passed, "e": report.Passed}),
		runOf(map[string]report.Outcome{"a": report.Failed, "b": report.Passed, "c": report.Skipped, "e": report.Passed,
			"f": report.Passed, "g": report.Warned}),
	)
	g.Expect(ids(changes.Regressions)).To(Equal([]string{"a", "g"}))
	g.Expect(ids(changes.Fixes)).To(Equal([]string{"b"}))
	g.Expect(ids(changes.Unjudged)).To(Equal([]string{"c"}))
	g.Expect(ids(changes.Vanished)).To(Equal([]string{"d"}))
	g.Expect(ids(changes.New)).To(Equal([]string{"f"}))
	g.Expect(changes.Same).To(Equal(1))
}

// What is gone counts, but where both runs chose the same behaviours, or it was not
// judged before.
func TestWhatVanishedIsLostUnlessBothRunsWereFilteredAlike(t *testing.T) {
	g := NewWithT(t)
	before := runOf(map[string]report.Outcome{"a": report.Passed, "b": report.Failed, "c": report.Skipped})
	after := runOf(map[string]report.Outcome{})
	lost := func() []string { return ids(diff.Lost(before, after, diff.Compare(before, after))) }
	g.Expect(lost()).To(Equal([]string{"a", "b"}))
	after.Options.LabelFilter = "api"
	g.Expect(lost()).To(Equal([]string{"a", "b"}), "a narrower run")
	before.Options.LabelFilter = "api"
	g.Expect(lost()).To(BeEmpty())
	after.Options.Shard = "1/2"
	g.Expect(lost()).To(HaveLen(2))
}

func ids(changes []diff.Change) (all []string) {
	for _, change := range changes {
		all = append(all, change.ID)
	}
	return all
}
