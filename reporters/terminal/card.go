package terminal

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/report"
)

// The limits keep one screen for one failure; the saved run has everything.
const (
	maxCards        = 20
	maxOverview     = 40
	maxExchanges    = 8
	maxMessageLines = 30
	maxBodyLines    = 6
	maxBlocked      = 10
)

// failures shows a card per cause, what blocks most first.
func (p *page) failures(cards []report.Card) {
	if len(cards) == 0 {
		return
	}
	p.heading(p.bad, "Failures (%s)", tally(failed(cards), len(cards)))
	p.note("a rerun needs the login of this run as well")
	for i, card := range cards {
		if i == maxCards {
			p.blank()
			p.line(0, "and %d more, see --json", len(cards)-maxCards)
			return
		}
		p.blank()
		p.card(card)
	}
}

func failed(cards []report.Card) int {
	n := 0
	for _, card := range cards {
		n += len(card.Results)
	}
	return n
}

// tally explains why there are fewer cards than the counts say.
func tally(results, groups int) string {
	if results == groups {
		return fmt.Sprint(results)
	}
	return fmt.Sprintf("%d, %d different", results, groups)
}

// card begins with what is wrong and ends with the evidence.
func (p *page) card(card report.Card) {
	result := card.Results[0]
	p.title(p.bad, result)
	p.identity(card.Results)
	p.blank()
	p.block(2, result.Message, maxMessageLines)
	p.blank()
	p.field(2, "clause", fmt.Sprintf("%s [%s]", result.Clause, strings.Join(result.Sources, ", ")))
	if result.LookAt != "" {
		p.field(2, "look at", result.LookAt)
	}
	// Not wrapped, so that it can be copied.
	p.line(2, "%-*s%s", nameWidth, "rerun", report.Visible(p.run.Rerun(result.ID)))
	p.blocked(card.Blocked)
	p.transcript(card)
}

func (p *page) title(tone *color.Color, result report.Result) {
	first := word(result.Outcome) + "  "
	lines := wrap(report.Visible(result.Promise), p.width-len(first))
	for i, line := range lines {
		if i == 0 {
			p.text.WriteString(tone.Sprint(first) + p.strong.Sprint(line) + "\n")
			continue
		}
		p.line(len(first), "%s", p.strong.Sprint(line))
	}
}

func (p *page) identity(results []report.Result) {
	result := results[0]
	p.field(2, "id", result.ID+", "+string(result.Level))
	p.field(2, "in", report.Where(results))
}

// blocked names what could not be judged because of the failure.
func (p *page) blocked(results []report.Result) {
	groups := report.Group(results, func(r report.Result) string { return r.ID })
	for i, group := range groups {
		if i == maxBlocked {
			p.field(2, "", fmt.Sprintf("and %d more, see --json", len(groups)-maxBlocked))
			return
		}
		name := ""
		if i == 0 {
			name = "blocks"
		}
		p.field(2, name, fmt.Sprintf("%s (%s)", group[0].ID, report.Where(group)))
	}
}

// transcript shows the exchanges of the first result; the others went alike.
func (p *page) transcript(card report.Card) {
	result := card.Results[0]
	exchanges := result.Exchanges
	if len(exchanges) == 0 {
		return
	}
	p.blank()
	if len(card.Results) > 1 {
		p.note("in %s:", report.Visible(result.VariantName()))
	}
	if earlier := len(exchanges) - maxExchanges; earlier > 0 {
		p.note("%s not shown, see --json", plural(earlier, "earlier exchange"))
		exchanges = exchanges[earlier:]
	}
	step := ""
	for _, exchange := range exchanges {
		if exchange.Step != step {
			step = exchange.Step
			p.wrapped(2, 4, step)
		}
		p.exchange(exchange)
	}
}

func (p *page) exchange(exchange report.Exchange) {
	p.line(4, "> %s %s", report.Visible(exchange.Method), report.FirstLine(p.local(exchange.URL), maxLine))
	p.body(exchange.Request)
	if exchange.Status != 0 {
		answer := fmt.Sprintf("%d %s", exchange.Status, report.FirstLine(exchange.Response.ContentType(), p.width-14))
		p.line(4, "< %s", strings.TrimSpace(answer))
	}
	if exchange.Error != "" {
		p.wrapped(4, 6, "< "+exchange.Error)
	}
	p.body(exchange.Response)
}

func (p *page) body(message report.Message) {
	p.block(6, message.Text(), maxBodyLines)
	if message.Truncated {
		p.line(6, "(the body went on; the suite read no further)")
	}
}

// local leaves out the target, which the header has.
func (p *page) local(url string) string {
	path, found := strings.CutPrefix(url, strings.TrimRight(p.run.Target.URL, "/"))
	if found && strings.HasPrefix(path, "/") {
		return path
	}
	return url
}
