// This judges a server by a hundred shards; make test runs it without the race
// detector.

//go:build !race

package suites_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

func TestTheMergedShardsAreTheWholeRun(t *testing.T) {
	g := NewWithT(t)
	options := divided
	options.Target = withoutCancel(t)
	whole, err := suites.Run(t.Context(), options)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(whole.Counts.Failed).To(BeNumerically(">", 0))
	g.Expect(whole.Counts.Blocked).To(BeNumerically(">", 0))
	g.Expect(whole.Counts.Waived).To(BeNumerically(">", 0))
	want := timeless(g, savedAndRead(t, whole))
	for total := 1; total <= 16; total++ {
		merged, err := suites.Merge(judgeShards(t, options, total))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(timeless(g, merged)).To(Equal(want), "%d shards", total)
	}
}

// The histories of a run are walked by one shard each, and what they find is told
// where the whole run tells it.
func TestTheMergedShardsExploreAsTheWholeRun(t *testing.T) {
	for name, test := range map[string]struct {
		server   func(*testing.T) string
		findings int
	}{
		"right": {func(t *testing.T) string { return serve(t, fake.New) }, 0},
		// Its fault is behind a path that no behaviour goes.
		"wrong": {func(t *testing.T) string {
			mutant, err := mutants.Find("history.download_session.keep_alive.refused.after_file_get_keep_alive@rest")
			NewWithT(t).Expect(err).NotTo(HaveOccurred())
			return serve(t, mutant.New)
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			options := suites.Options{
				Target: test.server(t), Username: "admin", Password: "secret", Seed: 7, NoReplay: true,
				LabelFilter: "api || rest", Explore: 2500,
			}
			whole, err := suites.Run(t.Context(), options)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(whole.Exploration.Findings).To(HaveLen(test.findings), whole.Summary)
			for _, total := range []int{1, 3, 16} {
				merged, err := suites.Merge(judgeShards(t, options, total))
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(found(merged)).To(Equal(found(whole)), "%d shards", total)
				g.Expect(merged.Exploration.Histories).To(BeNumerically(">=", whole.Exploration.Histories), "%d shards", total)
				g.Expect(merged.ExitCode).To(Equal(whole.ExitCode), merged.Summary)
			}
		})
	}
}

// serve is the URL of a server that the function makes.
func serve[H interface {
	http.Handler
	Close()
}](t *testing.T, new func(fake.Options) (H, error)) string {
	t.Helper()
	server, err := new(fake.Options{})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	return web.URL
}

// found is what a run accuses and, of histories, what was met; on a server that
// broke a cell, it depends on the order what is known of its sessions then.
func found(run *report.Run) string {
	var all []string
	for _, result := range run.Results {
		all = append(all, fmt.Sprint(result.ID, " ", result.VariantName(), " ", result.Outcome))
	}
	for _, finding := range run.Exploration.Findings {
		all = append(all, fmt.Sprint(finding.Behaviour, finding.Bindings))
	}
	if len(run.Exploration.Findings) == 0 {
		for _, edge := range run.Exploration.Edges {
			edge.Count = 0
			all = append(all, fmt.Sprint(edge))
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// A race that one shard ran judges the behaviour that another one has.
func TestTheMergedShardsRaceAsTheWholeRun(t *testing.T) {
	g := NewWithT(t)
	options := suites.Options{
		Target: serve(t, fake.New), Username: "admin", Password: "secret", NoReplay: true,
		LabelFilter: "download_session || downloadsession.file || update_session || updatesession.file", Races: 600,
	}
	merged, err := suites.Merge(judgeShards(t, options, 5))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Verdict).To(Equal(report.Conformant), merged.Summary)
	raced := 0
	for _, result := range merged.Results {
		if strings.HasSuffix(result.ID, ".linearizable") {
			g.Expect(result.Outcome).To(Equal(report.Passed), result.ID+" in "+result.VariantName())
			raced++
		}
	}
	g.Expect(raced).To(Equal(6))
}
