package suites_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/file"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// divided are options under which all outcomes that decide appear, on a server
// that has no cancel in rest.
var divided = suites.Options{
	Username: "admin", Password: "secret", Seed: 7, NoReplay: true,
	LabelFilter: "(rest || api) && download_session && (cancel || get || create)",
	Waivers: []suites.Waiver{{Behaviour: "download_session.cancel.u*", Note: "known"},
		{Behaviour: "download_session.get.ok", Note: "needless"}},
}

// withoutCancel is the URL of that server.
func withoutCancel(t *testing.T) string {
	t.Helper()
	server, err := fake.New(fake.Options{})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	cancels := func(r *http.Request) bool {
		return strings.HasPrefix(r.URL.Path, "/rest") && strings.HasSuffix(r.URL.RawQuery, "action=cancel")
	}
	web := httptest.NewServer(answering(cancels, http.StatusInternalServerError)(server))
	t.Cleanup(func() { web.Close(); server.Close() })
	return web.URL
}

// judgeShards judges each shard on its own, and returns them as they are read
// from their files.
func judgeShards(t *testing.T, options suites.Options, total int) []suites.SavedShard {
	t.Helper()
	shards := make([]suites.SavedShard, total)
	var group sync.WaitGroup
	for i := range shards {
		group.Go(func() {
			own := options
			own.Shard = suites.Shard{Index: i + 1, Total: total}
			run, err := suites.Run(t.Context(), own)
			if err == nil {
				shards[i] = suites.SavedShard{Name: fmt.Sprintf("shard-%d.json", i+1), Run: savedAndRead(t, run)}
			}
			NewWithT(t).Expect(err).NotTo(HaveOccurred())
		})
	}
	group.Wait()
	return shards
}

// savedAndRead is a run as its file has it.
func savedAndRead(t *testing.T, run *report.Run) *report.Run {
	t.Helper()
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "run.json")
	written := file.Write(path, func(w io.Writer) error { return report.Write(w, run) })
	g.Expect(written).To(Succeed())
	read, err := report.Read(path)
	g.Expect(err).NotTo(HaveOccurred())
	return read
}

// madeUp are the ids that servers and suite make up, which no two runs share.
var madeUp = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// timeless is a run without what no two runs share: times, and what was sent
// and answered, of which only that there was something counts.
func timeless(g Gomega, run *report.Run) string {
	whole := *run
	whole.Started, whole.DurationMS, whole.Results, whole.Cost = time.Time{}, 0, nil, report.Cost{}
	for _, result := range run.Results {
		result.Started, result.DurationMS, result.Items = time.Time{}, 0, nil
		if len(result.Exchanges) > 0 {
			result.Exchanges = []report.Exchange{}
		}
		whole.Results = append(whole.Results, result)
	}
	data, err := json.MarshalIndent(whole, "", " ")
	g.Expect(err).NotTo(HaveOccurred())
	return madeUp.ReplaceAllString(string(data), "ID")
}

// A part that passed must not pass for the whole.
func TestAShardSaysThatItIsOne(t *testing.T) {
	g := NewWithT(t)
	options := divided
	options.Target, options.LabelFilter, options.Waivers = withoutCancel(t), "api && download_session && create", nil
	for _, one := range judgeShards(t, options, 16) {
		g.Expect(one.Run).To(HaveField("Partial", true))
		g.Expect(one.Run.Summary).To(MatchRegexp(`^conformant, partial \(.*shard \d+ of 16\)`))
	}
}

