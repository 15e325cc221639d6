package tap

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"
	"go.yaml.in/yaml/v3"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

func TestGolden(t *testing.T) {
	got := reporttest.Written(t, Write, reporttest.Run())

	goldie.New(t, goldie.WithNameSuffix(".tap")).Assert(t, "every-outcome", got)
}

// understood is what a consumer makes of a run.
type understood struct {
	Planned, Run, Todo, Skipped int
	Red                         bool
	Errors                      []string
	Descriptions                []string
	Diagnostics                 []map[string]any
}

type consumer func(t *testing.T, data []byte) understood

var consumers = map[string]consumer{
	"prove": func(t *testing.T, data []byte) understood {
		return decoded(t, consumertest.Perl(t, "TAP::Parser", "testdata/read.pl", data))
	},
	"tap-parser": func(t *testing.T, data []byte) understood {
		return decoded(t, consumertest.Node(t, "tap-parser", "testdata/read.js", data))
	},
}

func decoded(t *testing.T, data []byte) (seen understood) {
	NewWithT(t).Expect(json.Unmarshal(data, &seen)).To(Succeed(), string(data))
	return seen
}

func TestConsumersReadEveryOutcome(t *testing.T) {
	for name, read := range consumers {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			run := reporttest.Run()

			seen := read(t, reporttest.Written(t, Write, run))

			g.Expect(seen.Errors).To(BeEmpty())
			g.Expect(seen.Planned).To(Equal(run.Counts.Total))
			g.Expect(seen.Run).To(Equal(run.Counts.Total))
			g.Expect(seen.Todo).To(Equal(run.Counts.Warned + run.Counts.Waived))
			g.Expect(seen.Skipped).To(Equal(run.Counts.Skipped + run.Counts.Blocked + run.Counts.NotRun))
			g.Expect(seen.Descriptions).To(ConsistOf(descriptions(run)))
			g.Expect(messages(seen)).To(ConsistOf(explained(run)))
			g.Expect(seen).To(HaveField("Red", true))
		})
	}
}

func descriptions(run *report.Run) (all []string) {
	for _, result := range run.Results {
		all = append(all, result.ID+" ["+result.VariantName()+"] "+result.Promise)
	}
	return all
}

func messages(seen understood) (all []any) {
	for _, diagnostics := range seen.Diagnostics {
		all = append(all, diagnostics["message"])
	}
	return all
}

// explained are the first lines of the messages that stand below a point.
func explained(run *report.Run) (all []any) {
	for _, result := range run.Results {
		if !slices.Contains([]report.Outcome{report.Passed, report.Skipped, report.Blocked, report.NotRun}, result.Outcome) {
			first, _, _ := strings.Cut(result.Message, "\n")
			all = append(all, visible.Text(first))
		}
	}
	return all
}

// What a SHOULD warns of and what is waived must not turn a harness red.
func TestConsumersAreGreenWhenNothingDecides(t *testing.T) {
	for name, read := range consumers {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			run := reporttest.Run()
			run.Verdict = report.Conformant
			run.Results = slices.DeleteFunc(run.Results, func(r report.Result) bool { return r.Outcome.Decides() })

			seen := read(t, reporttest.Written(t, Write, run))

			g.Expect(seen.Errors).To(BeEmpty())
			g.Expect(seen.Run).To(Equal(len(run.Results)))
			g.Expect(seen).To(HaveField("Red", false))
		})
	}
}

func TestARunThatIsNotConformantIsNeverGreen(t *testing.T) {
	for _, verdict := range []report.Verdict{report.NotConformant, report.Unusable, report.Faulty, report.Interrupted} {
		for name, read := range consumers {
			t.Run(string(verdict)+" "+name, func(t *testing.T) {
				g := NewWithT(t)
				run := &report.Run{Verdict: verdict, Summary: "the summary"}

				seen := read(t, reporttest.Written(t, Write, run))

				g.Expect(seen).To(HaveField("Red", true))
				g.Expect(seen.Run).To(Equal(1))
				g.Expect(messages(seen)).To(ConsistOf("the summary"))
			})
		}
	}
}

func TestOrderDoesNotDependOnTheSeed(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	before := reporttest.Written(t, Write, run)

	slices.Reverse(run.Results)

	g.Expect(string(reporttest.Written(t, Write, run))).To(Equal(string(before)))
}

func TestLongAnswersAreCut(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	run.Results = run.Results[2:3]
	run.Results[0].Failure = nil
	run.Results[0].Message = "got\n" + strings.Repeat("é", valueLimit)
	run.Results[0].Exchanges = slices.Repeat(run.Results[0].Exchanges, 10)

	text := string(reporttest.Written(t, Write, run))

	g.Expect(text).To(ContainSubstring(`é\n(4096 more bytes are in the saved run)"`))
	g.Expect(strings.Count(text, "(act: cancel it again)")).To(Equal(6))
	g.Expect(text).To(ContainSubstring(`- "(10 more are in the saved run)"`))
}

var line = regexp.MustCompile(`^(not )?ok (\d+) - ((?:[^#\\]|\\.)*?)(?: # (TODO|SKIP)(?: (?:[^#\\]|\\.)*)?)?$`)

func FuzzAnyTextStaysInItsPlace(f *testing.F) {
	f.Add(reporttest.Hostile, "a # SKIP b\\")
	f.Add("\n  ...\nnot ok 3 # TODO\nBail out!", "\"\\\"\n\t\n---")
	f.Fuzz(func(t *testing.T, message, name string) {
		g := NewWithT(t)
		run := reporttest.Run()
		for i := range run.Results {
			result := &run.Results[i]
			result.Message, result.Promise, result.BlockedBy = message, name, message
			result.Exchanges = []report.Exchange{{Step: name, URL: message, Error: message}}
		}
		run.Summary, run.Target.URL = message, name

		points := 0
		for _, block := range blocks(string(reporttest.Written(t, Write, run))) {
			if strings.HasPrefix(block, "---") {
				var read map[string]any
				g.Expect(yaml.Unmarshal([]byte(block), &read)).To(Succeed(), block)
				first, _, _ := strings.Cut(strings.TrimSpace(message), "\n")
				g.Expect(read["message"]).To(Or(BeNil(), Equal(quotedBack(first)), HaveSuffix("more bytes are in the saved run)")))
				continue
			}
			g.Expect(block).To(MatchRegexp(line.String()))
			points++
		}
		g.Expect(points).To(Equal(run.Counts.Total))
	})
}

// blocks are the points and the YAML blocks, without the plan and comments.
func blocks(text string) (all []string) {
	inside := false
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n")[2:] {
		switch {
		case line == "  ---":
			inside = true
			all = append(all, "---\n")
		case line == "  ...":
			inside = false
		case inside:
			all[len(all)-1] += strings.TrimPrefix(line, "  ") + "\n"
		case !strings.HasPrefix(line, "#"):
			all = append(all, line)
		}
	}
	return all
}

// quotedBack is a value as YAML reads it: an empty one is not written.
func quotedBack(text string) any { return visible.Text(text) }
