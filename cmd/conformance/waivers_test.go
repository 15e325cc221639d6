package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// forgetsToDelete answers a delete of a download session in rest and leaves it.
func forgetsToDelete(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete && strings.HasPrefix(r.URL.Path, "/rest/") &&
			strings.Contains(r.URL.Path, "/download-session/") {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// only keeps the runs of this file short.
var only = []string{"--label-filter", "rest && download_session && (delete || get)"}

const forgiven = `waivers:
  - behaviour: download_session.delete.*
    bindings: [rest]
    reason: sessions are
      deleted at night
    owner: storage team
    link: https://tracker.example/123
    expires: 2999-12-31
`

func TestAWaivedRunSaysSo(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	json := filepath.Join(t.TempDir(), "run.json")
	got := conformance(t, append(append(run, only...), "--waivers", written(t, "w.yaml", forgiven), "--json", json)...)
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
	g.Expect(got.stdout).To(MatchRegexp(`\nconformant with 1 waiver, partial \(\d skipped, \d+ waived, filtered\): \d+ behaviours passed`))
	told := saved(g, json)
	g.Expect(told.Waivers).To(HaveLen(1))
	g.Expect(told.Counts.Waived).To(And(BeNumerically(">", 0), Equal(told.Waivers[0].Waived)))
	for _, result := range told.Results {
		if result.Outcome == report.Waived {
			g.Expect(result.ID).To(HavePrefix("download_session.delete."))
			g.Expect(result.Message).To(HavePrefix("waived: sessions are deleted at night (storage team, until 2999-12-31) https://tracker.example/123\nit failed: expected "))
		}
	}
}

func TestAWaiverForOtherBindingsExcusesNothing(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	got := conformance(t, append(append(run, only...), "--waivers",
		written(t, "w.yaml", strings.Replace(forgiven, "[rest]", "[api]", 1)))...)
	g.Expect(got.code).To(Equal(report.NotConformant.ExitCode()))
}

func TestAWaiverThatIsNotNeededFailsTheRun(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, append(append([]string{"run"}, only...), "--waivers", written(t, "w.yaml", forgiven))...)
	g.Expect(got.code).To(Equal(exitUsage), got.stdout)
	g.Expect(got.stdout).To(ContainSubstring("conformant"))
	g.Expect(one(g, got.stderr)).To(And(ContainSubstring("w.yaml:2: "), ContainSubstring("no longer needed"),
		ContainSubstring("delete it")))
}

// What a filter leaves out says nothing about a waiver.
func TestAWaiverThatWasNotTriedIsNotUnneeded(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "run", "--label-filter", "api && login", "--waivers", written(t, "w.yaml", forgiven))
	g.Expect(got.code).To(BeZero(), got.stderr)
}

func TestAWrongWaiverIsOneLineThatSaysWhere(t *testing.T) {
	change := func(old, other string) string { return strings.Replace(forgiven, old, other, 1) }
	for _, test := range []struct {
		name, file string
		want       []string
	}{
		{"expired", change("2999-12-31", "2020-01-31"), []string{"w.yaml:2: ", "expired on 2020-01-31", "storage team"}},
		{"no day", change("2999-12-31", "soon"), []string{"w.yaml:2: ", `"soon"`, "2027-01-31"}},
		{"names nothing", change("delete.*", "remove.*"), []string{"w.yaml:2: ", "download_session.remove.*", "conformance list"}},
		{"called otherwise now", change("download_session.delete.*", "download_session.cancel.state_concurrent"),
			[]string{"w.yaml:2: ", "is called \"download_session.concurrency.linearizable\" now"}},
		{"not in the binding", change("[rest]", "[rest, soap]"), []string{"w.yaml:2: ", `"soap"`}},
		{"broken pattern", change("delete.*", "delete.["), []string{"w.yaml:2: ", "cannot be read"}},
		{"no owner", change("owner: storage team\n", "owner: ''\n"), []string{"w.yaml:2: ", "has no owner"}},
		{"no reason", change("reason: sessions are\n      deleted at night", "reason: ''"), []string{"w.yaml:2: ", "has no reason"}},
		{"unfinished", change("storage team", "FIXME"), []string{"w.yaml: still \"FIXME\", write: owner in line "}},
		{"unknown key", change("owner:", "woner:"), []string{"w.yaml:2: ", "there is no woner", "behaviour, bindings, reason"}},
		{"twice", forgiven + strings.TrimPrefix(forgiven, "waivers:\n"), []string{"w.yaml:9: ", "twice", "line 2"}},
		{"empty", "", []string{"w.yaml: ", "no waiver in it"}},
		{"no list", "waivers: 3", []string{"w.yaml: "}},
		{"no YAML", "waivers: [", []string{"w.yaml: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			got := conformance(t, "run", "--waivers", written(t, "w.yaml", test.file))
			g.Expect(got.code).To(Equal(exitUsage), got.stdout)
			line := one(g, got.stderr)
			for _, want := range test.want {
				g.Expect(line).To(ContainSubstring(want))
			}
		})
	}
}

