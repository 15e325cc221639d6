// These judge fifty servers by hundreds of behaviours, which the race detector
// would make last minutes; make test runs them without.

//go:build !race

package suites_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/hostile"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// ofSessions is the path of any operation on sessions or their files.
var ofSessions = regexp.MustCompile(`/content/library/item/(download|update)-?session`)

// onlyFor answers what is asked of sessions by the null server, and all else
// as it should be: what a run needs before it asks of sessions is there.
func onlyFor(null, right http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ofSessions.MatchString(r.URL.Path) {
			null.ServeHTTP(w, r)
			return
		}
		right.ServeHTTP(w, r)
	})
}

// Whoever knows nothing but a token and an item can still be asked everything.
func TestNothingPassesOnNullServers(t *testing.T) {
	for _, null := range hostile.Null() {
		t.Run(null.Name, func(t *testing.T) {
			results := judgeNull(t, null.Handler, suites.Options{
				SessionID: "token", LibraryItems: []string{"item-1", "item-2"}, SubscribedItem: "item-3",
			})

			expectNoPass(t, results, func(report.Result) bool { return true })
		})
	}
}

// With two accounts, items of the run's own and time to wait nothing is
// skipped that a null server could pass.
func TestNothingPassesWhereOnlySessionsAreNull(t *testing.T) {
	judged := map[string]bool{}
	for _, null := range hostile.Null() {
		t.Run(null.Name, func(t *testing.T) {
			g := NewWithT(t)
			right, err := fake.New(fake.Options{Users: map[string]string{"one": "password-1", "two": "password-2"},
				ReadStorage: []string{"one"}})
			g.Expect(err).NotTo(HaveOccurred())
			defer right.Close()

			results := judgeNull(t, onlyFor(null.Handler, right), suites.Options{
				Username: "one", Password: "password-1", OtherUsername: "two", OtherPassword: "password-2",
				SubscribedItem: right.SubscribedItem(), PullAddress: "127.0.0.1", Slow: true, Choose: plainly,
			})

			expectNoPass(t, results, aboutSessions)
			for _, result := range results {
				name := result.ID + " " + result.VariantName()
				// What is only observed is skipped where a prerequisite blocks it.
				observes := result.Level == report.Undocumented && result.BlockedBy != ""
				judged[name] = judged[name] || result.Outcome != report.Skipped || observes
			}
		})
	}
	NewWithT(t).Expect(judged).NotTo(ContainElement(false), "what is false is skipped on every null server")
}

// plainly leaves out the spellings of legacy that are asked the same above.
func plainly(c suites.Choice) bool { return c.Route == "path" && c.Representation == "json" }

// aboutSessions leaves out the login, which is right there.
func aboutSessions(result report.Result) bool { return result.Operation != "login" }

func judgeNull(t *testing.T, handler http.Handler, options suites.Options) []report.Result {
	t.Helper()
	g := NewWithT(t)
	server := httptest.NewServer(handler)
	defer server.Close()
	options.Target, options.Claims = server.URL, []string{"api", "rest", "legacy"}
	options.RequestTimeout, options.Timeout, options.LongestWait = 300*time.Millisecond, 2*time.Second, 100*time.Millisecond
	options.Parallel, options.NoReplay, options.OwnSignals = 4, true, true

	run, err := suites.Run(t.Context(), options)

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Verdict).To(BeElementOf(report.NotConformant, report.Unusable), run.Summary)
	g.Expect(len(run.Results)).To(BeNumerically(">", 500))
	return run.Results
}

func expectNoPass(t *testing.T, results []report.Result, judged func(report.Result) bool) {
	t.Helper()
	var wrong []string
	for _, result := range results {
		if judged(result) && (result.Outcome == report.Passed || result.Outcome == report.Fault) {
			wrong = append(wrong, fmt.Sprintf("%s [%s] %s %s", result.ID, result.VariantName(), result.Outcome, result.Message))
		}
	}
	NewWithT(t).Expect(wrong).To(BeEmpty())
}
