package terminal

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/report"
)

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
			expectGolden(t, name, got)
			expectFits(g, got, usualWidth)
		})
	}
}

func expectGolden(t *testing.T, name, got string) {
	t.Helper()
	goldie.New(t, goldie.WithNameSuffix(".txt")).Assert(t, name, []byte(got))
}

func TestWidths(t *testing.T) {
	for _, width := range []int{1, 40, 60, 100, 500} {
		g := NewWithT(t)
		style := Style{Width: width}
		expectFits(g, rendered(g, everyOutcome(g), style), style.width())
		expectFits(g, rendered(g, hostile(g), style), style.width())
	}
}

// What narrow terminals, quiet pipelines and the curious see.
func TestGoldenOfOtherStyles(t *testing.T) {
	for name, c := range map[string]struct {
		style   Style
		options Options
	}{
		"narrow":  {Style{Width: 40}, Options{}},
		"quiet":   {Style{}, Options{Quiet: true, Verbose: true}},
		"verbose": {Style{}, Options{Verbose: true}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var out strings.Builder
			g.Expect(WriteWith(&out, everyOutcome(g), c.style, c.options)).To(Succeed())
			expectGolden(t, name, out.String())
			expectFits(g, out.String(), c.style.width())
		})
	}
}

func TestAQuietReportOfARightServerIsItsVerdict(t *testing.T) {
	g := NewWithT(t)
	var out strings.Builder
	g.Expect(WriteWith(&out, allPassed(g), Style{}, Options{Quiet: true})).To(Succeed())
	g.Expect(out.String()).To(Equal("conformant\n"))
}

func TestAVerboseReportLeavesNothingOut(t *testing.T) {
	g := NewWithT(t)
	run := manyFailures(g)
	var out strings.Builder
	g.Expect(WriteWith(&out, run, Style{}, Options{Verbose: true})).To(Succeed())
	g.Expect(strings.Count(out.String(), "\nFAIL  ")).To(Equal(60))
	g.Expect(strings.Count(out.String(), "\n#!/bin/sh\n")).To(Equal(60))
	g.Expect(out.String()).NotTo(ContainSubstring("see --json"))
}

func TestTheMatrixShowsTheWorstOfACell(t *testing.T) {
	results := func(outcomes ...report.Outcome) (all []report.Result) {
		for _, outcome := range outcomes {
			all = append(all, report.Result{Service: "a", Operation: "one", Binding: "api", Outcome: outcome})
		}
		return append(all, report.Result{Service: "a", Operation: "other", Binding: "rest", Outcome: report.Passed})
	}
	for want, outcomes := range map[string][]report.Outcome{
		"2 ok":          {report.Passed, report.Passed},
		"1 ok":          {report.Passed, report.Observed},
		"1 observed":    {report.Observed},
		"1/3 skipped":   {report.Passed, report.Skipped, report.Passed},
		"1/2 warned":    {report.Skipped, report.Warned},
		"2/4 blocked":   {report.Blocked, report.Blocked, report.Warned, report.Waived},
		"1/3 timed out": {report.TimedOut, report.Blocked, report.Passed},
		"1/2 failed":    {report.Failed, report.TimedOut},
		"1/2 fault":     {report.Fault, report.Failed},
		"2 failed":      {report.Failed, report.Failed},
	} {
		g := NewWithT(t)
		text := rendered(g, &report.Run{Results: results(outcomes...), Summary: "x"}, Style{})
		g.Expect(text).To(MatchRegexp(`(?m)^  one +` + want + ` +-$`))
		g.Expect(text).To(MatchRegexp(`(?m)^  other +- +1 ok$`))
	}
}

func TestColourChangesNothingButColour(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)

	plain := rendered(g, run, Style{})
	coloured := rendered(g, run, Style{Color: true})

	g.Expect(plain).NotTo(ContainSubstring("\x1b"))
	g.Expect(coloured).To(ContainSubstring("\x1b[31;1mnot conformant: of 18 behaviours 6 failed, 1 timed out, 2 could not be judged\x1b["))
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
	text := rendered(g, manyFailures(g), Style{})

	g.Expect(strings.Count(text, "\nFAIL  ")).To(Equal(usual.cards))
	g.Expect(strings.Count(text, "\n#!/bin/sh\n")).To(Equal(usual.scripts))
	g.Expect(text).To(ContainSubstring("\nand 40 more, see --json, or show all with --verbose\n"))
	g.Expect(text).To(ContainSubstring("\n  and 20 more, see --json\n"))
}

func TestAtMostTwentyLeftovers(t *testing.T) {
	g := NewWithT(t)
	run := allPassed(g)
	for i := range 30 {
		run.Leftovers = append(run.Leftovers, report.Leftover{Kind: "library", ID: fmt.Sprint("lib-", i), Error: "DELETE answered 500"})
	}
	text := rendered(g, run, Style{})
	g.Expect(strings.Count(text, "DELETE answered 500")).To(Equal(usual.leftovers))
	g.Expect(text).To(ContainSubstring("\n  and 10 more, see --json\n"))
}

func manyFailures(g *WithT) *report.Run {
	run := everyOutcome(g)
	failure := run.Results[2]
	run.Results = nil
	for i := range 60 {
		failure.ID = fmt.Sprintf("download_session.cancel.no_%02d", i)
		run.Results = append(run.Results, failure)
	}
	return run
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
	g.Expect(text).To(ContainSubstring("(cut, 499 bytes in all, see --json)"))
	g.Expect(text).To(ContainSubstring("(cut, 1048576 bytes in all, see --json)"))
	g.Expect(len(text)).To(BeNumerically("<", 20<<10))
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
	inScript := false
	for i, line := range lines[:len(lines)-1] {
		// A script ends with what was found wrong, as a comment.
		inScript = strings.HasPrefix(line, "#!") || inScript && !(line == "" && strings.HasPrefix(lines[i-1], "# "))
		if inScript || strings.HasPrefix(line, "  rerun ") || strings.HasPrefix(line, "    > ") {
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
