package sarif

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	reader "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

func TestGolden(t *testing.T) {
	got := reporttest.Written(t, Write, reporttest.Run())

	goldie.New(t, goldie.WithNameSuffix(".sarif")).Assert(t, "every-outcome", got)
}

// The library has the schema of OASIS. It validates what it has read, so what
// it reads must be all that was written.
func TestSchemaOfOASIS(t *testing.T) {
	for name, run := range map[string]*report.Run{"every outcome": reporttest.Run(), "nothing": {Verdict: report.Unusable}} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			data := reporttest.Written(t, Write, run)

			read := valid(g, data)

			again, err := json.Marshal(read)
			g.Expect(err).NotTo(HaveOccurred())
			var ours, theirs any
			g.Expect(json.Unmarshal(data, &ours)).To(Succeed())
			g.Expect(json.Unmarshal(again, &theirs)).To(Succeed())
			within(g, "", ours, theirs)
		})
	}
}

// valid has the library read and validate data. What has a default and is not
// written, the library reads as empty, which the schema forbids.
func valid(g *WithT, data []byte) *reader.Report {
	read, err := reader.FromBytes(data)
	g.Expect(err).NotTo(HaveOccurred())
	run, defaults := read.Runs[0], reader.NewRun()
	run.Language, run.NewlineSequences = defaults.Language, defaults.NewlineSequences
	run.Tool.Driver.Language = defaults.Language
	g.Expect(read.Validate()).To(Succeed())
	return read
}

// within expects each value of part in whole, which may have more properties.
func within(g *WithT, path string, part, whole any) {
	switch part := part.(type) {
	case map[string]any:
		for key, value := range part {
			g.Expect(whole).To(HaveKey(key), path)
			within(g, path+"/"+key, value, whole.(map[string]any)[key])
		}
	case []any:
		g.Expect(whole).To(HaveLen(len(part)), path)
		for i, value := range part {
			within(g, path, value, whole.([]any)[i])
		}
	default:
		g.Expect(whole).To(Equal(part), path)
	}
}

func TestCodeScanningTakesIt(t *testing.T) {
	for name, run := range map[string]*report.Run{
		"every outcome": reporttest.Run(),
		"without texts": {Verdict: report.NotConformant, Suite: report.Suite{Name: "conformance", Version: "1"},
			Results: []report.Result{{ID: "a.b.c", Outcome: report.Failed}}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)

			findings := string(consumertest.Node(t, "@microsoft/sarif-multitool", "testdata/validate.js",
				reporttest.Written(t, Write, run)))

			// SARIF2005 wants the address of a page about the tool, which has none.
			for _, finding := range strings.Split(strings.TrimSpace(findings), "\n") {
				g.Expect(finding).To(HavePrefix("warning SARIF2005: runs[0].tool.driver: The tool 'conformance' does not provide 'informationUri'"))
			}
		})
	}
}

func TestAllResultsAreListedAndWhatIsWrongIsAResult(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()

	read := readBack(t, run)

	g.Expect(read.Properties.Counts).To(Equal(run.Counts))
	g.Expect(read.Properties.Results).To(HaveLen(run.Counts.Total))
	listed := map[report.Outcome]int{}
	for _, one := range read.Properties.Results {
		listed[one.Outcome]++
	}
	found := map[report.Outcome]int{}
	for _, one := range read.Results {
		g.Expect(read.Properties.Results).To(ContainElement(entry{one.RuleID, one.Properties.Variant, one.Properties.Outcome}))
		g.Expect(read.Tool.Driver.Rules[one.RuleIndex].ID).To(Equal(one.RuleID))
		g.Expect(one.Level == failure).To(Equal(one.Properties.Outcome.Decides()), one.RuleID)
		g.Expect(len(one.Suppressions) > 0).To(Equal(one.Properties.Outcome == report.Waived), one.RuleID)
		found[one.Properties.Outcome]++
	}
	for _, outcome := range report.Outcomes {
		g.Expect(listed[outcome]).To(Equal(run.Counts.Of(outcome)), string(outcome))
		if _, isResult := severities[outcome]; isResult {
			g.Expect(found[outcome]).To(Equal(run.Counts.Of(outcome)), string(outcome))
		}
	}
}

