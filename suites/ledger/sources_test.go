package ledger

import (
	"testing"

	. "github.com/onsi/gomega"
)

// A source that explain could not name would be a claim without evidence; one
// that nobody cites is a leftover.
func TestEverySourceKeyStandsForSomething(t *testing.T) {
	g := NewWithT(t)
	sources, err := Sources()
	g.Expect(err).NotTo(HaveOccurred())
	book, err := Load()
	g.Expect(err).NotTo(HaveOccurred())

	cited := map[string]bool{}
	for _, behaviour := range book.Behaviours() {
		for _, key := range behaviour.Sources {
			cited[key] = true
			g.Expect(sources).To(HaveKey(key), "cited by %s", behaviour.ID)
		}
	}
	for key := range sources {
		g.Expect(cited).To(HaveKey(key), "cited by no behaviour")
	}
}

func TestSourcesRefuseBrokenData(t *testing.T) {
	const sound = "{key: S0, title: a page, address: 'https://page.example'}"
	for name, test := range map[string]struct{ data, want string }{
		"twice":       {"sources: [" + sound + ", " + sound + "]", "S0 stands there twice"},
		"no title":    {"sources: [{key: S0, address: 'https://page.example'}]", `"S0" needs a key, a title and an address`},
		"no address":  {"sources: [{key: S0, title: a page, address: page}]", `"S0" needs a key, a title and an address`},
		"unknown key": {"sources: [{name: S0}]", "field name not found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readSources([]byte(test.data))
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(test.want)))
		})
	}
}