func TestInitWritesWhatAPersonMustFinish(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	json, waivers := filepath.Join(folder, "run.json"), filepath.Join(folder, "w.yaml")
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	args := append(append(run, only...), "--strict")
	g.Expect(conformance(t, append(args, "--json", json)...).code).To(Equal(report.NotConformant.ExitCode()))
	got := conformance(t, "waivers", "init", json, "--output", waivers)
	g.Expect(got.code).To(BeZero(), got.stderr)

	unfinished := conformance(t, append(args, "--waivers", waivers)...)
	g.Expect(unfinished.code).To(Equal(exitUsage))
	g.Expect(one(g, unfinished.stderr)).To(MatchRegexp(`: still "FIXME", write: reason in line \d+, owner in line \d+`))

	data, err := os.ReadFile(waivers)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(waivers, []byte(strings.ReplaceAll(string(data), "FIXME", "ours")), 0o600)).To(Succeed())
	finished := conformance(t, append(args, "--waivers", waivers)...)
	g.Expect(finished.code).To(BeZero(), finished.stdout+finished.stderr)

	again := conformance(t, "waivers", "init", json, "--output", waivers)
	g.Expect(again.code).To(Equal(exitUsage))
	g.Expect(one(g, again.stderr)).To(ContainSubstring("is there already"))
}

func TestRerunRunsWhatDidNotPass(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	first, second := filepath.Join(folder, "1.json"), filepath.Join(folder, "2.json")
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	conformance(t, append(append(run, only...), "--json", first)...)
	conformance(t, append(run, "--rerun", first, "--json", second)...)
	var failed []string
	for _, result := range saved(g, first).Results {
		if result.Outcome != report.Passed && result.Outcome != report.Observed {
			failed = append(failed, result.ID)
		}
	}
	g.Expect(failed).NotTo(BeEmpty())
	var again []string
	for _, result := range saved(g, second).Results {
		again = append(again, result.ID)
	}
	g.Expect(again).To(Equal(failed))

	passed := filepath.Join(folder, "passed.json")
	conformance(t, "run", "--label-filter", "rest && download_session && cancel", "--json", passed)
	got := conformance(t, "run", "--rerun", passed)
	g.Expect(got.code).To(BeZero())
	g.Expect(one(g, got.stderr)).To(ContainSubstring("nothing failed there"))
}

func TestDiffNamesWhatChanged(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	right, wrong := filepath.Join(folder, "right.json"), filepath.Join(folder, "wrong.json")
	conformance(t, append(append([]string{"run"}, only...), "--json", right)...)
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	conformance(t, append(append(run, only...), "--json", wrong)...)

	worse := conformance(t, "diff", right, wrong)
	g.Expect(worse.code).To(Equal(report.NotConformant.ExitCode()))
	g.Expect(worse.stdout).To(And(
		HavePrefix("Regressions ("), ContainSubstring("MUST   download_session.delete.ok [rest] failed, was passed\n         expected "),
		MatchRegexp(`\n\d+ regressions, 0 fixed, 0 not judged any more, 0 vanished, 0 new, \d+ as before\n$`)))
	better := conformance(t, "diff", wrong, right)
	g.Expect(better.code).To(BeZero())
	g.Expect(better.stdout).To(ContainSubstring("download_session.delete.ok [rest] passed, was failed\n"))
	g.Expect(conformance(t, "diff", right, right).stdout).To(HavePrefix("0 regressions, 0 fixed, "))
	for _, arguments := range [][]string{{"diff", right}, {"diff", right, filepath.Join(folder, "no.json")}, {"report"},
		{"report", written(t, "x.json", "{}")}} {
		got := conformance(t, arguments...)
		g.Expect(got.code).To(Equal(exitUsage), "%v", arguments)
		one(g, got.stderr)
	}
}

func TestDiffKnowsTheIDsOfEarlierSuites(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "run.json")
	conformance(t, "run", "--focus", "concurrency", "--label-filter", "rest", "--races", "60", "--json", path)
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	old := strings.ReplaceAll(string(data), `"download_session.concurrency.linearizable"`, `"download_session.cancel.state_concurrent"`)
	g.Expect(old).NotTo(Equal(string(data)))
	g.Expect(conformance(t, "diff", written(t, "old.json", old), path).stdout).To(
		HaveSuffix("0 regressions, 0 fixed, 0 not judged any more, 0 vanished, 1 new, 1 as before\n"))
}

func TestReportRendersASavedRunAsItWas(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	live := conformance(t, append(append(run, only...), "--json", at("run.json"), "--junit", at("live.xml"))...)
	got := conformance(t, "report", at("run.json"))
	g.Expect(got.code).To(BeZero(), got.stderr)
	// Which files were written, the live run alone can tell.
	g.Expect(got.stdout).To(Equal(regexp.MustCompile(`(?m)^reports .*\n(?: +.*\n)*`).ReplaceAllString(live.stdout, "")))
	g.Expect(conformance(t, "report", at("run.json"), "--junit", at("later.xml")).code).To(BeZero())
	later, err := os.ReadFile(at("later.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.ReadFile(at("live.xml"))).To(Equal(later))
}

func TestInitWritesWhatIsGivenForAll(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	json, file := filepath.Join(folder, "run.json"), filepath.Join(folder, "w.yaml")
	_, _, run := reference(t, fake.Options{}, forgetsToDelete)
	args := append(append(run, only...), "--strict")
	conformance(t, append(args, "--json", json)...)

	wrong := conformance(t, "waivers", "init", json, "--output", file, "--expires", "soon")
	g.Expect(wrong.code).To(Equal(exitUsage))
	g.Expect(one(g, wrong.stderr)).To(ContainSubstring(`--expires "soon"`))
	got := conformance(t, "waivers", "init", json, "--output", file, "--reason", "until 4.2", "--owner", "storage", "--expires", "2999-01-31")
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stderr).To(ContainSubstring("use it with conformance run --waivers"))

	finished := conformance(t, append(args, "--waivers", file)...)
	g.Expect(finished.code).To(BeZero(), finished.stdout+finished.stderr)
	g.Expect(finished.stdout).To(ContainSubstring("until 4.2 (storage, until 2999-01-31)"))
}
