package junit

import (
	"fmt"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/visible"
)

// The limits keep a report of thousands of exchanges below the sizes at which
// viewers give up; the saved run has all.
const (
	bodyLimit    = 2 << 10
	detailLimit  = 8 << 10
	scriptLimit  = 16 << 10
	maxExchanges = 12
	maxDiff      = 60
	maxBlocked   = 20
)

// text is the failure as a user acts on it: what was wrong, what the documents
// say, what went over the wire, and how to see it again. One that nobody has
// to act on needs no script.
func text(content card.Content, withScript bool) string {
	t := &textWriter{}
	t.problem(content)
	t.line("behaviour", content.ID)
	t.line("promise", content.Promise)
	t.line("variant", content.Shown)
	if len(content.Rows) > 1 {
		t.line("alike in", content.Where)
	}
	t.line("level", string(content.Level))
	t.line("clause", content.Clause)
	for _, source := range content.Sources {
		t.line("source", strings.TrimSpace(strings.Join([]string{source.Key, source.Title, source.Address}, " ")))
	}
	t.line("look at", content.LookAt)
	t.line("spec", content.Location)
	t.line("rerun", content.Rerun)
	t.blockedBehaviours(content.Blocked)
	t.exchanges(content.Steps)
	if withScript && content.Curl != "" {
		t.out.WriteString("\nThe same from a fresh login, as a script:\n\n" + results.Clip(content.Curl, scriptLimit))
	}
	return t.out.String()
}

type textWriter struct{ out strings.Builder }

func (t *textWriter) line(name, value string) {
	if value != "" {
		fmt.Fprintf(&t.out, "%-9s %s\n", name, visible.Text(value))
	}
}

func (t *textWriter) problem(content card.Content) {
	if content.Expected == "" {
		t.out.WriteString(results.Clip(content.Headline, detailLimit) + "\n")
	} else {
		t.line("expected", results.Clip(content.Expected, detailLimit))
		t.line("got", results.Clip(content.Got, detailLimit))
	}
	for _, one := range content.Compared {
		t.line(one.When, strings.TrimSpace(fmt.Sprintf("%s: %s %s answered %d %s", one.Step, one.Method,
			one.URL, one.Status, one.Value)))
	}
	if content.Details != "" {
		t.out.WriteString(results.Clip(content.Details, detailLimit) + "\n")
	}
	if len(content.Diff) > 0 {
		t.out.WriteString(card.DiffLegend + ":\n")
	}
	for i, line := range content.Diff {
		if i == maxDiff {
			fmt.Fprintf(&t.out, "(%d more lines are in the saved run)\n", len(content.Diff)-i)
			break
		}
		fmt.Fprintf(&t.out, "%s %s\n", line.Kind, visible.Text(line.Text))
	}
	t.out.WriteString("\n")
}

func (t *textWriter) blockedBehaviours(behaviours []card.BlockedBehaviour) {
	for i, one := range behaviours {
		if i == maxBlocked {
			t.line("blocks", fmt.Sprintf("and %d more", len(behaviours)-i))
			return
		}
		t.line("blocks", fmt.Sprintf("%s (%s)", one.ID, one.Where))
	}
}

// exchanges are the last ones, since those led to the failure.
func (t *textWriter) exchanges(steps []card.Step) {
	last, total := results.Last(steps, maxExchanges)
	if earlier := total - maxExchanges; earlier > 0 {
		fmt.Fprintf(&t.out, "\n(%d earlier exchanges are in the saved run)\n", earlier)
	}
	for _, step := range last {
		for _, exchange := range step.Exchanges {
			t.exchange(exchange)
		}
	}
}

func (t *textWriter) exchange(exchange card.Exchange) {
	fmt.Fprintf(&t.out, "\n%s\n", results.Clip(exchange.Step, bodyLimit))
	if exchange.Times > 1 {
		fmt.Fprintf(&t.out, "asked %d times, at last:\n", exchange.Times)
	}
	fmt.Fprintf(&t.out, "> %s %s\n", visible.Text(exchange.Method), results.Clip(exchange.URL, bodyLimit))
	t.out.WriteString(results.Body(exchange.Request, bodyLimit))
	if exchange.Status != 0 {
		contentType := visible.FirstLine(exchange.Response.ContentType(), results.LineLimit)
		fmt.Fprintf(&t.out, "< %s in %.0f ms\n", strings.TrimSpace(fmt.Sprint(exchange.Status, " ", contentType)), exchange.DurationMS)
	}
	if exchange.Error != "" {
		fmt.Fprintf(&t.out, "< no whole answer: %s\n", results.Clip(exchange.Error, bodyLimit))
	}
	t.out.WriteString(results.Body(exchange.Response, bodyLimit))
}