func TestShardsThatAreNoWholeAreRefused(t *testing.T) {
	options := divided
	options.Target, options.LabelFilter = withoutCancel(t), "api && download_session && (create || get)"
	judged := judgeShards(t, options, 3)
	other := func(change func(*suites.Options)) suites.SavedShard {
		changed := options
		change(&changed)
		return judgeShards(t, changed, 3)[1]
	}
	edited := func(change func(*report.Run)) suites.SavedShard {
		run := *judged[1].Run
		change(&run)
		return suites.SavedShard{Name: "edited.json", Run: &run}
	}
	for name, test := range map[string]struct {
		shards []suites.SavedShard
		want   string
	}{
		"none":    {nil, "there is no shard"},
		"missing": {judged[:2], "shard 3/3 is missing"},
		"twice":   {append(judged[:3:3], judged[0]), "shard 1/3 is there twice: shard-1.json and shard-1.json"},
		"of more": {append(judged[:2:2], edited(func(run *report.Run) { run.Options.Shard = "3/4" })),
			"edited.json is shard 3/4, but shard-1.json is shard 1/3"},
		"no shard": {append(judged[:2:2], edited(func(run *report.Run) { run.Options.Shard = "" })), "edited.json is no shard"},
		"suite": {[]suites.SavedShard{judged[0], edited(func(run *report.Run) { run.Suite.Commit = "abc" }), judged[2]},
			`suite.commit is "abc", not none`},
		"target": {[]suites.SavedShard{judged[0], other(func(o *suites.Options) { o.Target = withoutCancel(t) }), judged[2]},
			"target.url is"},
		"release": {[]suites.SavedShard{judged[0], other(func(o *suites.Options) { o.Release = "9.0" }), judged[2]},
			`target.release is "9.0", not "auto"`},
		"options": {[]suites.SavedShard{judged[0], other(func(o *suites.Options) { o.Strict = true }), judged[2]},
			"options.strict is true, not false"},
		"seed": {[]suites.SavedShard{judged[0], other(func(o *suites.Options) { o.Seed = 0 }), judged[2]},
			"options.seed is 1, not 7"},
		"waivers": {[]suites.SavedShard{judged[0], other(func(o *suites.Options) { o.Waivers = nil }), judged[2]}, "waivers is none"},
		"bindings": {[]suites.SavedShard{judged[0], edited(func(run *report.Run) {
			run.Bindings = append([]report.Binding{}, run.Bindings...)
			run.Bindings[0].Served = !run.Bindings[0].Served
		}), judged[2]}, "bindings[0].served is"},
		"result": {[]suites.SavedShard{judged[0], edited(func(run *report.Run) { run.Results = judged[2].Run.Results }), judged[2]},
			"is of another shard"},
	} {
		t.Run(name, func(t *testing.T) {
			merged, err := suites.Merge(test.shards)
			g := NewWithT(t)
			g.Expect(err).To(MatchError(ContainSubstring(test.want)))
			g.Expect(merged).To(BeNil())
		})
	}
}

// What one shard could not judge, the whole has not judged.
func TestAShardThatEndedEarlySpoilsTheWhole(t *testing.T) {
	options := divided
	options.Target, options.LabelFilter, options.Waivers = withoutCancel(t), "api && download_session && create", nil
	judged := judgeShards(t, options, 2)
	for _, test := range []struct {
		verdict report.Verdict
		results []report.Result
		want    report.Verdict
	}{
		{report.Unusable, nil, report.Unusable},
		{report.Faulty, judged[1].Run.Results, report.Faulty},
		{report.Interrupted, nil, report.Interrupted},
	} {
		g := NewWithT(t)
		ended := *judged[1].Run
		ended.Verdict, ended.Summary, ended.Results = test.verdict, "it ended early", test.results
		if ended.Counts = report.Count(test.results); test.results == nil {
			ended.Bindings, ended.Waivers = nil, nil
		}
		merged, err := suites.Merge([]suites.SavedShard{judged[0], {Name: "ended.json", Run: &ended}})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(merged.Verdict).To(Equal(test.want))
		if merged.Verdict == report.Interrupted {
			g.Expect(merged).To(HaveField("Partial", true))
		}
	}
}

func TestShardsAreAboutAsLarge(t *testing.T) {
	g := NewWithT(t)
	whole, err := suites.List(suites.Filter{})
	g.Expect(err).NotTo(HaveOccurred())
	sizes := make([]int, 16)
	for _, entry := range whole {
		for _, binding := range entry.Bindings {
			for i := range sizes {
				shard := suites.Shard{Index: i + 1, Total: len(sizes)}
				if shard.Holds(entry.ID, binding.Binding, "path", "json") {
					sizes[i]++
				}
			}
		}
	}
	for i, size := range sizes {
		g.Expect(size).To(BeNumerically("~", len(whole)*3/16, len(whole)*3/32), "shard %d of %v", i+1, sizes)
	}
}

func TestParseShardRefusesWhatIsNone(t *testing.T) {
	g := NewWithT(t)
	for _, text := range []string{"", "1", "0/3", "4/3", "-1/3", "1/0", "a/b", "1/2/3", "1/1001", "1 /2"} {
		_, err := suites.ParseShard(text)
		g.Expect(err).To(MatchError(ContainSubstring("such as 2/5")), text)
	}
	shard, err := suites.ParseShard("2/5")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(shard.String()).To(Equal("2/5"))
}
