package card_test

import (
	"session-conformance/reporters/report/reporttest"
	"testing"

	"session-conformance/reporters/report"

	"session-conformance/reporters/card"

	. "github.com/onsi/gomega"
)

func TestWhere(t *testing.T) {
	g := NewWithT(t)
	results := []report.Result{
		{Binding: "legacy", Route: "collection", Representation: "query"}, {Binding: "legacy", Route: "path", Representation: "xml"},
		{Binding: "legacy", Route: "path", Representation: "json"}, {Binding: "rest"}, {Binding: "api"}, {Binding: "own"},
	}
	g.Expect(card.Where(results)).To(Equal("api, rest, legacy path json xml · collection query, own"))
	g.Expect(results[0].VariantName()).To(Equal("legacy collection query"))
	g.Expect(results[3].VariantName()).To(Equal("rest"))
}

func TestCardsGroupOneCauseAndNameWhatItBlocks(t *testing.T) {
	g := NewWithT(t)
	results := reporttest.Run().Results[:15]
	other := results[2]
	other.Binding, other.Failure, other.Message = "rest", nil, "got 500"
	results = append(results, other)

	cards, _, orphans := card.Cards(results)

	var ids []string
	for _, one := range cards {
		ids = append(ids, one.Results[0].ID+" in "+card.Where(one.Results))
	}
	g.Expect(ids).To(Equal([]string{
		"download_session.cancel.not_active in legacy path json xml · action json",
		"download_session.cancel.not_active in rest",
		"download_session.get.model in api",
		"update_session.create.busy in api",
	}))
	g.Expect(cards[0].Blocked).To(HaveLen(1))
	g.Expect(cards[0].Blocked[0].ID).To(Equal("download_session.delete.canceled"))
	g.Expect(orphans).To(HaveLen(1))
	g.Expect(orphans[0].BlockedBy).To(Equal("the login of the other user"))
}
