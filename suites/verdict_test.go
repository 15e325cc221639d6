package suites_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// Who gates on a verdict must not take for right what nobody has seen.
func TestNothingJudgedIsNoVerdict(t *testing.T) {
	for focus, summary := range map[string]string{
		"download_session.expiry.auto_delete": "nothing was judged: 1 skipped",
		"download_session.get.time_format":    "nothing was judged: 1 blocked",
	} {
		g := NewWithT(t)
		server, err := fake.New(fake.Options{})
		g.Expect(err).NotTo(HaveOccurred())
		defer server.Close()
		creates := func(r *http.Request) bool {
			return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/download-session")
		}
		web := httptest.NewServer(answering(creates, http.StatusInternalServerError)(server))
		defer web.Close()

		run, err := suites.Run(t.Context(), suites.Options{Target: web.URL, Username: "admin", Password: "secret",
			Focus: []string{focus}, LabelFilter: "api"})

		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(run.Summary).To(Equal(summary))
		g.Expect(run.Verdict).To(Equal(report.Unusable))
	}
}
