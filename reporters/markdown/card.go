package markdown

import (
	"cmp"
	"fmt"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/gfm"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/timeline"
	"session-conformance/reporters/visible"
)

// The limits keep one failure from filling the summary; the saved run has all.
const (
	bodyLimit    = 2 << 10
	scriptLimit  = 16 << 10
	maxExchanges = 8
	maxDiff      = 60
	maxBlocked   = 20
)

// cardOf is folded to one line.
func cardOf(run *report.Run, one card.Card) string {
	content := one.Content(run)
	title := fmt.Sprintf("%s <b>%s</b>: %s", signs[content.Outcome], gfm.HTML(content.ID), gfm.HTML(content.Title))
	var out strings.Builder
	out.WriteString("Promise: " + gfm.Text(content.Promise) + "\n\n")
	out.WriteString(problem(content))
	out.WriteString(rowsOf(content.Rows))
	out.WriteString(clause(content))
	out.WriteString(blockedBy(content.Blocked))
	out.WriteString("Run just this again, with the login of this run:\n\n" + gfm.Fence("sh", content.Rerun) + "\n")
	out.WriteString(exchangesOf(content))
	out.WriteString(scriptOf(content))
	return details(title, out.String())
}

// details needs the empty lines: without them, what is inside is no Markdown.
func details(title, body string) string {
	return "<details><summary>" + title + "</summary>\n\n" + strings.TrimRight(body, "\n") + "\n\n</details>\n\n"
}

// problem is what was wrong, in the words of the target only as code.
func problem(content card.Content) string {
	var out strings.Builder
	if content.Expected != "" {
		fmt.Fprintf(&out, "- expected: %s\n- got: %s\n\n", line(content.Expected), line(content.Got))
	} else if content.Headline != "" {
		out.WriteString(line(content.Headline) + "\n\n")
	}
	for _, one := range content.Compared {
		fmt.Fprintf(&out, "- %s, %s: %s answered %d %s\n", one.When, gfm.Text(one.Step), line(one.Method+" "+one.URL),
			one.Status, line(one.Value))
	}
	if len(content.Compared) > 0 {
		out.WriteString("\n")
	}
	if len(content.Diff) > 0 {
		out.WriteString(card.DiffLegend + ":\n\n" + diffOf(content.Diff) + "\n")
	}
	if content.Timeline != nil {
		out.WriteString(gfm.Fence("", timeline.Text(*content.Timeline)) + "\n")
	}
	if content.Details != "" {
		out.WriteString(gfm.Fence("", results.Clip(content.Details, bodyLimit)) + "\n")
	}
	return out.String()
}

func line(text string) string {
	return gfm.Code(visible.FirstLine(text, results.LineLimit))
}

func diffOf(lines []card.DiffLine) string {
	var text strings.Builder
	for i, one := range lines {
		if i == maxDiff {
			fmt.Fprintf(&text, "(%d more lines are in the other reports)\n", len(lines)-maxDiff)
			break
		}
		text.WriteString(string(one.Kind) + results.Clip(one.Text, results.LineLimit) + "\n")
	}
	return gfm.Fence("diff", text.String())
}

func rowsOf(rows []card.Row) string {
	var out strings.Builder
	out.WriteString("| in | outcome | time |\n| --- | --- | ---: |\n")
	for _, row := range rows {
		fmt.Fprintf(&out, "| %s | %s | %.0f ms |\n", gfm.Text(row.Variant), results.Word(row.Outcome), row.DurationMS)
	}
	return out.String() + "\n"
}

// clause is what the documents say, and where.
func clause(content card.Content) string {
	var out strings.Builder
	fmt.Fprintf(&out, "- %s: %s\n", content.Level, gfm.Text(content.Clause))
	for _, source := range content.Sources {
		fmt.Fprintf(&out, "- source: %s\n", gfm.Link(strings.TrimSpace(source.Key+" "+source.Title), source.Address))
	}
	if content.LookAt != "" {
		fmt.Fprintf(&out, "- look at: %s\n", gfm.Text(content.LookAt))
	}
	if content.Location != "" {
		fmt.Fprintf(&out, "- spec: %s\n", gfm.Code(content.Location))
	}
	return out.String() + "\n"
}

func blockedBy(blocked []card.BlockedBehaviour) string {
	if len(blocked) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("This blocks:\n\n")
	for i, one := range blocked {
		if i == maxBlocked {
			fmt.Fprintf(&out, "- and %d more\n", len(blocked)-maxBlocked)
			break
		}
		fmt.Fprintf(&out, "- %s in %s: %s\n", gfm.Code(one.ID), gfm.Text(one.Where), gfm.Text(one.Title))
	}
	return out.String() + "\n"
}

// exchangesOf shows the last ones, since those led to the failure.
func exchangesOf(content card.Content) string {
	last, total := results.Last(content.Steps, maxExchanges)
	if total == 0 {
		return ""
	}
	var out strings.Builder
	if earlier := total - maxExchanges; earlier > 0 {
		fmt.Fprintf(&out, "%d earlier ones are in the other reports.\n\n", earlier)
	}
	for _, step := range last {
		if name := gfm.Text(step.Name); name != "" {
			out.WriteString("**" + name + "**\n\n")
		}
		for _, exchange := range step.Exchanges {
			out.WriteString(gfm.Fence("http", transcript(exchange)) + "\n")
		}
	}
	title := fmt.Sprintf("Exchanges in %s (%d)", gfm.HTML(content.Shown), total)
	return details(title, out.String())
}

func transcript(exchange card.Exchange) string {
	var out strings.Builder
	if exchange.Times > 1 {
		fmt.Fprintf(&out, "asked %d times, at last:\n", exchange.Times)
	}
	fmt.Fprintf(&out, "> %s %s\n", visible.FirstLine(exchange.Method, results.LineLimit),
		visible.FirstLine(exchange.URL, results.LineLimit))
	out.WriteString(results.Body(exchange.Request, bodyLimit))
	if exchange.Status != 0 {
		answer := fmt.Sprintf("%d %s", exchange.Status, visible.FirstLine(exchange.Response.ContentType(), results.LineLimit))
		fmt.Fprintf(&out, "< %s in %.0f ms\n", strings.TrimSpace(answer), exchange.DurationMS)
	}
	if exchange.Status == 0 || exchange.Error != "" {
		fmt.Fprintf(&out, "< %s\n", cmp.Or(visible.FirstLine(exchange.Error, results.LineLimit), "no answer"))
	}
	out.WriteString(results.Body(exchange.Response, bodyLimit))
	return out.String()
}

// scriptOf leaves out what is too long: half a script does something else.
func scriptOf(content card.Content) string {
	switch {
	case content.Curl == "":
		return ""
	case len(content.Curl) > scriptLimit:
		return fmt.Sprintf("The curl script has %d bytes; the other reports have it.\n\n", len(content.Curl))
	}
	return details(fmt.Sprintf("Reproduce with curl in %s", gfm.HTML(content.Shown)), gfm.Fence("sh", content.Curl))
}
