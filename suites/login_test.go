package suites_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// A login of another shape breaks its own behaviour, also where it is the only one,
// and not the whole run.
func TestALoginOfAnotherShapeIsAFailure(t *testing.T) {
	for _, form := range []string{`{"value":%s}`, `{"session_id":%s}`} {
		t.Run(form, func(t *testing.T) {
			g := NewWithT(t)
			server, err := fake.New(fake.Options{Rewrite: func(asked *fake.Call, answer *fake.Answer) {
				if asked.Operation == "session.create" {
					answer.Body = fmt.Appendf(nil, form, answer.Body)
				}
			}})
			g.Expect(err).NotTo(HaveOccurred())
			defer server.Close()
			notAPI := func(r *http.Request) bool { return !strings.HasPrefix(r.URL.Path, "/api/") }
			web := httptest.NewServer(answering(notAPI, http.StatusNotFound)(server))
			defer web.Close()

			run, err := suites.Run(t.Context(), suites.Options{
				Target: web.URL, Username: "admin", Password: "secret", NoReplay: true, LabelFilter: "api && (login || cancel)",
			})

			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Verdict).To(Equal(report.NotConformant), run.Summary)
			for _, result := range run.Results {
				if result.Outcome == report.Failed {
					g.Expect(result.ID).To(Equal("protocol.login.api"), result.Message)
				}
			}
			g.Expect(run.Counts.Failed).To(Equal(1))
		})
	}
}
