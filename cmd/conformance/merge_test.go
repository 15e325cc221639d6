package main

import (
	"fmt"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

func TestShardsOfSeveralProcessesAreMerged(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, cancelsAnything)
	run = append(run, "--label-filter", "rest && download_session && cancel")
	folder := t.TempDir()
	var shards []string
	for i := range 3 {
		shards = append(shards, filepath.Join(folder, fmt.Sprintf("shard-%d.json", i+1)))
		got := conformance(t, append(run, "--shard", fmt.Sprintf("%d/3", i+1), "--json", shards[i])...)
		g.Expect(got.code).To(BeNumerically("<", 2), got.stderr)
	}
	whole := filepath.Join(folder, "run.json")
	got := conformance(t, append([]string{"merge", "--json", whole}, shards...)...)
	g.Expect(got.code).To(Equal(report.NotConformant.ExitCode()), got.stderr)
	g.Expect(got.stdout).To(ContainSubstring("FAIL  download_session.cancel: expected 404 not_found, got 200 with no body"))
	g.Expect(saved(g, whole).Options.Shard).To(BeEmpty())

	for want, files := range map[string][]string{
		"shard 2/3 is missing": {shards[0], shards[2]},
		"is there twice":       {shards[0], shards[1], shards[2], shards[0]},
		"is no shard":          {whole},
		"no such file":         {shards[0], shards[1], filepath.Join(folder, "lost.json")},
		"ends too early":       {shards[0], shards[1], written(t, "killed.json", `{"schema"`)},
	} {
		got := conformance(t, append([]string{"merge"}, files...)...)
		g.Expect(got.code).To(Equal(exitFault), want)
		g.Expect(one(g, got.stderr)).To(ContainSubstring(want))
		g.Expect(got.stdout).To(BeEmpty())
	}
}

func TestAShardIsNamedByTheJobsVariables(t *testing.T) {
	for _, test := range []struct {
		variables map[string]string
		arguments []string
		want      string
	}{
		{map[string]string{"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5"}, nil, "shard: 2/5 +# CI_NODE_INDEX and CI_NODE_TOTAL"},
		{map[string]string{"JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "4"}, nil, "shard: 1/4 +# JOB_COMPLETION_INDEX and JOB_COMPLETIONS"},
		// GitLab tells how many jobs there are where there is one.
		{map[string]string{"CI_NODE_TOTAL": "1"}, nil, "# shard:"},
		// An index of a Job may stand for something else.
		{map[string]string{"JOB_COMPLETION_INDEX": "3"}, nil, "# shard:"},
		{map[string]string{"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5", "CONFORMANCE_SHARD": "3/5"}, nil, "shard: 3/5 +# CONFORMANCE_SHARD"},
		{map[string]string{"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5"}, []string{"--shard", "1/1"}, "shard: 1/1 +# --shard"},
	} {
		t.Run(test.want, func(t *testing.T) {
			for name, value := range test.variables {
				t.Setenv(name, value)
			}
			got := conformance(t, append([]string{"config"}, test.arguments...)...)
			NewWithT(t).Expect(got.stdout).To(MatchRegexp(`(?m)^` + test.want + `$`))
		})
	}
}

func TestAShardThatIsNoneIsWrongUsage(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "run", "--shard", "3/2")
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(ContainSubstring(`--shard "3/2" is no shard`))
	t.Setenv("CI_NODE_INDEX", "two")
	t.Setenv("CI_NODE_TOTAL", "2")
	got = conformance(t, "run")
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(ContainSubstring(`CI_NODE_INDEX is "two"`))
}

// What one shard did not need, another one may.
func TestOnlyTheWholeTellsWhichWaiverIsNotNeeded(t *testing.T) {
	g := NewWithT(t)
	_, _, run := reference(t, fake.Options{}, asItIs)
	waivers := written(t, "waivers.yaml", `waivers:
  - {behaviour: download_session.cancel.*, reason: known, owner: storage, expires: 2999-01-31}
`)
	shard := filepath.Join(t.TempDir(), "shard.json")
	run = append(run, "--waivers", waivers, "--focus", "download_session.cancel", "--label-filter", "api", "--json", shard)
	g.Expect(conformance(t, append(run, "--shard", "1/2")...).code).To(BeZero())
	g.Expect(conformance(t, append(run, "--shard", "1/1")...).code).To(Equal(exitUsage))
	got := conformance(t, "merge", shard)
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(got.stderr).To(ContainSubstring("the waiver of download_session.cancel.* is no longer needed"))
}

func TestVersionTellsWhatTheReportTells(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, "version")
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(MatchRegexp(`^conformance %s\ncommit   \S+\nbuilt    by go\S+ for \w+/\w+\n$`, `\S+`))
	path := filepath.Join(t.TempDir(), "run.json")
	conformance(t, "run", "--focus", "download_session.cancel.ok", "--json", path)
	suite := saved(g, path).Suite
	g.Expect(got.stdout).To(HavePrefix("conformance " + suite.Version + "\n"))
	if suite.Commit != "" {
		g.Expect(got.stdout).To(ContainSubstring("commit   " + suite.Commit + "\n"))
	}
}
