package explore

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
	"session-conformance/suites/variant"
)

func TestARightServerIsNeverAccused(t *testing.T) {
	for _, release := range []string{"", "6.5", "7.0"} {
		for seed := range seeds(t, 2) {
			found := explored(t, fake.Options{Release: release}, 4400, seed)
			accusesNobody(t, found)
			NewWithT(t).Expect(found.Abandoned).To(BeZero())
			NewWithT(t).Expect(found.Requests).To(BeNumerically(">=", 4400))
		}
	}
}

// accusesNobody fails with the scripts of what was found.
func accusesNobody(t *testing.T, found Found) {
	t.Helper()
	for _, finding := range found.Findings {
		t.Errorf("%s [%s] expected %s, got %s (%d of %d)\n%s",
			finding.Behaviour, finding.Binding, finding.Expected, finding.Got, finding.Came, finding.Tries, finding.Script)
	}
}

func TestTheSameSeedPlansTheSameHistories(t *testing.T) {
	for _, seed := range []int64{7, -7} {
		plansTheSame(t, seed)
	}
}

// What replaces a file is often as long: a server that compares no more than lengths
// would be right with bytes that all have their own.
func TestBytesReplaceOthersOfTheirLength(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	planner := newPlanner(Options{Book: book, Variants: variantsIn(variant.Bindings, ""), Parallel: 4, Seed: 1, Requests: 1000})
	replaced := 0
	for script, more := planner.next(); more; script, more = planner.next() {
		for _, step := range script.Steps {
			if step.Name == model.Upload && step.Content > 1 && model.AsLong(step.Content, step.Content-1) {
				replaced++
			}
		}
	}
	g.Expect(replaced).To(BeNumerically(">", 10))
}

func plansTheSame(t *testing.T, seed int64) {
	t.Helper()
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	options := Options{Book: book, Variants: variantsIn(variant.Bindings, ""), Parallel: 4, Seed: seed, Requests: 20000}
	one, other := newPlanner(options), newPlanner(options)
	for range 40 {
		script, _ := one.next()
		same, _ := other.next()
		g.Expect(script.Steps).NotTo(BeEmpty())
		g.Expect(same).To(Equal(script))
		read, err := Read(strings.NewReader(script.String()))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(read.String()).To(Equal(script.String()))
	}
}
