// make test runs this without the race detector, under which it lasts minutes.

//go:build !race

package explore

import (
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants/fault"
	mutants "session-conformance/fixtures/mutants/history"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// exploreBudget is what conformance explore spends on histories.
const exploreBudget = 20_000

// sampled is which of the mutants are judged here: a few, in each
// binding. CONFORMANCE_HISTORIES=all is all of them.
const sampled = 61

// Every mutant with a history is found. In 95 of 100 the shortest script has no
// more steps than create and what the fault takes.
func TestTheScriptsOfMutantsAreShort(t *testing.T) {
	var mu sync.Mutex
	var long []string
	number, judged := 0, 0
	t.Run("mutants", func(t *testing.T) {
		for _, one := range mutants.All() {
			for _, binding := range []fake.Binding{fake.API, fake.Rest, fake.Legacy} {
				if !isDocumented(t, one.Fault, binding) {
					continue
				}
				if number++; number%sampled != 0 && os.Getenv("CONFORMANCE_HISTORIES") != "all" {
					continue
				}
				judged++
				mutant := fault.Mutant{Fault: one.Fault, Place: fault.Place{Binding: binding}}
				t.Run(mutant.String(), func(t *testing.T) {
					t.Parallel()
					found := ofMutant(t, mutant)
					NewWithT(t).Expect(found.Findings).NotTo(BeEmpty())
					if steps := shortest(found); steps > depthOf(one)+1 {
						mu.Lock()
						defer mu.Unlock()
						long = append(long, mutant.String())
						t.Logf("%d steps for a depth of %d:\n%s", steps, depthOf(one), found.Findings[0].Script)
					}
				})
			}
		}
	})
	NewWithT(t).Expect(len(long)*20).To(BeNumerically("<=", judged), "of %d, too long are: %v", judged, long)
}

// isDocumented says whether the documents speak of what the fault breaks in the
// binding; where they do not, nothing may be found.
func isDocumented(t *testing.T, one fault.Fault, binding fake.Binding) bool {
	t.Helper()
	book, err := ledger.Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return slices.ContainsFunc(one.CaughtBy, func(id string) bool {
		behaviour, _ := book.Find(id)
		level := behaviour.Levels[string(binding)]
		return level == ledger.Must || level == ledger.Should
	})
}

// ofMutant explores as a run does, and what that does not find as explore does.
func ofMutant(t *testing.T, mutant fault.Mutant) Found {
	t.Helper()
	var found Found
	for _, requests := range []int{aboutWrong, 2500, exploreBudget} {
		server, err := mutant.New(fake.Options{})
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		t.Cleanup(server.Close)
		web := httptest.NewServer(server)
		t.Cleanup(web.Close)
		if found = exploredAt(t, web.URL, "", requests, 1); len(found.Findings) > 0 {
			return found
		}
		t.Logf("not found with %d requests", requests)
	}
	return found
}

// depthOf is how many steps it takes after create: the path, what it needs, the
// operation that goes wrong, and a look where only that shows it.
func depthOf(one mutants.History) int {
	steps, waits, added := 0, false, false
	for _, operation := range append(append(fault.Path{}, one.Path...), one.Operation) {
		switch operation {
		case fault.UpdateFileAdd:
			waits, added = true, true
		case fault.UpdateFileRemove:
			waits, added = false, true
		case fault.UpdateFileValidate, model.UpdateSession + ".complete":
			if strings.HasSuffix(operation, "complete") && !added {
				steps, waits = steps+1, true
			}
			if waits {
				steps, waits = steps+1, false
			}
		}
		steps++
	}
	for _, hidden := range []string{".does_nothing.", ".ends_canceled.", ".cancels.", ".progress_lost.", ".drops_a_file."} {
		if strings.Contains(one.Name, hidden) {
			return steps + 1
		}
	}
	return steps
}
