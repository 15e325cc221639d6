package engine

import (
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/wire"
)

func TestAFilterChoosesByLabel(t *testing.T) {
	for filter, want := range map[string][]string{
		"UNDOCUMENTED":  {"get.open api", "get.open_refused api"},
		"api && SHOULD": {"get.should api"},
		"cancel":        {"cancel.long api", "cancel.homeless rest"},
		"legacy && collection && query": {"get.ok legacy collection query", "get.refused legacy collection query",
			"get.should legacy collection query"},
		"download_session && rest && !MUST": {"get.should rest"},
	} {
		g := NewWithT(t)
		g.Expect(names(makePlan(t, Everything(), Filter{LabelFilter: filter}))).To(ConsistOf(want), filter)
	}
}

func TestAFocusChoosesByTitle(t *testing.T) {
	g := NewWithT(t)
	g.Expect(names(makePlan(t, Everything(), Filter{Focus: []string{`get\.open `}}))).To(ConsistOf("get.open api"))
	g.Expect(names(makePlan(t, Everything(), Filter{Focus: []string{`\[rest\]`}, LabelFilter: "SHOULD"}))).To(ConsistOf("get.should rest"))
	g.Expect(names(makePlan(t, Everything(), Filter{Focus: []string{"Test page", "nothing"}}))).To(HaveLen(len(names(makePlan(t, Everything(), Filter{})))))
}

func TestTheSeedGivesTheOrder(t *testing.T) {
	g := NewWithT(t)
	first := names(makePlan(t, Everything(), Filter{Seed: 7}))
	g.Expect(names(makePlan(t, Everything(), Filter{Seed: 7}))).To(Equal(first))
	g.Expect(names(makePlan(t, Everything(), Filter{Seed: 8}))).NotTo(Equal(first))
	g.Expect(names(makePlan(t, Everything(), Filter{Seed: 8}))).To(ConsistOf(first))
	g.Expect(first[0]).To(Equal("cancel.long api"), "what takes long begins first, whatever the seed")
}

func TestNothingToRunIsAnError(t *testing.T) {
	g := NewWithT(t)
	for _, filter := range []Filter{{LabelFilter: "api && rest"}, {Focus: []string{"nobody"}}, {LabelFilter: "cancel && legacy"}} {
		_, err := MakePlan(book(t), Everything(), filter)
		g.Expect(err).To(MatchError(ErrNothingMatches))
	}
	nothing := Scope{Served: func(wire.Variant) bool { return false }}
	_, err := MakePlan(book(t), nothing, Filter{})
	g.Expect(err).To(MatchError(ErrNothingMatches))
}

func TestABrokenFilterIsNamed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Filter{LabelFilter: "api && (MUST || SHOULD)", Focus: []string{"get.*"}}.Check()).To(Succeed())
	g.Expect(Filter{LabelFilter: "api &&"}.Check()).To(MatchError(And(ContainSubstring(`LabelFilter "api &&"`), Not(ContainSubstring("\n")))))
	g.Expect(Filter{Focus: []string{"("}}.Check()).To(MatchError(ContainSubstring(`Focus "("`)))
}

func TestABehaviourOutsideTheLedgerIsAnError(t *testing.T) {
	g := NewWithT(t)
	_, err := MakePlan(book(t, "get.once"), Everything(), Filter{})
	g.Expect(err).To(MatchError(MatchRegexp(`^suites/engine/page_test.go:\d+: download_session.get.once is not in the ledger$`)))
}

func TestOnceTakesThePlainestVariantThatIsServed(t *testing.T) {
	for _, test := range []struct {
		served func(wire.Variant) bool
		want   []string
	}{
		{func(wire.Variant) bool { return true }, []string{"get.once api", "get.once rest", "get.once legacy path json"}},
		{func(v wire.Variant) bool { return v.Route != wire.Path }, []string{"get.once legacy action json"}},
		{func(v wire.Variant) bool { return v.Representation == wire.XML }, []string{"get.once legacy path xml"}},
		{func(v wire.Variant) bool { return v.Binding != wire.Legacy }, []string{"get.once api", "get.once rest"}},
	} {
		g := NewWithT(t)
		g.Expect(names(makePlan(t, Scope{Served: test.served}, Filter{Focus: []string{`get\.once `}}))).To(ConsistOf(test.want))
	}
}

func TestEveryTakesAllThatAreServed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(names(makePlan(t, Everything(), Filter{Focus: []string{`get\.ok `}}))).To(ConsistOf(
		"get.ok api", "get.ok rest", "get.ok legacy path json", "get.ok legacy action json", "get.ok legacy collection json",
		"get.ok legacy path xml", "get.ok legacy action xml", "get.ok legacy collection xml", "get.ok legacy collection query"))
	g.Expect(names(makePlan(t, Everything(), Filter{Focus: []string{`get\.in_xml `}, LabelFilter: "legacy"}))).To(HaveEach(HaveSuffix(" xml")))
}

func TestOnlyWhatEveryPossibleReleaseDocumentsIsInTheScope(t *testing.T) {
	for _, test := range []struct {
		releases []string
		want     []string
	}{
		{nil, []string{"get.newer rest", "get.newer api"}},
		{[]string{"9.0"}, []string{"get.newer rest", "get.newer api"}},
		{[]string{"7.0u2", "9.0"}, []string{"get.newer rest", "get.newer api"}},
		// The documents of 7.0 do not have the api binding.
		{[]string{"7.0"}, []string{"get.newer rest"}},
		{[]string{"7.0", "9.0"}, []string{"get.newer rest"}},
	} {
		g := NewWithT(t)
		scope := Everything()
		scope.Releases = test.releases
		g.Expect(names(makePlan(t, scope, Filter{Focus: []string{`get\.newer `}}))).To(ConsistOf(test.want), "%v", test.releases)
	}
}

func TestTitlesAreUnique(t *testing.T) {
	g := NewWithT(t)
	var titles []string
	for _, instance := range makePlan(t, Everything(), Filter{}).Instances {
		titles = append(titles, instance.Title())
	}
	slices.Sort(titles)
	g.Expect(slices.Compact(slices.Clone(titles))).To(Equal(titles))
}
