package suites_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// What the report says of the cost is what the target has counted, also where
// shards are merged.
func TestTheCostIsWhatTheTargetCounts(t *testing.T) {
	g := NewWithT(t)
	server, err := fake.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	var requests, logins, uploads atomic.Int64
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		switch {
		case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/session"):
			logins.Add(1)
		case r.Method == http.MethodPut:
			uploads.Add(1)
		}
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { web.Close(); server.Close() })

	merged, err := suites.Merge(judgeShards(t, suites.Options{
		Target: web.URL, Username: "admin", Password: "secret", Seed: 7, NoReplay: true,
		LabelFilter: "api && update_session && (complete || create)",
	}, 2))

	g.Expect(err).NotTo(HaveOccurred())
	cost, parts := merged.Cost, map[string]report.OperationCost{}
	asked := 0
	for _, one := range cost.Operations {
		parts[one.Operation] = one
		asked += one.Requests
	}
	g.Expect(cost.Requests).To(And(BeEquivalentTo(requests.Load()), Equal(asked)))
	g.Expect(cost.Logins).To(And(BeEquivalentTo(logins.Load()), Equal(parts["login"].Requests), BeNumerically(">=", 2)))
	g.Expect(uploads.Load()).To(And(BeEquivalentTo(parts["transfer.upload"].Requests), BeNumerically(">", 0)))
	g.Expect(cost.Creates).To(BeNumerically(">", parts["update_session.create"].Requests), "those of libraries and items, too")
	g.Expect(min(cost.BytesSent, cost.BytesReceived)).To(BeNumerically(">", 0))
	g.Expect(cost.Slowest().MostMS).To(BeNumerically(">", 0))
}
