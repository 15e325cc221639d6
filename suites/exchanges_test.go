package suites_test

import (
	"io"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

func TestAResultKeepsTheExchangesThatWereAskedFor(t *testing.T) {
	mutant, err := mutants.Find("download_session.cancel.does_nothing@api")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	server, err := mutant.New(fake.Options{})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	var causes []report.Cause
	for _, test := range []struct {
		kept           suites.Exchanges
		passed, failed bool
	}{{"", true, true}, {suites.AllExchanges, true, true}, {suites.FailedExchanges, false, true}, {suites.NoneExchanges, false, false}} {
		t.Run("kept "+string(test.kept), func(t *testing.T) {
			g := NewWithT(t)

			run, err := suites.Run(t.Context(), suites.Options{
				Target: web.URL, Username: "admin", Password: "secret", NoReplay: true, Seed: 7, Exchanges: test.kept,
				Focus: []string{"download_session.(cancel|create)"}, LabelFilter: "api",
			})

			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Verdict).To(Equal(report.NotConformant))
			g.Expect(keeps(run, report.Passed)).To(Equal(test.passed))
			g.Expect(keeps(run, report.Failed)).To(Equal(test.failed))
			g.Expect(report.Write(io.Discard, run)).To(Succeed(), "it fits the schema, and its parts agree")
			if causes == nil {
				causes = run.Causes
			}
			g.Expect(run.Causes).To(Equal(causes), "what is wrong does not depend on what is kept of it")
		})
	}
}

func TestExchangesAreOfKnownResults(t *testing.T) {
	_, err := suites.New(suites.Options{Target: "http://vc.example", SessionID: "x", Exchanges: "some"})
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`"some" is not known; choose among all, failed, none`)))
}

// keeps says whether results of the outcome have exchanges; all or none do.
func keeps(run *report.Run, outcome report.Outcome) (some bool) {
	for _, result := range run.Results {
		some = some || result.Outcome == outcome && len(result.Exchanges) > 0
	}
	return some
}
