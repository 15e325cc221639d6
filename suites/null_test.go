package suites_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// constantly answers every request with the same status and body.
func constantly(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

const session = `{"library_item_id":"item-1","library_item_content_version":"1","client_progress":0,` +
	`"state":"ACTIVE","expiration_time":"2999-01-01T00:00:00.000Z"}`

// nullServers ignore the question.
var nullServers = map[string]http.HandlerFunc{
	"404":                   constantly(404, "text/plain", "404 page not found"),
	"404 not_found in rest": constantly(404, "application/json", `{"type":"com.vmware.vapi.std.errors.not_found","value":{"messages":[]}}`),
	"404 not_found in api":  constantly(404, "application/json", `{"error_type":"NOT_FOUND","messages":[]}`),
	"400 state in api":      constantly(400, "application/json", `{"error_type":"NOT_ALLOWED_IN_CURRENT_STATE","messages":[]}`),
	"200 {}":                constantly(200, "application/json", "{}"),
	"200 null value":        constantly(200, "application/json", `{"value":null}`),
	"200 empty list":        constantly(200, "application/json", "[]"),
	"200 an id":             constantly(200, "application/json", `"1"`),
	"200 an id in value":    constantly(200, "application/json", `{"value":"1"}`),
	"200 with nothing":      constantly(200, "", ""),
	"200 session":           constantly(200, "application/json", session),
	"200 session in value":  constantly(200, "application/json", `{"value":`+session+`}`),
	"204":                   constantly(204, "", ""),
	"400":                   constantly(400, "", ""),
	"401":                   constantly(401, "", ""),
	"405":                   constantly(405, "", ""),
	"500":                   constantly(500, "text/plain", "internal server error"),
	"a login page":          constantly(200, "text/html", "<!DOCTYPE html><html><body><form>Log in</form></body></html>"),
	"an echo":               func(w http.ResponseWriter, r *http.Request) { io.Copy(w, io.LimitReader(r.Body, 1<<20)) },
	"a redirect to itself":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
	"a closed connection":   func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	"no answer at all":      silence,
}

// silence answers nothing until the client goes away, which a server learns
// only once it has read the whole request.
func silence(_ http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// Nothing may pass on a server that ignores the question, although every
// binding is claimed and an item is named, so that all behaviours run.
func TestNothingPassesOnNullServers(t *testing.T) {
	for name, handler := range nullServers {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			server := httptest.NewServer(handler)
			defer server.Close()

			run, err := suites.Run(context.Background(), suites.Options{
				Target: server.URL, SessionID: "token", LibraryItems: []string{"item-1", "item-2"},
				Claims: []string{"api", "rest", "legacy"}, SubscribedItem: "item-3",
				RequestTimeout: 300 * time.Millisecond, Timeout: 2 * time.Second, Parallel: 4,
			})

			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(run.Verdict).To(BeElementOf(report.NotConformant, report.Unusable), run.Summary)
			g.Expect(len(run.Results)).To(BeNumerically(">", 300))
			for _, result := range run.Results {
				g.Expect(result.Outcome).NotTo(Equal(report.Passed), "%s [%s]", result.ID, result.VariantName())
				g.Expect(result.Outcome).NotTo(Equal(report.Fault), "%s [%s]: %s", result.ID, result.VariantName(), result.Message)
			}
		})
	}
}
