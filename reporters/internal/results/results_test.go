package results

import (
	"math"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func TestSortedGoesByIDAndVariantAndLeavesTheRunAsItIs(t *testing.T) {
	g := NewWithT(t)
	before := []report.Result{
		{ID: "b", Binding: "api"}, {ID: "a", Binding: "rest"}, {ID: "a", Binding: "legacy", Route: "path", Representation: "xml"},
		{ID: "a", Binding: "legacy", Route: "path", Representation: "json"}, {ID: "a", Binding: "legacy", Route: "action", Representation: "xml"},
	}
	kept := slices.Clone(before)

	var names []string
	for _, one := range Sorted(before) {
		names = append(names, one.ID+" "+one.VariantName())
	}

	g.Expect(names).To(Equal([]string{
		"a legacy action xml", "a legacy path json", "a legacy path xml", "a rest", "b api",
	}))
	g.Expect(before).To(Equal(kept))
}

func TestReason(t *testing.T) {
	g := NewWithT(t)
	for want, one := range map[string]report.Result{
		"":                            {Outcome: report.Passed},
		"got 500":                     {Outcome: report.Failed, Message: "got 500\nthe body was"},
		`\x1b`:                        {Outcome: report.TimedOut, Message: "\x1b"},
		"use --slow":                  {Outcome: report.Skipped, Message: "use --slow"},
		"warned: got 500":             {Outcome: report.Warned, Message: "got 500"},
		"waived":                      {Outcome: report.Waived},
		"not run: interrupted":        {Outcome: report.NotRun, Message: "interrupted"},
		"blocked by a.b.c":            {Outcome: report.Blocked, BlockedBy: "a.b.c"},
		"blocked by the login: a 401": {Outcome: report.Blocked, BlockedBy: "the login", Message: "a 401"},
	} {
		g.Expect(Reason(one)).To(Equal(want))
	}
}

func TestClipCutsBetweenCharacters(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Clip("é\x00", 3)).To(Equal(`é\x00`))
	g.Expect(Clip("éé", 3)).To(Equal("é\n(2 more bytes are in the saved run)"))
	g.Expect(Clip("\x80\x80\x80\x80\x80\x80", 5)).To(Equal(`\x80` + "\n(5 more bytes are in the saved run)"))
}

func TestBody(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Body(report.Message{}, 3)).To(BeEmpty())
	g.Expect(Body(report.Message{Body: "abcde"}, 3)).To(Equal("abc\n(2 more bytes are in the saved run)\n"))
	g.Expect(Body(report.Message{Body: "abc", Truncated: true}, 3)).To(Equal("abc\n(" + WentOn + ")\n"))
	g.Expect(Body(report.Message{Truncated: true}, 3)).To(Equal("(" + WentOn + ")\n"))
}

func TestLastCountsAllAndKeepsTheStepsOfTheLast(t *testing.T) {
	g := NewWithT(t)
	step := func(name string, urls ...string) card.Step {
		one := card.Step{Name: name}
		for _, url := range urls {
			one.Exchanges = append(one.Exchanges, card.Exchange{Exchange: report.Exchange{URL: url}, Times: 1})
		}
		return one
	}
	steps := []card.Step{step("arrange", "1", "2"), step("wait"), step("act", "3", "4", "5")}
	for limit, want := range map[int][]card.Step{
		0:           nil,
		2:           {step("act", "4", "5")},
		3:           {step("act", "3", "4", "5")},
		4:           {step("arrange", "2"), step("act", "3", "4", "5")},
		5:           {step("arrange", "1", "2"), step("act", "3", "4", "5")},
		math.MaxInt: {step("arrange", "1", "2"), step("act", "3", "4", "5")},
	} {
		last, total := Last(steps, limit)
		g.Expect(last).To(Equal(want), "limit %d", limit)
		g.Expect(total).To(Equal(5), "limit %d", limit)
	}
	last, total := Last(nil, 3)
	g.Expect(last).To(BeEmpty())
	g.Expect(total).To(BeZero())
}

func TestTally(t *testing.T) {
	NewWithT(t).Expect(Tally(reporttest.Run().Counts)).To(And(
		HavePrefix("total 18, passed 2, failed 6, "), HaveSuffix(", fault 1, not_run 1")))
}

func TestMatrix(t *testing.T) {
	g := NewWithT(t)
	all := []report.Result{
		{Service: "b", Operation: "get", Binding: "legacy", Outcome: report.Failed},
		{Service: "a", Operation: "list", Binding: "own", Outcome: report.Passed},
		{Service: "a", Operation: "get", Binding: "api", Outcome: report.Passed},
		{Service: "a", Operation: "get", Binding: "legacy", Outcome: report.Passed},
		{Service: "a", Operation: "get", Binding: "legacy", Outcome: report.Skipped},
	}

	matrix := ByOperation(all)

	g.Expect(matrix.Columns).To(Equal([]string{"api", "legacy", "own"}))
	var rows []string
	for _, row := range matrix.Rows {
		line := row.Service + " " + row.Operation
		for _, counts := range row.Counts {
			line += " " + strings.Repeat("p", counts.Passed) + strings.Repeat("f",
				counts.Failed) + strings.Repeat("s", counts.Skipped) + "|"
		}
		rows = append(rows, line)
	}
	g.Expect(rows).To(Equal([]string{"a get p| ps| |", "a list | | p|", "b get | f| |"}))
}
