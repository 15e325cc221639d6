package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// one is the one line of the command's own that a failure has on standard error.
func one(g Gomega, stderr string) string {
	var own, other []string
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "conformance: ") {
			own = append(own, line)
		} else {
			other = append(other, line)
		}
	}
	g.Expect(own).To(HaveLen(1), stderr)
	g.Expect(stderr).To(HaveSuffix(own[0]), "it comes last, so that it is what a log ends with")
	g.Expect(strings.Join(other, "")).NotTo(Or(ContainSubstring("Usage:"), ContainSubstring("goroutine")))
	g.Expect(own[0]).NotTo(ContainSubstring("\x1b"))
	return own[0]
}

func TestWrongUsageIsOneLineAndSendsNothing(t *testing.T) {
	var requests atomic.Int64
	spy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer spy.Close()
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	notPEM := at("not.pem")
	if err := os.WriteFile(notPEM, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	target := []string{"--target", spy.URL}
	login := append(target, "--username", testUser, "--password", testPassword)
	for _, test := range []struct {
		name string
		args []string // behind run and the flags of with
		with []string
		want []string
	}{
		{"unknown flag", []string{"--nope"}, login, []string{"--nope", "run --help"}},
		{"flag without a value", []string{"--parallel"}, login, []string{"--parallel", "needs an argument"}},
		{"no number", []string{"--parallel", "x"}, login, []string{`"x"`, "--parallel", "want a whole number"}},
		{"huge number", []string{"--parallel", "99999999999999999999"}, login, []string{"--parallel", "too large"}},
		{"zero", []string{"--parallel", "0"}, login, []string{"--parallel must be more than 0"}},
		{"negative", []string{"--parallel", "-1"}, login, []string{"--parallel must be more than 0"}},
		{"no boolean", []string{"--strict=x"}, login, []string{"--strict", "true or false"}},
		{"no duration", []string{"--timeout", "5"}, login, []string{"--timeout", "such as 90s"}},
		{"no fraction", []string{"--max-rps", "x"}, login, []string{"--max-rps", "want a number"}},
		{"a quote in a list", []string{"--claim", `"a`}, login, []string{"--claim", "commas between them"}},
		{"port that is none", []string{"--target", "http://vc.example:99999"}, login, []string{"--target", "from 1 to 65535"}},
		{"certificate that is none", []string{"--client-cert", notPEM, "--client-key", notPEM}, login,
			[]string{"--client-cert", "holds no PEM certificate"}},
		{"negative duration", []string{"--timeout", "-1s"}, login, []string{"--timeout must be more than 0"}},
		{"zero duration", []string{"--timeout", "0"}, login, []string{"--timeout must be more than 0"}},
		{"zero request duration", []string{"--request-timeout", "0s"}, login, []string{"--request-timeout must be"}},
		{"unknown release", []string{"--release", "5.1"}, login, []string{`"5.1"`, "auto, 6.0, 6.5"}},
		{"unknown release, bundled", []string{"--release", "5.1"}, nil, []string{`"5.1"`, "auto, 6.0, 6.5"}},
		{"unknown binding", []string{"--claim", "api,foo"}, login, []string{`"foo"`, "api, rest, legacy"}},
		{"stray argument", []string{"vc.example"}, login, []string{`"vc.example"`, "run --help"}},
		{"no credentials", nil, target, []string{"--username", passwordVariable, "--session-id", "--authorization"}},
		{"two kinds of credentials", []string{"--session-id", "x"}, login, []string{"more than one kind of credentials"}},
		{"no password", []string{"--username", "u"}, target, []string{"--password", passwordVariable}},
		{"no user", []string{"--password", "p4ssw"}, target, []string{"--username"}},
		{"header that cannot be", []string{"--authorization", "a\nb"}, target, []string{"--authorization", "control character"}},
		{"no scheme", []string{"--target", "vc.example"}, login, []string{`"vc.example"`, "https://"}},
		{"only a port", []string{"--target", "vc.example:443"}, login, []string{"https://"}},
		{"password in the target", []string{"--target", "https://u:p@vc.example"}, login, []string{"--password"}},
		{"unset target", []string{"--target", ""}, nil, []string{"--target is empty"}},
		{"unset claim", []string{"--claim", ""}, login, []string{"--claim is empty"}},
		{"unset item", []string{"--library-item", ""}, login, []string{"--library-item is empty"}},
		{"unset report", []string{"--junit", ""}, login, []string{"--junit is empty"}},
		{"filter matches nothing", []string{"--label-filter", "api && nope"}, login, []string{`"api && nope"`, "matches no behaviour", "conformance list"}},
		{"focus matches nothing", []string{"--focus", "nope"}, login, []string{`"nope"`, "matches no behaviour"}},
		{"filter ends early", []string{"--label-filter", "api &&"}, login, []string{"--label-filter", "Unexpected EOF", "api && MUST"}},
		{"filter of Go", []string{"--label-filter", "api & x"}, login, []string{"--label-filter", "Did you mean '&&'"}},
		{"focus is no expression", []string{"--focus", "("}, login, []string{"--focus", "missing closing )"}},
		{"folder missing", []string{"--json", at("no/run.json")}, login, []string{"--json", "does not exist", "create it"}},
		{"report is a folder", []string{"--junit", folder}, login, []string{"--junit", "is a folder", "name a file"}},
		{"one file twice", []string{"--json", at("a"), "--junit", folder + "/./a"}, login, []string{"--json", "--junit", "same file"}},
		{"no authority file", []string{"--ca-cert", at("no.pem")}, login, []string{"--ca-cert", "no.pem", "no such file"}},
		{"no authority in it", []string{"--ca-cert", notPEM}, login, []string{"--ca-cert", "not.pem", "no PEM certificate"}},
		{"verify and not", []string{"--ca-cert", notPEM, "--insecure"}, login, []string{"--ca-cert", "--insecure"}},
		{"user without a target", []string{"--username", "u"}, nil, []string{"--username without --target"}},
		{"token without a target", []string{"--session-id", "x"}, nil, []string{"--session-id without --target"}},
		{"item without a target", []string{"--library-item", "x"}, nil, []string{"--library-item without --target"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			before := requests.Load()
			got := conformance(t, append(append([]string{"run"}, test.with...), test.args...)...)
			g.Expect(got.code).To(Equal(exitUsage), got.stderr)
			g.Expect(got.stdout).To(BeEmpty())
			g.Expect(got.stderr).To(Equal(one(g, got.stderr)), "not even progress")
			for _, want := range test.want {
				g.Expect(got.stderr).To(ContainSubstring(want))
			}
			g.Expect(requests.Load()).To(Equal(before), "something was sent")
		})
	}
}

func TestUnknownCommandIsOneLine(t *testing.T) {
	for line, want := range map[string]string{
		"rnu":      "did you mean run?",
		"judge":    "conformance --help lists them",
		"help rnu": "did you mean run?",
		"--nope":   "unknown flag: --nope; see conformance --help",
	} {
		g := NewWithT(t)
		got := conformance(t, strings.Fields(line)...)
		g.Expect(got.code).To(Equal(exitUsage), line)
		g.Expect(got.stdout).To(BeEmpty())
		g.Expect(got.stderr).To(And(Equal(one(g, got.stderr)), ContainSubstring(want)))
	}
}

func TestFilterWithNothingThatIsServed(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "run", "--release", "6.0", "--label-filter", "api")
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(ContainSubstring("matches no behaviour in the bindings that the target serves"))
}

