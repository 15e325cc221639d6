package suites_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// A server that knows the token's header by the spelling of one page alone is
// right unless a release is named whose documents have the other one.
func TestEitherSpellingOfTheTokenHeaderIsRight(t *testing.T) {
	for header, want := range map[string]map[string]report.Outcome{
		"Client-Token": {"": report.Passed, "7.0u2": report.Passed, "9.0": report.Passed},
		"client_token": {"": report.Passed, "7.0u2": report.Passed, "9.0": report.Warned},
	} {
		for release, outcome := range want {
			g := NewWithT(t)
			server, err := fake.New(fake.Options{})
			g.Expect(err).NotTo(HaveOccurred())
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for _, other := range []string{"Client-Token", "Client_token"} {
					if other != http.CanonicalHeaderKey(header) {
						r.Header.Del(other)
					}
				}
				server.ServeHTTP(w, r)
			}))

			run, err := suites.Run(t.Context(), suites.Options{
				Target: web.URL, Username: "admin", Password: "secret", Release: release, Focus: []string{"protocol.token.header"},
			})

			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Results).To(HaveLen(1))
			g.Expect(run.Results[0].Outcome).To(Equal(outcome), "%s on %q: %s", header, release, run.Results[0].Message)
			web.Close()
			server.Close()
		}
	}
}
