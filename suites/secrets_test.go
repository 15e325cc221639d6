package suites_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	escape "html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/github"
	"session-conformance/reporters/har"
	"session-conformance/reporters/html"
	"session-conformance/reporters/junit"
	"session-conformance/reporters/lifecycle"
	"session-conformance/reporters/markdown"
	"session-conformance/reporters/report"
	"session-conformance/reporters/sarif"
	"session-conformance/reporters/tap"
	"session-conformance/reporters/terminal"
	"session-conformance/suites"
)

// The accounts have passwords that every encoding spells in another way.
const (
	ownPassword   = `pl4nted "pass/word" & <more>`
	otherPassword = `0ther+pl4nted=pass'word`
)

// gossip is a server that repeats the secrets that clients have used wherever
// an answer has room for them, in every encoding that is about.
type gossip struct {
	next http.Handler

	mu      sync.Mutex
	secrets map[string]bool
	// recent are those that are told; all would make no answer but gossip.
	recent []string
}

// meet notes a secret; one that a client has used is told from now on.
func (s *gossip) meet(secret string, used bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets[secret] = true
	if used && !slices.Contains(s.recent, secret) {
		s.recent = append(s.recent, secret)[max(0, len(s.recent)-4):]
	}
}

func (s *gossip) told(more ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Concat([]string{ownPassword, basic("admin", ownPassword), otherPassword}, s.recent, more)
}

func basic(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

func (s *gossip) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// The fake's own tokens are as long; one that the suite made up is no secret.
	if token := r.Header.Get("vmware-api-session-id"); len(token) == len(rand.Text()) {
		s.meet(token, true)
	}
	if strings.HasPrefix(r.URL.Path, "/cls/data/") {
		s.meet(r.URL.Path, true)
		s.meet(strings.Split(r.URL.Path, "/")[3], true)
		if r.Method == http.MethodGet {
			http.Error(w, "cannot GET "+strings.Join(spelled(r.URL.Path), " "), http.StatusTeapot)
			return
		}
	}
	answer := httptest.NewRecorder()
	s.next.ServeHTTP(answer, r)
	s.embellish(w, r, answer)
}

// embellish sends the answer with gossip: in headers, beside the members of a
// model, and in place of what some operations answer, so that there are
// failures to show evidence of.
func (s *gossip) embellish(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	status, body := answer.Code, bytes.TrimSpace(answer.Body.Bytes())
	var cookies []string
	if action := r.URL.RawQuery; strings.Contains(action, "keep-alive") || strings.Contains(action, "cancel") &&
		strings.Contains(r.URL.Path, "download") {
		cookies = []string{rand.Text()}
		s.meet(cookies[0], false)
		w.Header().Set("Set-Cookie", "sid="+cookies[0]+"; Path=/; HttpOnly")
		status, body = http.StatusTeapot, []byte(s.babble(cookies...))
	}
	if r.Method == http.MethodGet && bytes.HasPrefix(body, []byte(`{"`)) && !bytes.HasPrefix(body, []byte(`{"value"`)) {
		debug, _ := json.Marshal(s.babble())
		body = slices.Concat([]byte(`{"debug":`), debug, []byte(","), body[1:])
	}
	w.Header().Set("Location", "/login?token="+url.QueryEscape(strings.Join(s.told(cookies...), "&")))
	w.Header().Set("X-Debug", strings.Join(s.told(cookies...), " "))
	w.WriteHeader(status)
	w.Write(body)
}

// babble has every secret in every encoding; the first ones at a distance at
// which the suite cuts a body in its messages.
func (s *gossip) babble(more ...string) string {
	var out strings.Builder
	for i, secret := range s.told(more...) {
		for _, text := range spelled(secret) {
			out.WriteString(text + strings.Repeat(" ", 1+i) + "x ")
		}
	}
	return strings.Repeat("é", 60) + strings.Repeat("y", 30) + " " + out.String()
}

// spelled is the secret in the encodings that texts on the wire have.
func spelled(secret string) []string {
	inJSON, _ := json.Marshal(secret)
	text := strings.Trim(string(inJSON), `"`)
	return []string{
		secret, url.PathEscape(secret), url.QueryEscape(secret), lower(url.PathEscape(secret)), text,
		strings.ReplaceAll(text, "/", `\/`), escape.EscapeString(secret), fmt.Sprintf("%q", secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte("user:" + secret + ":more")),
		hex.EncodeToString([]byte(secret)),
	}
}

func lower(escaped string) string {
	return regexp.MustCompile(`%..`).ReplaceAllStringFunc(escaped, strings.ToLower)
}

