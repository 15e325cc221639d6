package suites_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// scriptBudget ends a script that hangs.
const scriptBudget = time.Minute

// shelf is how many items the scripts of one test may use up.
const shelf = 60

// wrongServer is a reference server with one fault, and items of a user's for the
// scripts: update sessions leave an item busy, so each script takes fresh ones.
type wrongServer struct {
	web   *httptest.Server
	items []string
	used  int
}

func seedName(i int) string { return fmt.Sprintf("seed-%d.txt", i) }

func startWrong(t *testing.T, fault fault) *wrongServer {
	t.Helper()
	seeds := make([]fake.SeedItem, shelf)
	for i := range seeds {
		seeds[i] = fake.SeedItem{Name: seedName(i), Content: []byte("the content of a user's item\n")}
	}
	server, err := fake.New(fake.Options{Adjust: fault.adjust, SeedItems: seeds})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	var handler http.Handler = server
	if fault.wrap != nil {
		handler = fault.wrap(server)
	}
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	return &wrongServer{web: web, items: server.SeededItems()}
}

// play runs a script as a user would and returns the statuses of its answers.
func (w *wrongServer) play(t *testing.T, script string) (statuses []int, out string) {
	t.Helper()
	mine := w.used
	w.used += 2
	ctx, cancel := context.WithTimeout(t.Context(), scriptBudget)
	defer cancel()
	shell := exec.CommandContext(ctx, "sh")
	shell.Stdin = strings.NewReader(script)
	shell.Env = append(os.Environ(), "USERNAME=admin", "PASSWORD=secret",
		"LIBRARY_ITEM_ID="+w.items[mine], "FILE_NAME="+seedName(mine), "LIBRARY_ITEM_ID_2="+w.items[mine+1])
	var all bytes.Buffer
	shell.Stdout, shell.Stderr = &all, &all
	NewWithT(t).Expect(shell.Run()).To(Succeed(), "%s\n%s", script, all.String())
	for _, found := range regexp.MustCompile(`(?m)^< (\d{3})$`).FindAllStringSubmatch(all.String(), -1) {
		var status int
		_, err := fmt.Sscan(found[1], &status)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		statuses = append(statuses, status)
	}
	return statuses, all.String()
}

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

// A card's script, run anew against the same server, meets the same answers,
// the wrong one included.
func TestScriptsReproduceTheFailure(t *testing.T) {
	for _, command := range []string{"sh", "curl", "awk"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skipf("the scripts need %s, which is not there", command)
		}
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			server := startWrong(t, fault)
			run, err := suites.Run(t.Context(), suites.Options{
				Target: server.web.URL, Username: "admin", Password: "secret", Focus: []string{fault.focus}, LabelFilter: fault.filter, Strict: true,
			})
			g.Expect(err).NotTo(HaveOccurred())
			cards, _, _ := report.Cards(run.Results)
			g.Expect(cards).NotTo(BeEmpty(), run.Summary)
			for _, card := range cards {
				if strings.HasSuffix(card.Results[0].ID, "_concurrent") {
					continue // a script sends one request after the other
				}
				content := run.Content(card)
				g.Expect(content.Sources).To(And(Not(BeEmpty()), HaveEach(HaveField("Address", HavePrefix("https://")))))
				script := content.Curl
				g.Expect(script).NotTo(Or(ContainSubstring("secret"), BeEmpty()), "it needs the password from its user")
				statuses, out := server.play(t, script)
				g.Expect(statuses).To(Equal(answered(card.Results[0])), "%s\n%s", script, out)
			}
		})
	}
}

func answered(result report.Result) []int {
	var statuses []int
	for _, exchange := range result.Exchanges {
		statuses = append(statuses, exchange.Status)
	}
	return statuses
}
