package suites_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/ledger"
)

// Every testable entry of the ledger has one spec, every spec an entry, and
// what is excluded says why and has none.
func TestLedgerAndSpecsAgree(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	specs := map[string]int{}
	for _, page := range spec.Tree() {
		for _, definition := range page.Definitions {
			specs[definition.ID]++
			behaviour, _ := book.Find(definition.ID)
			g.Expect(behaviour).To(HaveField("ID", definition.ID), "%s: %s is not in the ledger", definition.Location, definition.ID)
			g.Expect(definition.Location).To(HavePrefix("suites/"+behaviour.Page+".go:"),
				"%s is on another page of the ledger", definition.ID)
		}
	}
	for _, behaviour := range book.Behaviours() {
		want := 1
		if behaviour.Excluded != "" {
			want = 0
		}
		g.Expect(specs[behaviour.ID]).To(Equal(want), "specs of %s", behaviour.ID)
	}
}
