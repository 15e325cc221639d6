package main

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

func decode(r io.Reader, into any) error { return json.NewDecoder(r).Decode(into) }

// junitTally is what a viewer counts in a JUnit file.
type junitTally struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitFile struct {
	XMLName xml.Name `xml:"testsuites"`
	junitTally
	Suites []struct {
		junitTally
		Cases []struct {
			Name    string    `xml:"name,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
			Skipped *struct{} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func count(present *struct{}) int {
	if present == nil {
		return 0
	}
	return 1
}

// readJUnit checks that attributes and elements agree, suite by suite and in
// all, and returns the sum and the names of the failed cases.
func readJUnit(g Gomega, path string) (sum junitTally, failed []string) {
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	var file junitFile
	g.Expect(xml.Unmarshal(data, &file)).To(Succeed())
	for _, suite := range file.Suites {
		var elements junitTally
		for _, one := range suite.Cases {
			elements.Tests++
			elements.Failures += count(one.Failure)
			elements.Errors += count(one.Error)
			elements.Skipped += count(one.Skipped)
			if one.Failure != nil {
				failed = append(failed, one.Name)
			}
		}
		g.Expect(suite.junitTally).To(Equal(elements))
		sum.Tests += elements.Tests
		sum.Failures += elements.Failures
		sum.Errors += elements.Errors
		sum.Skipped += elements.Skipped
	}
	// Jenkins' schema allows no sum of what was skipped there.
	g.Expect(file.junitTally).To(Equal(junitTally{Tests: sum.Tests, Failures: sum.Failures, Errors: sum.Errors}))
	return sum, failed
}

// agree checks both saved reports against each other and returns the run.
func agree(g Gomega, json, junit string) *report.Run {
	run := saved(g, json)
	c := run.Counts
	sum, _ := readJUnit(g, junit)
	if len(run.Results) == 0 {
		g.Expect(sum).To(Equal(junitTally{Tests: 1, Errors: 1}), "the verdict stands for itself")
		return run
	}
	errors := c.Fault
	if sum.Tests == c.Total+1 {
		g.Expect(c.Failed+c.TimedOut+c.Fault).To(BeZero(), "a verdict of its own stands only for one that has no failure")
		errors++
		sum.Tests--
	}
	g.Expect(sum).To(Equal(junitTally{
		Tests: c.Total, Failures: c.Failed + c.TimedOut, Errors: errors, Skipped: c.Skipped + c.Blocked + c.Waived + c.NotRun,
	}))
	return run
}

func savedReports(t *testing.T) (json, junit string, flags []string) {
	folder := t.TempDir()
	json, junit = filepath.Join(folder, "run.json"), filepath.Join(folder, "junit.xml")
	return json, junit, []string{"--json", json, "--junit", junit}
}

func TestSavedReportsAgree(t *testing.T) {
	g := NewWithT(t)
	json, junit, flags := savedReports(t)
	got := conformance(t, append([]string{"run", "--explore", "0", "--races", "0"}, flags...)...)
	g.Expect(got.code).To(BeZero(), got.stdout)
	run := agree(g, json, junit)
	g.Expect(run.Verdict).To(Equal(report.Conformant))
	g.Expect(run).To(HaveField("Target.Bundled", true))
	g.Expect(run.Leftovers).To(BeEmpty())
	g.Expect(run.Bindings).To(HaveLen(3))
	g.Expect(got.stdout).To(ContainSubstring(fmt.Sprintf("%d behaviours in", run.Counts.Total)))
	g.Expect(got.stdout).To(HaveSuffix("\n" + run.Summary + "\n"))
}

// cancelsTwice is wrong in one thing: rest takes the cancel of a session that
// was cancelled before.
func cancelsTwice(next http.Handler) http.Handler {
	var mu sync.Mutex
	before := map[string]bool{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, "/rest/") || r.URL.RawQuery != "~action=cancel" {
			next.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		again := before[r.URL.Path]
		mu.Unlock()
		if again {
			w.WriteHeader(http.StatusOK)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		if answer.Code == http.StatusOK {
			mu.Lock()
			before[r.URL.Path] = true
			mu.Unlock()
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	})
}

func TestWrongServerIsNotConformant(t *testing.T) {
	g := NewWithT(t)
	json, junit, flags := savedReports(t)
	server, _, args := reference(t, fake.Options{}, cancelsTwice)
	got := conformance(t, append(append(args, "--label-filter", "download_session"), flags...)...)
	g.Expect(got.code).To(Equal(1), got.stdout)
	run := agree(g, json, junit)
	const id = "download_session.cancel.not_active"
	var failed []string
	for _, result := range run.Results {
		if result.Outcome == report.Failed {
			g.Expect(result.Binding).To(Equal("rest"), result.ID)
			failed = append(failed, result.ID)
		}
	}
	g.Expect(failed).To(ContainElement(id))
	g.Expect(failed).To(HaveEach(Or(HavePrefix("download_session.cancel."), HaveSuffix(".then_nothing"))))
	g.Expect(got.stdout).To(And(ContainSubstring(id), ContainSubstring("not conformant: "), ContainSubstring("--focus '"+id+" '")))
	_, cases := readJUnit(g, junit)
	g.Expect(cases).To(ContainElement(HaveSuffix("[rest] (" + id + ")")))
	g.Expect(server.Inventory()).To(Equal(fake.Inventory{}))
}

// tokens collects the logins that a server hands out.
type tokens struct {
	mu   sync.Mutex
	seen []string
}

func (s *tokens) spy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token := r.Header.Get("vmware-api-session-id"); token != "" {
			s.mu.Lock()
			s.seen = append(s.seen, token)
			s.mu.Unlock()
			// An echo is what the worst server would do to a report.
			w.Header().Set("X-Echo", token+" "+base64.StdEncoding.EncodeToString([]byte(testUser+":"+testPassword)))
		}
		next.ServeHTTP(w, r)
	})
}

func TestSecretsOfAServerThatEchoesThem(t *testing.T) {
	g := NewWithT(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "%s %s", r.Header, testPassword)
	}))
	defer web.Close()
	json, junit, flags := savedReports(t)
	got := conformance(t, append([]string{"run", "--target", web.URL, "--username", testUser, "--password", testPassword},
		flags...)...)
	g.Expect(got.code).To(Equal(report.Unusable.ExitCode()))
	agree(g, json, junit)
	saved, err := os.ReadFile(json)
	g.Expect(err).NotTo(HaveOccurred())
	for _, secret := range []string{testPassword, base64.StdEncoding.EncodeToString([]byte(testUser + ":" + testPassword))} {
		g.Expect(got.stdout + got.stderr + string(saved)).NotTo(ContainSubstring(secret))
	}
}

func TestADashIsStandardOutputForOneReport(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, append(append([]string{"run"}, only...), "--json", "-")...)
	g.Expect(got.code).To(BeZero(), got.stderr)
	var run report.Run
	g.Expect(json.Unmarshal([]byte(got.stdout), &run)).To(Succeed(), got.stdout)
	g.Expect(run.Results).NotTo(BeEmpty())
	g.Expect(got.stderr).To(ContainSubstring("conformant"))
	for _, arguments := range [][]string{{"--json", "-", "--tap", "-"}, {"--json", "-", "--events", "-"}} {
		g.Expect(conformance(t, append([]string{"run"}, arguments...)...).code).To(Equal(exitUsage))
	}
}

func TestAnnotationsComeBesideFiles(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	saved := filepath.Join(folder, "run.json")
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	conformance(t, append(append(run, only...), "--json", saved)...)
	got := conformance(t, "report", saved, "--markdown", filepath.Join(folder, "summary.md"), "--github")
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(HavePrefix("::error "))
}
