package terminal

import (
	"fmt"
	"strings"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/report"
)

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
	other.Failure = &report.Failure{Expected: "400 not_allowed_in_current_state", Got: "500", Answer: &report.Answer{Status: 500}}
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

// wide has a server that answers in characters of two cells, with and without
// spaces to break at.
func wide(g *WithT) *report.Run {
	return poisoned(everyOutcome(g), strings.Repeat("目录会话", 30)+strings.Repeat(" 日本語", 30))
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
		result.Message, result.Failure, result.BlockedBy = text, nil, text
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
		inScript = strings.HasPrefix(line, "#!") || inScript && !(i > 0 && strings.HasSuffix(lines[i-1], `all as documented\n'`))
		if inScript || strings.HasPrefix(line, "  rerun ") || strings.HasPrefix(line, "next ") ||
			strings.HasPrefix(line, "sweep ") || strings.HasPrefix(line, "    > ") {
			continue
		}
		g.Expect(cells.Width(line)).To(BeNumerically("<=", width), line)
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
