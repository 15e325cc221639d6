package explore

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
)

// However few requests there were, each operation was met in each state.
func TestTheSurveyLeavesNoCellUnmet(t *testing.T) {
	g := NewWithT(t)
	found := explored(t, fake.Options{}, 600, 3)
	g.Expect(found.Findings).To(BeEmpty())
	met := map[[3]string]bool{}
	for _, edge := range found.Edges {
		met[[3]string{edge.Service, edge.State, edge.Operation}] = true
	}
	for _, cell := range found.Cells {
		// What leads away from a state is up to the histories.
		if len(cell.Next) == 0 {
			g.Expect(met).To(HaveKey([3]string{cell.Service, cell.State, cell.Operation}))
		}
	}
}
