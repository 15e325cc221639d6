// Most of these judge for a minute; make hostile judges them all, and make test those
// that end soon, without the race detector.

//go:build !race

package suites_test

import (
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

const (
	// patience is the --request-timeout with which such a run ends in time, however
	// many answers never come.
	patience = 3 * time.Second
	bounded  = 90 * time.Second
	// mostGrown is by how much the process may grow; content and growth, in percent,
	// are what the command sets for a run.
	mostGrown, content, growth = 128 << 20, 72 << 20, 400
)

// soonOver are the servers on which a run ends within seconds.
var soonOver = []string{"binary", "reset"}

// A server whose every seventh answer is hostile is judged in bounded time and memory,
// without a fault of the suite.
func TestEverySeventhHostileAnswerEndsInBoundedTime(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(content))
	defer debug.SetGCPercent(debug.SetGCPercent(growth))
	for _, server := range hostile.InEverySeventhAnswer() {
		name, _, _ := strings.Cut(server.Name, "@")
		if os.Getenv("CONFORMANCE_HOSTILE") != "all" && !slices.Contains(soonOver, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			url, end, err := server.Start(t.Context())
			g.Expect(err).NotTo(HaveOccurred())
			defer end()
			most, began := watchMemory(), time.Now()

			run, err := suites.Run(t.Context(), suites.Options{
				Target: url, Username: hostile.User, Password: hostile.Password, Strict: true,
				RequestTimeout: patience, Explore: suites.DefaultExplore, Races: suites.DefaultRaces,
				NoReplay: true, OwnSignals: true,
			})

			took, grown := time.Since(began), most()
			g.Expect(err).NotTo(HaveOccurred())
			t.Logf("%.1f s, %d MB: %s", took.Seconds(), grown>>20, run.Summary)
			g.Expect(took).To(BeNumerically("<", bounded))
			g.Expect(grown).To(BeNumerically("<", uint64(mostGrown)))
			g.Expect(run.Verdict).NotTo(Equal(report.Faulty), run.Summary)
		})
	}
}
