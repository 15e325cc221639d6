package suites_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// readings are the lines of a log that leave all as it is, and those of logins.
const readings = `^GET |^POST .*action=(get|list)$|^(POST|DELETE) \S*/session$`

// A run that only reads judges the sessions that exist, sends nothing that could change
// one, and leaves the target as it was.
func TestReadOnlyChangesNothing(t *testing.T) {
	g := NewWithT(t)
	var mu sync.Mutex
	var log []string
	server, err := fake.New(fake.Options{Log: func(line fake.RequestLine) {
		mu.Lock()
		defer mu.Unlock()
		log = append(log, line.Method+" "+line.Path)
	}, SeedItems: []fake.SeedItem{{Name: "seed.txt", Content: []byte("content")}}})
	g.Expect(err).NotTo(HaveOccurred())
	defer server.Close()
	web := httptest.NewServer(server)
	defer web.Close()
	leaveSessions(t, web.URL, server.SeededItems()[0])
	before := server.Inventory()
	log = nil

	run, err := suites.Run(t.Context(), suites.Options{Target: web.URL, Username: "admin", Password: "secret", ReadOnly: true, Explore: 100, Races: 100})

	g.Expect(err).NotTo(HaveOccurred())
	after := server.Inventory()
	before.Logins, after.Logins = nil, nil
	g.Expect(after).To(Equal(before))
	g.Expect(log).To(HaveEach(MatchRegexp(readings)))
	g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
	g.Expect(run.Summary).To(ContainSubstring("read-only"))
	g.Expect(run.Counts.Passed).To(BeNumerically(">", 50), run.Summary)
	g.Expect(run.Results).To(ContainElement(And(HaveField("ID", "updatesession.file.list.ok"), HaveField("Outcome", report.Passed))))
	g.Expect(run.Results).To(ContainElement(And(HaveField("ID", "update_session.cancel.ok"), HaveField("Outcome", report.Skipped))))
}

// leaveSessions makes an ACTIVE session of each service, as somebody else's client does.
func leaveSessions(t *testing.T, target, item string) {
	t.Helper()
	g := NewWithT(t)
	ask := func(path, body string, change func(*http.Request)) (answer string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target+path, strings.NewReader(body))
		g.Expect(err).NotTo(HaveOccurred())
		request.Header.Set("Content-Type", "application/json")
		change(request)
		response, err := http.DefaultClient.Do(request)
		g.Expect(err).NotTo(HaveOccurred())
		defer response.Body.Close()
		g.Expect(json.NewDecoder(response.Body).Decode(&answer)).To(Succeed())
		return answer
	}
	token := ask("/api/session", "", func(r *http.Request) { r.SetBasicAuth("admin", "secret") })
	for _, service := range []string{"download-session", "update-session"} {
		ask("/api/content/library/item/"+service, `{"library_item_id":"`+item+`"}`, func(r *http.Request) {
			r.Header.Set("vmware-api-session-id", token)
		})
	}
}
