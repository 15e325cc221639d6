package terminal

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

var update = flag.Bool("update", false, "rewrite testdata")

func TestGolden(t *testing.T) {
	for name, build := range map[string]func(*WithT) *report.Run{
		"every-outcome":      everyOutcome,
		"all-passed":         allPassed,
		"identical-failures": identicalFailures,
		"hostile":            hostile,
		"unusable":           unusable,
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			got := rendered(g, build(g), Style{})
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				g.Expect(os.WriteFile(golden, []byte(got), 0o644)).To(Succeed())
			}
			want, err := os.ReadFile(golden)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(got).To(Equal(string(want)), "run the test with -update after a wanted change")
			expectFits(g, got, usualWidth)
		})
	}
}

func TestWidths(t *testing.T) {
	for _, width := range []int{1, 40, 60, 100, 500} {
		g := NewWithT(t)
		style := Style{Width: width}
		expectFits(g, rendered(g, everyOutcome(g), style), style.width())
		expectFits(g, rendered(g, hostile(g), style), style.width())
	}
}

func TestColourChangesNothingButColour(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)

	plain := rendered(g, run, Style{})
	coloured := rendered(g, run, Style{Color: true})

	g.Expect(plain).NotTo(ContainSubstring("\x1b"))
	g.Expect(coloured).To(ContainSubstring("\x1b[31;1mnot conformant: 4 of 15 behaviours failed\x1b["))
	g.Expect(withoutColour(coloured)).To(Equal(plain))
}

func TestTheVerdictIsTheLastLine(t *testing.T) {
	for _, build := range []func(*WithT) *report.Run{everyOutcome, allPassed, hostile, unusable} {
		g := NewWithT(t)
		run := build(g)
		lines := strings.Split(strings.TrimSuffix(rendered(g, run, Style{}), "\n"), "\n")
		g.Expect(lines[len(lines)-1]).To(Equal(report.FirstLine(run.Summary, maxLine)))
	}
}

func TestAtMostTwentyCards(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	failure := run.Results[2]
	run.Results = nil
	for i := range 60 {
		failure.ID = fmt.Sprintf("download_session.cancel.no_%02d", i)
		run.Results = append(run.Results, failure)
	}

	text := rendered(g, run, Style{})

	g.Expect(strings.Count(text, "\nFAIL  ")).To(Equal(maxCards))
	g.Expect(text).To(ContainSubstring("\nand 40 more, see --json\n"))
	g.Expect(text).To(ContainSubstring("\n  and 20 more, see --json\n"))
}

func TestLongTextIsCut(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	run.Results[2].Message = "first\n" + strings.Repeat("line\n", 100)
	run.Results[2].Exchanges[0].Response.Body = strings.Repeat("\x00", 1<<20)
	for range 20 {
		run.Results[2].Exchanges = append(run.Results[2].Exchanges, run.Results[2].Exchanges[2])
	}
	run.Results[2].Exchanges[22].Response.Body = strings.Repeat("<x/>", 1<<18)

	text := rendered(g, run, Style{})

	g.Expect(text).To(ContainSubstring("15 earlier exchanges not shown, see --json"))
	g.Expect(text).To(ContainSubstring("(cut, 506 bytes in all, see --json)"))
	g.Expect(text).To(ContainSubstring("(cut, 1048576 bytes in all, see --json)"))
	g.Expect(len(text)).To(BeNumerically("<", 16<<10))
}

func FuzzNoTextMovesTheCursor(f *testing.F) {
	f.Add("\x1b[2J\r\x9b31m\n\n\u202e]]>\xff")
	f.Fuzz(func(t *testing.T, text string) {
		g := NewWithT(t)
		out := rendered(g, poisoned(everyOutcome(g), text), Style{})
		g.Expect(report.Visible(out)).To(Equal(out))
	})
}

func everyOutcome(g *WithT) *report.Run {
	run, err := report.Read("../report/testdata/every-outcome.json")
	g.Expect(err).NotTo(HaveOccurred())
	return run
}

func allPassed(g *WithT) *report.Run {
	run := everyOutcome(g)
	run.Verdict, run.Partial, run.Summary = report.Conformant, false, "conformant"
	run.Results, run.Leftovers, run.Bindings = run.Results[:2], nil, run.Bindings[:1]
	run.Options.LabelFilter, run.Options.Focus = "", nil
	run.Target.Bundled = true
	run.Counts = report.Count(run.Results)
	return run
}

// identicalFailures has one cause in three variants and in a fourth another.
func identicalFailures(g *WithT) *report.Run {
	run := everyOutcome(g)
	other := run.Results[2]
	other.Route, other.Representation = "collection", "query"
	other.Message = "expected 400 not_allowed_in_current_state, got 500"
	run.Results = append(run.Results[2:5], run.Results[10], other)
	run.Counts = report.Count(run.Results)
	run.Summary, run.Leftovers = "not conformant: 4 of 5 behaviours failed", nil
	return run
}

func hostile(g *WithT) *report.Run {
	run := everyOutcome(g)
	run.Results = append([]report.Result{}, run.Results[2], run.Results[6], run.Results[8], run.Results[11])
	run.Counts = report.Count(run.Results)
	return poisoned(run, "\x1b]0;owned\x07\x1b[2J\x1b[1;1Hconformant\r\nok \u202e\xff\u009b0m 😀 ]]>"+strings.Repeat("A", 90))
}

func unusable(*WithT) *report.Run {
	return &report.Run{
		Verdict: report.Unusable,
		Summary: "unusable: https://vc.example did not answer: connection refused",
		Suite:   report.Suite{Name: "conformance", Version: "0.1.0"},
		Target:  report.Target{URL: "https://vc.example"},
	}
}

// poisoned puts text wherever a target could have put it.
func poisoned(run *report.Run, text string) *report.Run {
	run.Summary += text
	for i := range run.Bindings {
		run.Bindings[i].Reason = text
		for j := range run.Bindings[i].Variants {
			run.Bindings[i].Variants[j].Reason = text
		}
	}
	for i := range run.Results {
		result := &run.Results[i]
		result.Message, result.BlockedBy = text, text
		result.Exchanges = []report.Exchange{{
			Step: "act: cancel", Method: "POST", URL: run.Target.URL + "/" + text, Status: 200, Error: text,
			Response: report.Message{Body: text, Header: map[string][]string{"Content-Type": {text}}},
		}}
	}
	run.Leftovers = []report.Leftover{{Kind: "library", ID: text, Name: text, Error: text}}
	return run
}

func rendered(g *WithT, run *report.Run, style Style) string {
	var out strings.Builder
	g.Expect(Write(&out, run, style)).To(Succeed())
	return out.String()
}

// expectFits lets only those lines be long that are there to be copied, and
// the verdict, which has to be one line.
func expectFits(g *WithT, text string, width int) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for _, line := range lines[:len(lines)-1] {
		if strings.HasPrefix(line, "  rerun ") || strings.HasPrefix(line, "    > ") {
			continue
		}
		g.Expect(utf8.RuneCountInString(line)).To(BeNumerically("<=", width), line)
		g.Expect(line).To(Equal(strings.TrimRight(line, " ")), "no trailing space")
	}
}

func withoutColour(text string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x1b[")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		_, text, _ = strings.Cut(after, "m")
	}
}
