package terminal

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

func TestGolden(t *testing.T) {
	for name, build := range map[string]func(*WithT) *report.Run{
		"every-outcome":      everyOutcome,
		"all-passed":         allPassed,
		"identical-failures": identicalFailures,
		"hostile":            hostile,
		"unusable":           unusable,
		"explored":           explored,
		"explored-wrong":     exploredWrong,
		"replayed":           replayed,
		"claiming":           claiming,
		"clashing":           clashing,
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
		expectFits(g, rendered(g, wide(g), style), style.width())
		expectFits(g, rendered(g, exploredWrong(g), style), style.width())
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
		g.Expect(lines[len(lines)-1]).To(Equal(visible.FirstLine(run.Summary, maxLine)))
	}
}

func TestAtMostTwentyCards(t *testing.T) {
	g := NewWithT(t)
	text := rendered(g, manyFailures(g), Style{})

	g.Expect(strings.Count(text, "\nFAIL  ")).To(Equal(usual.cards))
	g.Expect(strings.Count(text, "\n#!/bin/sh\n")).To(Equal(usual.scripts))
	g.Expect(text).To(ContainSubstring("\nand 40 more, see --json, or show all with --verbose\n"))
	g.Expect(text).To(ContainSubstring("\n1 cause, what unblocks most first\n"))
}

// The last screen holds the causes, the reports, what to do next and the verdict.
func TestTheEndFitsOneScreen(t *testing.T) {
	g := NewWithT(t)
	run := manyFailures(g)
	for i := range run.Results {
		failure := *run.Results[i].Failure
		failure.Answer, failure.Step, failure.Operation, failure.Got = nil, "", "", fmt.Sprint("answer ", i)
		run.Results[i].Failure = &failure
	}
	var out strings.Builder
	g.Expect(WriteWith(&out, run, Style{}, Options{Files: []string{"run.json", "run.html"}})).To(Succeed())

	const heading = "\n60 causes, what unblocks most first\n"
	g.Expect(out.String()).To(ContainSubstring(heading))
	_, end, _ := strings.Cut(out.String(), heading)
	rows := 1
	for line := range strings.SplitSeq(end, "\n") {
		rows += max(1, (cells.Width(line)+79)/80)
	}
	g.Expect(rows).To(BeNumerically("<=", 24), end)
	g.Expect(end).To(And(ContainSubstring("  and 52 more, see --html, --json or --verbose\n"),
		ContainSubstring("\nreports  run.json, run.html\nnext     conformance run ")))
}

func TestLeftoversAreOneLineAndTheCommandThatDeletesThem(t *testing.T) {
	g := NewWithT(t)
	run := allPassed(g)
	for i := range 30 {
		run.Leftovers = append(run.Leftovers, report.Leftover{Kind: "library", ID: fmt.Sprint("lib-", i), Error: "DELETE answered 500"})
	}
	run.Target = report.Target{URL: "https://vc.example"}
	g.Expect(rendered(g, run, Style{})).To(ContainSubstring(
		"\nleft     library lib-0 (DELETE answered 500), and 29 more\nsweep    conformance sweep --target https://vc.example --older-than 0s\n"))
}

func TestLongTextIsCut(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	run.Results[2].Failure = nil
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
		g.Expect(visible.Text(out)).To(Equal(out))
	})
}
