// Package failures writes what fails in a run in few words: for a chat, or for
// a program that pays for each word that it reads.
package failures

import (
	"fmt"
	"io"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// DefaultLimit is how many failures are told unless the reader wants another
// number: as many as fit beside a question.
const DefaultLimit = 5

// What is told of a failure, in characters. Together they keep the worst one
// below 2,400, which is about 600 tokens: a comparison and a clause have what the
// suite's own words need, an answer what a standard error needs, the command that
// repeats it an address.
const (
	sideLimit    = 190
	clauseLimit  = 240
	bodyLimit    = 190
	commandLimit = 400
	summaryLimit = 180
	lineLimit    = 120
	detailLines  = 2
)

// Card tells one result in the same words.
func Card(run *report.Run, result report.Result) string {
	var out strings.Builder
	failure(&out, run, card.Card{Results: []report.Result{result}})
	return out.String()
}

// Teller is how a test framework is told of a result; the first way ends the test
// as failed, the last as skipped.
type Teller struct {
	Fail func(card string)
	Note func(outcome report.Outcome, text string)
	Skip func(reason string)
}

// Tell tells a result to a test framework. What is blocked was not judged, and fails
// nothing: what blocks it does.
func Tell(run *report.Run, result report.Result, to Teller) {
	switch {
	case result.Breaks(run.Options.Strict) && result.Outcome != report.Blocked:
		to.Fail(Card(run, result))
	case result.Outcome == report.Warned:
		to.Note(result.Outcome, Card(run, result))
	case result.Outcome == report.Observed:
		to.Note(result.Outcome, result.Message)
	case result.Outcome != report.Passed:
		to.Skip(string(result.Outcome) + ": " + result.Message)
	}
}

// Write writes the verdict and at most limit failures, what must be mended
// first being the first, and how many more there are.
func Write(w io.Writer, run *report.Run, limit int) error {
	failing, warned, orphans := card.Cards(results.Sorted(run.Results))
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n", visible.FirstLine(run.Summary, summaryLimit))
	for _, one := range failing[:min(limit, len(failing))] {
		out.WriteString("\n")
		failure(&out, run, one)
	}
	if more := remainder(len(failing)-limit, len(warned), len(orphans)); more != "" {
		fmt.Fprintf(&out, "\nnot told here: %s\n", more)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// remainder counts what was not told.
func remainder(failing, warned, blocked int) string {
	var parts []string
	for _, part := range []struct {
		n    int
		noun string
	}{{failing, "more failure"}, {warned, "warning"}, {blocked, "blocked result"}} {
		if part.n > 0 {
			parts = append(parts, results.Counted(part.n, part.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// failure tells one card in short lines, which begin with their name.
func failure(out *strings.Builder, run *report.Run, one card.Card) {
	content := one.Content(run)
	fmt.Fprintf(out, "%s %s (%s)\n", strings.ToUpper(results.Word(content.Outcome)), content.ID, content.Level)
	line := func(name, text string, limit int) {
		if text != "" {
			fmt.Fprintf(out, "%s: %s\n", name, visible.FirstLine(strings.Join(strings.Fields(text), " "), limit))
		}
	}
	line("promise", content.Promise, lineLimit)
	line("in", content.Where, lineLimit)
	if content.Got == "" {
		line("message", content.Headline, sideLimit)
	} else {
		line("expected", content.Expected, sideLimit)
		line("got", content.Got, sideLimit)
	}
	details := strings.Split(content.Details, "\n")
	for _, detail := range details[:min(detailLines, len(details))] {
		line("detail", detail, lineLimit)
	}
	line("clause", content.Clause, clauseLimit)
	exchange(line, one.Results[0])
	line("look at", content.LookAt, lineLimit)
	if len(one.Blocked) > 0 {
		line("blocks", results.Counted(len(one.Blocked), "other result"), lineLimit)
	}
	line("rerun", content.Rerun, commandLimit)
}

// exchange tells the answer that was judged, else the last one.
func exchange(line func(name, text string, limit int), result report.Result) {
	if len(result.Exchanges) == 0 {
		return
	}
	judged := result.Exchanges[len(result.Exchanges)-1]
	if failure := result.Failure; failure != nil && failure.Exchange != nil && *failure.Exchange < len(result.Exchanges) {
		judged = result.Exchanges[*failure.Exchange]
	}
	line("request", judged.Method+" "+judged.URL, sideLimit)
	line("sent", judged.Request.Text(), lineLimit)
	if judged.Error != "" {
		line("answer", judged.Error, bodyLimit)
		return
	}
	line("answer", strings.TrimSpace(fmt.Sprintf("%d %s", judged.Status, judged.Response.Text())), bodyLimit)
}