// An alert is the same in the next run, whatever its order, times and answers.
func TestFingerprintsAndPathsStayTheSame(t *testing.T) {
	g := NewWithT(t)
	first, later := reporttest.Run(), reporttest.Run()
	slices.Reverse(later.Results)
	later.Started = later.Started.Add(time.Hour)
	later.Target.URL = "https://other.example"
	for i := range later.Results {
		later.Results[i].Message += " other"
	}

	before, after := identities(readBack(t, first)), identities(readBack(t, later))

	g.Expect(after).To(Equal(before))
	g.Expect(slices.Compact(slices.Sorted(slices.Values(before)))).To(HaveLen(len(before)))
}

func identities(run sarifRun) (all []string) {
	for _, one := range run.Results {
		all = append(all, one.Fingerprints["primaryLocationLineHash"]+" "+one.Locations[0].Physical.Artifact.URI)
	}
	return all
}

func TestInvocation(t *testing.T) {
	for verdict, judged := range map[report.Verdict]bool{
		report.Conformant: true, report.NotConformant: true,
		report.Unusable: false, report.Faulty: false, report.Interrupted: false,
	} {
		g := NewWithT(t)

		invocation := readBack(t, &report.Run{Verdict: verdict, Summary: "the summary", DurationMS: 1500}).Invocations[0]

		g.Expect(invocation.ExecutionSuccessful).To(Equal(judged), string(verdict))
		g.Expect(invocation.ExitCode).To(Equal(verdict.ExitCode()))
		g.Expect(invocation.EndTime).To(Equal("0001-01-01T00:00:01.500Z"))
		if !judged {
			g.Expect(invocation.Notifications).To(ConsistOf(notification{failure, message{Text: "the summary"}}))
		}
	}
}

func TestHelpLinksToSourcesAndPageHasNoBlanks(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	run.Results = run.Results[:1]
	run.Results[0].Sources = []string{"A", "B", "C"}
	run.Sources = []report.Source{
		{Key: "A", Title: "pages", Address: "https://page.example/<service>.html"},
		{Key: "B", Title: "a page", Address: "https://page.example/b"},
	}

	rule := readBack(t, run).Tool.Driver.Rules[0]

	g.Expect(rule.HelpURI).To(Equal("https://page.example/b"))
	g.Expect(rule.Help.Text).To(ContainSubstring("Source: B a page https://page.example/b\n\nSource: C"))
	g.Expect(rule.Help.Markdown).To(ContainSubstring("**Source:** [B a page](<https://page.example/b>)\n\n**Source:** C"))
}

func TestLongDetailsAreCut(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	run.Results = run.Results[2:3]
	run.Results[0].Failure = nil
	run.Results[0].Message = "got\n" + strings.Repeat("é", detailsLimit)

	text := readBack(t, run).Results[0].Message.Text

	g.Expect(text).To(HavePrefix("got\n\néé"))
	g.Expect(text).To(ContainSubstring("é\n(2048 more bytes are in the saved run)\n\nin legacy path json"))
}

func FuzzAnyTextGivesSoundResults(f *testing.F) {
	f.Add(reporttest.Hostile, "a/../b?c#d%")
	f.Add("[click](https://evil.example) {0}", "\xed\xa0\x80\n")
	f.Fuzz(func(t *testing.T, message, name string) {
		g := NewWithT(t)
		run := reporttest.Run()
		for i := range run.Results {
			one := &run.Results[i]
			one.Message, one.Promise, one.BlockedBy, one.Clause, one.LookAt = message, name, message, message, name
			one.Service, one.Operation, one.Location = name, name, message
		}
		run.Summary, run.Target.URL = message, name

		data := reporttest.Written(t, Write, run)

		valid(g, data)
		for _, one := range readBack(t, run).Results {
			g.Expect(visible.Text(one.Message.Text)).To(Equal(one.Message.Text))
			g.Expect(one.Message.Text).NotTo(ContainSubstring("]("))
			g.Expect(one.Locations[0].Physical.Artifact.URI).To(MatchRegexp(`^conformance(/[^/?#\s]*){3}$`))
		}
	})
}

func readBack(t testing.TB, run *report.Run) sarifRun {
	t.Helper()
	g := NewWithT(t)
	var read document
	g.Expect(json.Unmarshal(reporttest.Written(t, Write, run), &read)).To(Succeed())
	return read.Runs[0]
}
