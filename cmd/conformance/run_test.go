package main

import (
	"cmp"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

func TestProcessIsStaticAndKeepsReportAndProgressApart(t *testing.T) {
	g := NewWithT(t)
	command, stdout, stderr := process(t, "run", "--label-filter", "rest")
	g.Expect(command.Run()).To(Succeed(), stderr.String())
	g.Expect(stdout.String()).To(And(HavePrefix("target "), MatchRegexp(`\nconformant, partial \(\d skipped, filtered\): `)))
	g.Expect(stderr.String()).To(And(HavePrefix("no --target"), Not(ContainSubstring("behaviours"))))
	g.Expect(stdout.String() + stderr.String()).NotTo(ContainSubstring("\x1b"))
	binary, err := os.ReadFile(command.Path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(binary)).NotTo(ContainSubstring("/ld-linux"), "the binary wants a dynamic linker")
}

func TestReportOnStandardOutputStandsAlone(t *testing.T) {
	g := NewWithT(t)
	command, stdout, stderr := process(t, "run", "--label-filter", "rest", "--json", "/dev/stdout")
	g.Expect(command.Run()).To(Succeed(), stderr.String())
	path := filepath.Join(t.TempDir(), "run.json")
	g.Expect(os.WriteFile(path, stdout.Bytes(), 0o600)).To(Succeed())
	g.Expect(saved(g, path).Verdict).To(Equal(report.Conformant))
	g.Expect(stderr.String()).To(MatchRegexp(`\nconformant, partial \(\d skipped, filtered\): `))
}

// inOrder are the behaviours of a saved run as they were started.
func inOrder(run *report.Run) []string {
	results := slices.Clone(run.Results)
	slices.SortFunc(results, func(a, b report.Result) int { return a.Started.Compare(b.Started) })
	var titles []string
	for _, result := range results {
		titles = append(titles, result.ID+" "+result.VariantName())
	}
	return titles
}

func TestSeedOrdersTheRun(t *testing.T) {
	g := NewWithT(t)
	run := func(seed string) []string {
		path := filepath.Join(t.TempDir(), "run.json")
		got := conformance(t, "run", "--seed", seed, "--parallel", "1", "--label-filter", "create", "--json", path)
		g.Expect(got.code).To(BeZero(), got.stdout)
		g.Expect(got.stdout).To(ContainSubstring("seed " + seed + "\n"))
		return inOrder(saved(g, path))
	}
	first := run("7")
	g.Expect(run("7")).To(Equal(first))
	other := run("8")
	g.Expect(other).NotTo(Equal(first))
	g.Expect(other).To(ConsistOf(first))
}

func TestFilterMakesTheRunPartial(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "run.json")
	got := conformance(t, "run", "--label-filter", "api && MUST", "--json", path)
	g.Expect(got.code).To(BeZero(), got.stdout)
	g.Expect(got.stdout).To(And(ContainSubstring("only     --label-filter 'api && MUST'"),
		MatchRegexp(`\nconformant, partial \(\d skipped, filtered\): `)))
	run := saved(g, path)
	g.Expect(run).To(HaveField("Partial", true))
	for _, result := range run.Results {
		g.Expect([]string{result.Binding, string(result.Level)}).To(Equal([]string{"api", "MUST"}))
	}
}

// acceptsNoSpec breaks a SHOULD of rest: it creates a session without a spec.
func acceptsNoSpec(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.ContentLength <= 2 &&
			r.URL.RequestURI() == "/rest/com/vmware/content/library/item/download-session" {
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"value":"made-up"}`))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestStrictLetsShouldDecide(t *testing.T) {
	_, _, args := reference(t, fake.Options{}, acceptsNoSpec)
	args = append(args, "--label-filter", "rest", "--focus", `download_session\.create\.missing_spec`)
	for _, test := range []struct {
		flags []string
		code  int
		want  string
	}{
		{nil, 0, "1 warned"},
		{[]string{"--strict"}, 1, "not conformant: of 1 behaviour 1 failed"},
	} {
		g := NewWithT(t)
		got := conformance(t, append(args, test.flags...)...)
		g.Expect(got.code).To(Equal(test.code), got.stdout)
		g.Expect(got.stdout).To(And(ContainSubstring(test.want), ContainSubstring("download_session.create.missing_spec")))
	}
}

func TestClaimThatIsNotServedFails(t *testing.T) {
	g := NewWithT(t)
	_, _, args := reference(t, fake.Options{Release: "6.5"}, asItIs)
	args = append(args, "--focus", "download_session.cancel.")
	got := conformance(t, append(args, "--claim", "api,rest")...)
	g.Expect(got.code).To(Equal(1))
	g.Expect(got.stdout).To(And(ContainSubstring("\napi      claimed, but not served: "),
		ContainSubstring("api is claimed but not served\n")))
	got = conformance(t, args...)
	g.Expect(got.code).To(BeZero(), got.stdout)
	g.Expect(got.stdout).To(ContainSubstring("\napi      not served: "))
}

func TestCertificates(t *testing.T) {
	server, _, args := reference(t, fake.Options{}, asItIs)
	web := quietTLS(t, server)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}
	if err := os.WriteFile(authority, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, "--target", web.URL, "--label-filter", "api")
	for _, flags := range [][]string{{"--ca-cert", authority}, {"--insecure"}} {
		g := NewWithT(t)
		got := conformance(t, append(args, flags...)...)
		g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
		g.Expect(server.Inventory()).To(Equal(fake.Inventory{}))
	}
}

// headers collects the values of a header that a server was sent, by path.
type headers struct {
	name string
	mu   sync.Mutex
	seen map[string]int
}

func (h *headers) spy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.seen[strings.Join(r.Header.Values(h.name), ", ")]++
		h.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

func TestCredentialsAreSentAsTheyAre(t *testing.T) {
	for _, test := range []struct{ flag, header, value string }{
		{"--session-id", "vmware-api-session-id", "t0ken/+=; with spaces"},
		{"--authorization", "Authorization", `SIGN token="abc==", nonce=":x"`},
	} {
		t.Run(test.flag, func(t *testing.T) {
			g := NewWithT(t)
			spy := &headers{name: test.header, seen: map[string]int{}}
			_, web, _ := reference(t, fake.Options{}, spy.spy)
			got := conformance(t, "run", "--target", web.URL, test.flag, test.value)
			g.Expect(got.code).To(Equal(report.Unusable.ExitCode()), "the reference server knows no such login")
			g.Expect(spy.seen).To(And(HaveLen(1), HaveKey(test.value)))
			g.Expect(got.stdout + got.stderr).NotTo(ContainSubstring(test.value))
		})
	}
}

func TestSessionIDWorksAndIsNotLoggedOut(t *testing.T) {
	g := NewWithT(t)
	server, web, _ := reference(t, fake.Options{}, asItIs)
	login, err := http.NewRequestWithContext(t.Context(), http.MethodPost, web.URL+"/api/session", nil)
	g.Expect(err).NotTo(HaveOccurred())
	login.SetBasicAuth(testUser, testPassword)
	client := &http.Client{Timeout: 10 * time.Second}
	answer, err := client.Do(login)
	g.Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	var token string
	g.Expect(decode(answer.Body, &token)).To(Succeed())
	got := conformance(t, "run", "--target", web.URL, "--session-id", token, "--label-filter", "api")
	g.Expect(got.code).To(BeZero(), cmp.Or(got.stdout, got.stderr))
	g.Expect(server.Inventory().Logins).To(HaveLen(1), "it belongs to the user")
}
