// make test runs this without the race detector, under which it lasts a minute.

//go:build !race

package trial

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// judgedInAllWays is how many mutants are.
const judgedInAllWays = 50

// accusations are the outcomes that accuse the mutant. What is blocked besides may
// depend on what the mutant had taken from an item before.
func (c Case) accusations(t *testing.T) map[string]report.Outcome {
	t.Helper()
	run, err := c.judge(t.Context(), c.near, false)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	accused := map[string]report.Outcome{}
	for _, result := range run.Results {
		if result.Outcome.Decides() {
			accused[result.ID+" "+result.VariantName()] = result.Outcome
		}
	}
	return accused
}

// ways are how else a mutant is judged than one behaviour after the other.
var ways = map[string]func(*suites.Options){
	"isolated":   func(o *suites.Options) { o.Parallel, o.Isolate = 1, true },
	"8 at once":  func(o *suites.Options) { o.Parallel, o.Seed, o.Once = 8, 2, false },
	"32 at once": func(o *suites.Options) { o.Parallel, o.Seed, o.Once = 32, 3, false },
}

// What follows on a session that another behaviour left, what arranges all for
// itself, and what runs beside others in another order judge alike.
func TestEachWayToRunBehavioursJudgesAlike(t *testing.T) {
	cases, _ := Cases(entries(t), mutants.Catalogue())
	for at := 0; at < len(cases); at += len(cases) / judgedInAllWays {
		one := cases[at]
		if one.races() {
			continue
		}
		t.Run(one.String(), func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			one.change = func(o *suites.Options) { o.Parallel = 1 }
			alone := one.accusations(t)
			g.Expect(alone).To(ContainElement(BeElementOf(report.Failed, report.Warned)), "the mutant is caught")
			for way, change := range ways {
				one.change = change
				g.Expect(one.accusations(t)).To(Equal(alone), way)
			}
		})
	}
}
