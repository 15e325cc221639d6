// make test runs this without the race detector, under which it lasts minutes.

//go:build !race

package explore

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites/internal/wire"
)

// aboutWrong are the requests in which each of them is found.
const aboutWrong = 800

func TestEveryWrongServerIsFoundAndItsHistoryShort(t *testing.T) {
	for _, wrong := range wrongServers() {
		t.Run(wrong.name, func(t *testing.T) {
			t.Parallel()
			found := explored(t, fake.Options{Around: wrong.around()}, aboutWrong, 1)
			tellsOf(t, found, wrong.says)
			// create, and a look where the answer itself does not show it.
			NewWithT(t).Expect(shortest(found)).To(BeNumerically("<=", wrong.depth+2))
		})
	}
}

// tellsOf expects a card that says the words.
func tellsOf(t *testing.T, found Found, words string) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(found.Findings).NotTo(BeEmpty())
	var cards []string
	for _, finding := range found.Findings {
		t.Logf("%s [%s %v] %s, got %s (%d of %d)\n%s", finding.Behaviour, finding.Binding, finding.Also, finding.Expected,
			finding.Got, finding.Came, finding.Tries, finding.Script)
		failure := finding.Failure()
		g.Expect(failure.Answer != nil).To(Equal(finding.Whole && wire.IsOperation(finding.Last().Name)), "an answer is data")
		cards = append(cards, fmt.Sprintf("expected %s; got %s", failure.Expected, failure.Got))
	}
	g.Expect(cards).To(ContainElement(ContainSubstring(words)))
}

// shortest is how many steps the shortest script has.
func shortest(found Found) int {
	least := len(found.Findings[0].Script.Steps)
	for _, finding := range found.Findings {
		least = min(least, len(finding.Script.Steps))
	}
	return least
}
