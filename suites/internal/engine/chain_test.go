package engine

import (
	"net/http/httptest"
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

func TestOneBehaviourInOneBindingIsAChain(t *testing.T) {
	g := NewWithT(t)
	plan := makePlan(t, Everything(), Filter{Seed: 1})
	var seen []int
	for _, chain := range plan.chains() {
		first := plan.Instances[chain[0]]
		for _, i := range chain {
			g.Expect([]any{plan.Instances[i].ID, plan.Instances[i].Variant.Binding}).To(Equal([]any{first.ID, first.Variant.Binding}))
		}
		if first.Early {
			g.Expect(chain).To(HaveLen(1), "what takes long does not wait for another")
		}
		seen = append(seen, chain...)
	}
	slices.Sort(seen)
	g.Expect(seen).To(HaveLen(len(plan.Instances)))
}

// onceASession holds only on sessions that it has not met.
func onceASession() func(*spec.Spec) {
	met := map[string]bool{}
	return func(s *spec.Spec) {
		session := s.DownloadSession(spec.Active)
		if met[session.ID] {
			fail(s)
		}
		met[session.ID] = true
	}
}

func TestWhatDoesNotHoldOnWhatAnotherLeftIsJudgedOnItsOwn(t *testing.T) {
	g := NewWithT(t)
	server, err := fake.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	defer server.Close()
	network := httptest.NewServer(server)
	defer network.Close()
	client := wire.NewClient(wire.Options{Target: network.URL, RequestTimeout: budget})
	defer client.Close()
	login, err := library.LogIn(t.Context(), client, "admin", "secret")
	g.Expect(err).NotTo(HaveOccurred())
	client = client.With(library.SessionHeader, login.Token)
	shelf, err := library.Open(t.Context(), client, client, library.Options{RunID: "test", Size: 2})
	g.Expect(err).NotTo(HaveOccurred())

	results := play(t, "legacy && get", map[string]func(*spec.Spec){"get.ok": onceASession()}, func(o *Options) {
		o.Parallel, o.Target.Client, o.Target.Cleaner, o.Target.Library = 1, client, client.Unstoppable(), shelf
		o.Target.Prefixes, o.Target.Served = wire.DocumentedPrefixes(), func(wire.Variant) bool { return true }
	})

	g.Expect(results).To(HaveKey("get.ok legacy action json"))
	g.Expect(results).To(HaveEach(HaveField("Outcome", Not(Equal(report.Failed)))))
}
