package suites_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// asLimited makes what the account asks of the addresses be asked by one that
// lacks the privileges of sessions.
func asLimited(t *testing.T, addresses *regexp.Regexp) string {
	t.Helper()
	g := NewWithT(t)
	right, err := fake.New(fake.Options{
		Users: map[string]string{"admin": "secret", "limited": "limited-secret"}, Limited: []string{"limited"},
	})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(right.Close)
	login := httptest.NewRequest(http.MethodPost, "/api/session", nil)
	login.SetBasicAuth("limited", "limited-secret")
	answer := httptest.NewRecorder()
	right.ServeHTTP(answer, login)
	token := strings.Trim(answer.Body.String(), "\"\n")
	g.Expect(token).NotTo(BeEmpty())
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if own := r.Header.Get("vmware-api-session-id"); own != "" && addresses.MatchString(r.URL.RequestURI()) {
			r.Header.Set("vmware-api-session-id", token)
		}
		right.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web.URL
}

// judgeLimited judges the target with an account that lacks the privilege for
// sessions of the service.
func judgeLimited(t *testing.T, segment string) *report.Run {
	t.Helper()
	createOrList := regexp.MustCompile(segment + `s?($|\?)|` + segment + `/id:[^?]*\?~action=list`)
	run, err := suites.Run(t.Context(), suites.Options{
		Target: asLimited(t, createOrList), Username: "admin", Password: "secret", Seed: 1, NoReplay: true, Explore: 400, Races: 200,
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return run
}

func TestAccountThatLacksUpdateSession(t *testing.T) {
	g := NewWithT(t)
	run := judgeLimited(t, "update-session")
	passed := 0
	for _, result := range run.Results {
		switch {
		case result.Outcome == report.Blocked:
			g.Expect(result.Message).To(HavePrefix("cannot be judged with this account; it lacks ContentLibrary.UpdateSession"), result.ID)
		case result.Outcome == report.Passed:
			passed++
		case result.Outcome == report.Skipped, result.Outcome == report.Observed:
		default:
			t.Errorf("%s [%s] %s: %s", result.ID, result.VariantName(), result.Outcome, result.Message)
		}
	}
	g.Expect(passed).To(BeNumerically(">", 300), "download sessions are judged")
	g.Expect(run.Verdict).NotTo(Equal(report.Conformant), "update sessions could not be judged")
}

func TestAccountThatLacksDownloadSession(t *testing.T) {
	g := NewWithT(t)
	run := judgeLimited(t, "download-session")
	g.Expect(run.Verdict).To(Equal(report.Unusable), run.Summary)
	g.Expect(run.Summary).To(ContainSubstring("cannot be judged with this account, which lacks ContentLibrary.DownloadSession"))
	g.Expect(run.Results).To(BeEmpty())
}
