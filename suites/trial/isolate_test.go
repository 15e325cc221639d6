package trial

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// isolated is how many mutants are judged in both ways.
const isolated = 50

// outcomes are those of all behaviours about the operations of the mutant's.
func (c Case) outcomes(t *testing.T) map[string]report.Outcome {
	t.Helper()
	run, err := c.judge(t.Context(), c.near, false)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	outcomes := map[string]report.Outcome{}
	for _, result := range run.Results {
		outcomes[result.ID+" "+result.VariantName()] = result.Outcome
	}
	return outcomes
}

// What follows on a session that another behaviour left, and what arranges all
// for itself, judge alike.
func TestIsolatedBehavioursAreJudgedAlike(t *testing.T) {
	cases, _ := Cases(entries(t), mutants.Catalogue())
	for at := 0; at < len(cases); at += len(cases) / isolated {
		one := cases[at]
		if one.races() {
			continue
		}
		t.Run(one.String(), func(t *testing.T) {
			g := NewWithT(t)
			// One at a time: some mutants let behaviours disturb each other.
			one.change = func(o *suites.Options) { o.Parallel = 1 }
			beside := one.outcomes(t)
			one.change = func(o *suites.Options) { o.Parallel, o.Isolate = 1, true }
			g.Expect(one.outcomes(t)).To(Equal(beside))
			g.Expect(beside).To(ContainElement(BeElementOf(report.Failed, report.Warned)), "the mutant is caught")
		})
	}
}
