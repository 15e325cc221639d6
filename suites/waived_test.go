package suites_test

import (
	"net/http/httptest"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// told collects the outcomes that an observer is told.
type told struct {
	mu       sync.Mutex
	outcomes map[report.Outcome]int
}

func (*told) Phase(string) {}
func (*told) Start(int)    {}
func (t *told) Done(result report.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcomes[result.Outcome]++
}

// A waiver of what fails excuses what that blocks, and nobody is told of a failure.
func TestAWaiverExcusesWhatItBlocks(t *testing.T) {
	g := NewWithT(t)
	mutant, err := mutants.Find("download_session.cancel.does_nothing@api")
	g.Expect(err).NotTo(HaveOccurred())
	server, err := mutant.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	options := suites.Options{Target: web.URL, Username: "admin", Password: "secret", LabelFilter: "api && download_session", NoReplay: true}

	red, err := suites.Run(t.Context(), options)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(red.Counts.Blocked).To(BeNumerically(">", 0), red.Summary)
	for _, result := range red.Results {
		if result.Outcome == report.Failed || result.Outcome == report.Warned {
			options.Waivers = append(options.Waivers, suites.Waiver{Behaviour: result.ID, Note: "known"})
		}
	}
	observer := &told{outcomes: map[report.Outcome]int{}}
	options.Observer, options.Seed = observer, red.Options.Seed

	waived, err := suites.Run(t.Context(), options)

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(waived.Verdict).To(Equal(report.Conformant), waived.Summary)
	g.Expect(waived.Counts.Blocked).To(BeZero())
	g.Expect(observer.outcomes[report.Failed]).To(BeZero())
	g.Expect(observer.outcomes[report.Waived]).To(BeNumerically(">", 0))
}