// traces are what must not be found of a secret: no spelling of the whole.
func traces(secret string) []string {
	found := spelled(secret)
	for before := range 3 {
		// Whole groups of three bytes look the same wherever they stand.
		found = append(found, base64.StdEncoding.EncodeToString([]byte(secret[before:before+(len(secret)-before)/3*3])))
	}
	return found
}

// brief are the formats that show no bodies.
var brief = []string{"github", "map", "sarif", "tap"}

func TestSecretsReachNoReport(t *testing.T) {
	g := NewWithT(t)
	server, err := fake.New(fake.Options{Users: map[string]string{"admin": ownPassword, "other": otherPassword}})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	talker := &gossip{next: server, secrets: map[string]bool{}}
	web := httptest.NewServer(talker)
	t.Cleanup(web.Close)

	run, err := suites.Run(t.Context(), suites.Options{
		Target: web.URL, Username: "admin", Password: ownPassword, OtherUsername: "other", OtherPassword: otherPassword, Seed: 1,
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Counts.Failed).To(BeNumerically(">", 20), "failures show evidence: %s", run.Summary)

	reports := map[string]func(io.Writer, *report.Run) error{
		"github": github.Write, "har": har.Write, "html": html.Write, "json": report.Write, "junit": junit.Write,
		"map": lifecycle.Write, "markdown": markdown.Write, "sarif": sarif.Write, "tap": tap.Write,
		"terminal": func(w io.Writer, run *report.Run) error {
			return terminal.WriteWith(w, run, terminal.Style{}, terminal.Options{Verbose: true})
		},
	}
	secrets := append([]string{}, ownPassword, otherPassword, basic("admin", ownPassword), basic("other", otherPassword))
	for secret := range talker.secrets {
		secrets = append(secrets, secret)
	}
	g.Expect(len(secrets)).To(BeNumerically(">", 100), "tokens, cookies and transfer URLs were met")
	var all []string
	for _, secret := range secrets {
		for _, trace := range traces(secret) {
			all = append(all, trace, "LEAKED")
		}
	}
	finder := strings.NewReplacer(all...)
	for name, write := range reports {
		var out strings.Builder
		g.Expect(write(&out, run)).To(Succeed())
		found := finder.Replace(out.String())
		if at := strings.Index(found, "LEAKED"); at >= 0 {
			t.Errorf("%s holds a secret: %s", name, found[max(0, at-300):min(at+300, len(found))])
		}
		if !slices.Contains(brief, name) {
			g.Expect(strings.Count(found, "$PASSWORD")).To(BeNumerically(">", 0), "%s shows that there were some", name)
		}
	}
}

// A login that is not understood shows what it answered, but for the token; so does
// one that is, where nothing else is.
func TestATokenInAnAnswerOfAnotherShapeIsNotShown(t *testing.T) {
	for answer, said := range map[string][2]string{
		`{"session":{"token":"unheard-of-token"}}`: {"no documented login works", "$OWN_SESSION_ID"},
		`["unheard-of-token"]`:                     {"no documented login works", "$OWN_SESSION_ID"},
		`unheard-of-token`:                         {"no documented login works", "$OWN_SESSION_ID"},
		`{"access_token":"unheard-of-token"}`:      {"no library could be created", "$SESSION_ID"},
	} {
		g := NewWithT(t)
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, answer) }))
		run, err := suites.Run(t.Context(), suites.Options{Target: web.URL, Username: "admin", Password: ownPassword})
		web.Close()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(run.Verdict).To(Equal(report.Unusable))
		g.Expect(run.Summary).To(And(ContainSubstring(said[0]), ContainSubstring(said[1]),
			Not(ContainSubstring("unheard-of-token"))))
		g.Expect(run.Summary).To(Or(ContainSubstring("session"), ContainSubstring("token"), ContainSubstring("[")),
			"the shape can still be seen")
	}
}

func TestAPasswordInTheTargetIsNotRepeated(t *testing.T) {
	for _, target := range []string{"https://me:pl4nted@vc.example", "ftp://me:pl4nted@vc.example",
		"https://me:pl4nted@vc.example:x"} {
		_, err := suites.New(suites.Options{Target: target, Username: "a", Password: "b"})
		g := NewWithT(t)
		var usage *suites.UsageError
		if !errors.As(err, &usage) {
			t.Fatalf("%s is no wrong option: %v", target, err)
		}
		g.Expect(usage.Option).To(Equal("Target"))
		g.Expect(fmt.Sprintf("%v %+v", err, *usage)).NotTo(ContainSubstring("pl4nted"))
	}
}
