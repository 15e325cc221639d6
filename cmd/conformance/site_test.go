package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// saveRun saves a run to a file of the folder.
func saveRun(t *testing.T, path string, run *report.Run) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := (format{write: report.Write, wellFormed: report.Check}).save(path, run); err != nil {
		t.Fatal(err)
	}
}

func TestASiteIsMadeOfAllRunsBelowAFolder(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	saveRun(t, filepath.Join(folder, "a", "run.json"), reporttest.Run())
	saveRun(t, filepath.Join(folder, "b", "run.json"), reporttest.Run())
	// Once more, with its own badges in the folder.
	out := filepath.Join(folder, "site")
	for range 2 {
		got := conformance(t, "site", folder, "--out", out)
		g.Expect(got.code).To(BeZero(), got.stderr)
		g.Expect(got.stdout).To(Equal("wrote " + filepath.Join(out, "index.html") + " with 2 runs\n"))
	}
	g.Expect(os.ReadFile(filepath.Join(out, "index.html"))).To(ContainSubstring("a/run.json"))
	g.Expect(file.CheckWritable(filepath.Join(out, "badges", "x"))).To(Succeed())
}

// What an old run judged by behaviours that there are no more stands with the one that
// judges it now, the worst of them.
func TestASiteShowsABehaviourThatWentUnderTheOneThatJudgesItNow(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	run := reporttest.Run()
	var worst string
	for i, id := range []string{"update_session.cancel.state_concurrent", "update_session.create.busy_concurrent"} {
		outcome := []report.Outcome{report.Passed, report.Failed}[i]
		at := slices.IndexFunc(run.Results, func(r report.Result) bool { return r.Outcome == outcome })
		run.Results[at].ID, worst = id, run.Results[at].Headline()
	}
	saveRun(t, filepath.Join(folder, "run.json"), run)
	out := filepath.Join(folder, "site")
	got := conformance(t, "site", folder, "--out", out)
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(os.ReadFile(filepath.Join(out, "index.html"))).To(And(ContainSubstring(worst),
		ContainSubstring("update_session.concurrency.linearizable"), Not(ContainSubstring("_concurrent"))))
}

func TestASiteOfWhatCannotBeReadIsOneLine(t *testing.T) {
	g := NewWithT(t)
	empty := conformance(t, "site", t.TempDir())
	g.Expect(empty.code).To(Equal(exitUsage))
	g.Expect(one(g, empty.stderr)).To(ContainSubstring("has no saved run"))
	folder := filepath.Dir(written(t, "killed.json", `{"schema": "conformance/run/v1"`))
	damaged := conformance(t, "site", folder, "--out", t.TempDir())
	g.Expect(damaged.code).To(Equal(exitFault))
	g.Expect(one(g, damaged.stderr)).To(ContainSubstring("killed.json"))
}
