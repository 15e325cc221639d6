// make test runs this without the race detector, under which it lasts minutes.

//go:build !race

package explore

import (
	"net/http/httptest"
	"os"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/different"
	"session-conformance/fixtures/fake"
)

// Each server is asked for a part of the histories, by turns for another one:
// every history is walked on several. With CONFORMANCE_SEEDS, each is asked for as
// many as a run walks, with so many seeds.
func TestServersThatAreRightInAnotherWayAreNeverAccused(t *testing.T) {
	requests, scenes := 300, 3
	if os.Getenv("CONFORMANCE_SEEDS") != "" {
		requests, scenes = 4400, 0
	}
	for i, server := range different.Servers() {
		t.Run(server.Name, func(t *testing.T) {
			t.Parallel()
			for seed := range seeds(t, 1) {
				served, err := server.New(fake.Options{})
				NewWithT(t).Expect(err).NotTo(HaveOccurred())
				t.Cleanup(served.Close)
				web := httptest.NewServer(served)
				t.Cleanup(web.Close)
				options := Options{Seed: seed*100 + int64(i), Requests: requests, from: i * scenes % allScenes}
				accusesNobody(t, exploredWith(t, web.URL, server.Release, options))
			}
		})
	}
}

// allScenes are about as many histories as a run walks.
const allScenes = 30
