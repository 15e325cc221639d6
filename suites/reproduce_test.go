package suites_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
)

// fault is what is wrong with a server, and where the suite finds it.
type fault struct {
	adjust func(fake.Binding, *fake.Rules)
	wrap   func(http.Handler) http.Handler
	filter string
	focus  string
}

// The faults have different kinds of evidence: ids by path and in bodies of
// each representation, transfer URLs, idempotency tokens, logins, no answer.
var faults = map[string]fault{
	"cancels twice": {adjust: func(_ fake.Binding, rules *fake.Rules) {
		rules.States[fake.DownloadSession][fake.Canceled]["cancel"] = fake.Canceled
	}, focus: `download_session\.cancel\.not_active `},
	"another status": {adjust: func(_ fake.Binding, rules *fake.Rules) { rules.Statuses["not_found"] = http.StatusTeapot }, focus: `session\.(create|get|delete)\.`},
	"takes what is no UUID for a token": {adjust: func(_ fake.Binding, rules *fake.Rules) { clear(rules.UUIDTokens) },
		focus: `token_not_uuid`},
	"forgets tokens": {wrap: withoutTokens, focus: `token`, filter: "create"},
	"breaks transfers": {wrap: answering(func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/cls/data/") },
		http.StatusInsufficientStorage), focus: `(transfer|push)`, filter: "MUST"},
	"logs out with another status": {wrap: answering(func(r *http.Request) bool {
		return r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/session")
	}, http.StatusAccepted), focus: `protocol\.login`},
	"hangs up": {wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/download-session/") {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}, focus: `download_session\.get\.`, filter: "api"},
}

func withoutTokens(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		body = regexp.MustCompile(`("client_token":"[^"]*",?|<client_token>[^<]*</client_token>)`).ReplaceAll(body, nil)
		query := regexp.MustCompile(`&client_token=[^&]*`).ReplaceAllString(r.URL.RawQuery, "")
		r.Body, r.ContentLength, r.URL.RawQuery = io.NopCloser(bytes.NewReader(body)), int64(len(body)), query
		r.Header.Del("Client-Token")
		r.Header.Del("client_token")
		next.ServeHTTP(w, r)
	})
}

func answering(which func(*http.Request) bool, status int) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if which(r) {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// A card's script meets the wrong answer again, and not where nothing is wrong.
func TestScriptsReproduceTheFailure(t *testing.T) {
	needsPrograms(t, "sh", "curl", "awk", "sed", "cksum")
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			server, err := fake.New(fake.Options{Adjust: fault.adjust})
			g.Expect(err).NotTo(HaveOccurred())
			var handler http.Handler = server
			if fault.wrap != nil {
				handler = fault.wrap(server)
			}
			good, bad := startRight(t, fake.Options{}), httptest.NewServer(handler)
			t.Cleanup(func() { bad.Close(); server.Close() })
			run, err := suites.Run(t.Context(), suites.Options{
				Target: bad.URL, Username: "admin", Password: "secret", Focus: []string{fault.focus}, LabelFilter: fault.filter, Strict: true,
			})
			g.Expect(err).NotTo(HaveOccurred())
			scripts := scriptsOf(run)
			g.Expect(scripts).NotTo(BeEmpty(), run.Summary)
			if os.Getenv(scriptsVariable) == "" {
				scripts = few(scripts)
			}
			for _, script := range scripts {
				g.Expect(script).NotTo(ContainSubstring("secret"), "it needs the password from its user")
			}
			expectFailOnlyAt(t, scripts, bad.URL, good, "sh")
		})
	}
}
