package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/report"
)

var firstDay = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// runOn is a run of acme on a day, of behaviours by their outcomes.
func runOn(day int, release string, outcomes map[string]report.Outcome) Saved {
	run := &report.Run{
		Target:  report.Target{URL: "http://acme.example", Product: "acme", ProductRelease: release},
		Started: firstDay.AddDate(0, 0, day), Verdict: report.Conformant, Summary: "conformant",
		Suite: report.Suite{Name: "conformance", Version: "v1.0.0"},
	}
	for id, outcome := range outcomes {
		result := report.Result{ID: id, Binding: "api", Outcome: outcome}
		if outcome.Wrong() {
			run.Verdict, run.Summary, result.Message = report.NotConformant, "not conformant", "expected </script>, got <b>"
		}
		run.Results = append(run.Results, result)
	}
	return Saved{Name: fmt.Sprintf("day-%d.json", day), Run: run}
}

func unchanged(id string) string { return id }

const (
	right  = report.Passed
	failed = report.Failed
)

// months are four runs of two releases; b got wrong with the second.
func months() []Saved {
	return []Saved{
		runOn(0, "4.9", map[string]report.Outcome{"s.a": right, "s.b": right, "s.old": right}),
		runOn(1, "4.10", map[string]report.Outcome{"s.a": right, "s.b": failed, "s.new": failed}),
		runOn(2, "4.10", map[string]report.Outcome{"s.a": right, "s.b": failed, "s.new": right}),
		runOn(3, "4.10", map[string]report.Outcome{"s.a": failed, "s.b": failed, "s.new": right}),
	}
}

func made(t testing.TB, saved []Saved, current func(string) string) map[string]string {
	t.Helper()
	files, err := Make(saved, current)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, file := range files {
		texts[file.Path] = string(file.Bytes)
	}
	return texts
}

func TestTheSiteIsTheSameForTheSameRuns(t *testing.T) {
	g := NewWithT(t)
	runs := months()
	files := made(t, runs, unchanged)
	goldie.New(t).Assert(t, "index.html", []byte(files["index.html"]))
	slices.Reverse(runs)
	g.Expect(made(t, runs, unchanged)).To(Equal(files))
}

func TestAFaultIsToldSinceTheFirstRunInARowThatHasIt(t *testing.T) {
	g := NewWithT(t)
	s := read(months(), unchanged)
	newest := s.Editions[len(s.Editions)-1]
	g.Expect(newest.Release).To(Equal("4.10"), "behind 4.9")
	g.Expect(s.since(newest, "s.b")).To(Equal("2026-03-02"))
	g.Expect(s.since(newest, "s.a")).To(Equal("2026-03-04"))
}

func TestABehaviourThatWasRenamedGoesOnUnderItsNewName(t *testing.T) {
	g := NewWithT(t)
	current := func(id string) string { return strings.Replace(id, "s.old", "s.new", 1) }
	s := read(months(), current)
	g.Expect(s.Behaviours).To(Equal([]string{"s.a", "s.b", "s.new"}))
	g.Expect(s.Runs[0].worst).To(HaveKeyWithValue("s.new", right))
}

func TestACellShowsTheWorstOfItsVariants(t *testing.T) {
	g := NewWithT(t)
	run := runOn(0, "", nil)
	for _, outcome := range []report.Outcome{right, report.Warned, failed, report.Skipped, right} {
		run.Run.Results = append(run.Run.Results, report.Result{ID: "s.a", Outcome: outcome})
	}
	g.Expect(read([]Saved{run}, unchanged).Runs[0].worst).To(HaveKeyWithValue("s.a", failed))
	for _, outcome := range report.Outcomes {
		g.Expect(order).To(ContainElement(outcome))
		g.Expect(signs).To(HaveKey(outcome))
		g.Expect(letters).To(HaveKey(outcome))
	}
}

func TestEachReleaseHasABadge(t *testing.T) {
	g := NewWithT(t)
	other := runOn(5, "4/10", map[string]report.Outcome{"s.a": right})
	unusable := runOn(6, "", nil)
	unusable.Run.Verdict, unusable.Run.Target.Product = report.Unusable, "<i>"
	files := made(t, append(months(), other, unusable), unchanged)
	var badge map[string]any
	g.Expect(json.Unmarshal([]byte(files["badges/acme-4.10.json"]), &badge)).To(Succeed())
	g.Expect(badge).To(Equal(map[string]any{"schemaVersion": 1.0, "label": "session API", "message": "not conformant 1/3", "color": "red"}))
	g.Expect(files).To(HaveKey("badges/acme-4-10.svg"))
	g.Expect(files["badges/i.svg"]).To(ContainSubstring("not judged"))
	goldie.New(t).Assert(t, "badge.svg", []byte(files["badges/acme-4.9.svg"]))
}

func TestBadgesOfDifferentReleasesNeverShareAFile(t *testing.T) {
	g := NewWithT(t)
	a, b := runOn(0, "4+1", map[string]report.Outcome{"s.a": right}), runOn(1, "4 1", map[string]report.Outcome{"s.a": failed})
	g.Expect(made(t, []Saved{a, b}, unchanged)).To(And(HaveKey("badges/acme-4-1.svg"), HaveKey("badges/acme-4-1-2.svg")))
}

// Fifty whole runs of today's size are one page of less than three megabytes.
func TestFiftyRunsFitAPage(t *testing.T) {
	var runs []Saved
	for day := range 50 {
		outcomes := map[string]report.Outcome{}
		for i := range 300 {
			outcomes[fmt.Sprintf("updatesession.file.operation.behaviour_%03d", i)] = []report.Outcome{right, right, failed}[(i+day)%3]
		}
		runs = append(runs, runOn(day, fmt.Sprintf("4.%d", day%25), outcomes))
	}
	NewWithT(t).Expect(len(made(t, runs, unchanged)["index.html"])).To(BeNumerically("<", 3<<20))
}

func BenchmarkFiftyRuns(b *testing.B) {
	var runs []Saved
	for day := range 50 {
		outcomes := map[string]report.Outcome{}
		for i := range 300 {
			outcomes[fmt.Sprintf("s.behaviour_%03d", i)] = []report.Outcome{right, right, failed}[(i+day)%3]
		}
		runs = append(runs, runOn(day, fmt.Sprintf("4.%d", day%25), outcomes))
	}
	for b.Loop() {
		made(b, runs, unchanged)
	}
}