func TestUnusableTargetIsOneLine(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := closed.Addr().String()
	closed.Close()
	_, web, right := reference(t, fake.Options{}, asItIs)
	secure := quietTLS(t, http.NotFoundHandler())
	login := func(target string) []string {
		return []string{"--target", target, "--username", testUser, "--password", testPassword}
	}
	token := func(target string) []string { return []string{"--target", target, "--session-id", "t0ken-of-mine"} }
	item := func(target string) []string { return append(token(target), "--library-item", "item-1") }
	notFound := answering(t, http.StatusNotFound, "text/plain", "404 page not found")
	empty := answering(t, http.StatusOK, "application/json", "{}")
	html := answering(t, http.StatusOK, "text/html", "<html><body>Welcome</body></html>")
	tried := []string{"/api", "/rest/com/vmware", "/com/vmware"}
	stored := []string{"/api/vcenter/datastore", "/rest/vcenter/datastore", "--library-item"}
	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"connection refused", login("http://" + nobody), []string{"refused", "check the host and port"}},
		{"name does not resolve", login("https://vc.invalid"), []string{"does not resolve", "check --target"}},
		{"wrong password", []string{"--target", web.URL, "--username", testUser, "--password", "wr0ng-one"}, []string{"refused the user name or password"}},
		{"token refused", token(web.URL), []string{"refused the credentials", "--session-id"}},
		{"self-signed certificate", login(secure.URL), []string{"not trusted", "--ca-cert", "--insecure"}},
		{"https to a plain port", login(strings.Replace(web.URL, "http:", "https:", 1)), []string{"plain HTTP", "http://"}},
		{"http to a TLS port", login(strings.Replace(secure.URL, "https:", "http:", 1)), []string{"https://"}},
		{"404, login", login(notFound), append(tried, "404")},
		{"404, library", token(notFound), append(stored, "404")},
		{"404, session", item(notFound), append(tried, "404", "no binding")},
		{"{}, login", login(empty), append(tried, "200", "{}")},
		{"{}, library", token(empty), append(stored, "200", "{}")},
		{"{}, session", item(empty), append(tried, "200", "no binding")},
		{"HTML, login", login(html), append(tried, "200", "Welcome")},
		{"HTML, library", token(html), append(stored, "200", "Welcome", "not JSON")},
		{"HTML, session", item(html), append(tried, "200", "no binding")},
		{"no such item", append(right[1:], "--library-item", "nope-1"), []string{"no library item nope-1", "--library-item"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			json := filepath.Join(t.TempDir(), "run.json")
			got := conformance(t, append([]string{"run", "--json", json}, test.args...)...)
			g.Expect(got.code).To(Equal(report.Unusable.ExitCode()), got.stdout+got.stderr)
			g.Expect(got.stdout).To(BeEmpty())
			line := one(g, got.stderr)
			t.Log(line)
			for _, want := range test.want {
				g.Expect(line).To(ContainSubstring(want))
			}
			run := saved(g, json)
			g.Expect(run.Verdict).To(Equal(report.Unusable))
			g.Expect(line).To(ContainSubstring(run.Summary))
		})
	}
}
