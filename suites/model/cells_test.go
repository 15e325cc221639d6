package model_test

import (
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
	. "session-conformance/suites/model"
)

// Every state has every operation of its service, and what the cells rest on is
// what the tables rest on.
func TestCellsAreTheTables(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	cells := New(book, nil, nil).Cells([]string{"api", "rest", "legacy"})
	count := map[string]int{}
	for _, cell := range cells {
		count[cell.Service+" "+cell.State]++
		g.Expect(len(cell.Expected) == 0).To(Equal(len(cell.Behaviours) == 0), "%s in %s", cell.Operation, cell.State)
	}
	g.Expect(count).To(HaveLen(5 + 6))
	for place, n := range count {
		switch {
		case strings.HasSuffix(place, NoSession):
			g.Expect(n).To(Equal(2))
		case strings.HasPrefix(place, DownloadSession):
			g.Expect(n).To(Equal(8))
		default:
			g.Expect(n).To(Equal(12))
		}
	}
	find := func(state, operation string) Cell {
		at := slices.IndexFunc(cells, func(c Cell) bool { return c.State == state && c.Operation == operation })
		g.Expect(at).To(BeNumerically(">=", 0))
		return cells[at]
	}
	g.Expect(find("ACTIVE", "update_session.complete")).To(And(
		HaveField("Next", Equal([]string{"DONE"})),
		HaveField("Expected", Equal([]string{"400 not_allowed_in_current_state", "success"})),
		HaveField("Behaviours", ContainElement("update_session.complete.state_done")),
	))
	g.Expect(find("DONE", "updatesession.file.add").Expected).To(BeEmpty(), "no document says")
	g.Expect(find("deleted", "downloadsession.file.prepare").Expected).To(Equal([]string{"404 not_found"}))
	g.Expect(find("CANCELED", "download_session.delete").Next).To(Equal([]string{"deleted"}))
}
