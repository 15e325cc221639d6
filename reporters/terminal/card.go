package terminal

import (
	"fmt"
	"math"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// limits keep one screen for one failure; the saved run has everything.
type limits struct {
	cards, overviewCards, exchanges, messageLines, bodyLines, blockedIDs, sources, leftovers int
	// scripts is for how many failures a script is shown.
	scripts int
}

var (
	usual = limits{cards: 20, overviewCards: 40, exchanges: 8, messageLines: 30, bodyLines: 6, blockedIDs: 10, sources: 3, leftovers: 20, scripts: 3}
	// unlimited is more than any run has; maxBlock still cuts a text.
	unlimited = limits{
		cards: math.MaxInt, overviewCards: math.MaxInt, exchanges: math.MaxInt, messageLines: math.MaxInt,
		bodyLines: math.MaxInt, blockedIDs: math.MaxInt, sources: math.MaxInt, leftovers: math.MaxInt, scripts: math.MaxInt,
	}
)

// failures shows a card per cause, what blocks most first.
func (p *page) failures(cards []report.Card) {
	if len(cards) == 0 {
		return
	}
	p.heading(p.bad, "Failures (%s)", results.Different(cards))
	p.note("a rerun needs the login of this run as well")
	for i, card := range cards {
		if i == p.cards {
			p.blank()
			p.line(0, "and %d more, see --json, or show all with --verbose", len(cards)-i)
			return
		}
		p.blank()
		p.card(card, i < p.scripts)
	}
}

// card begins with what is wrong and ends with the evidence.
func (p *page) card(card report.Card, withScript bool) {
	content := p.run.Content(card)
	p.title(p.bad, content)
	p.field(2, "id", content.ID+", "+string(content.Level))
	p.field(2, "in", content.Where)
	p.blank()
	p.problem(content)
	p.blank()
	p.field(2, "clause", content.Clause)
	p.sources(content)
	p.field(2, "look at", content.LookAt)
	p.field(2, "spec", content.Location)
	// Not wrapped, so that it can be copied.
	p.line(2, "%-*s%s", nameWidth, "rerun", report.Visible(content.Rerun))
	p.blocked(content.Blocked)
	p.transcript(content, len(card.Results) > 1)
	p.script(content, withScript)
}

func (p *page) title(tone *color.Color, content report.Content) {
	first := word(content.Outcome) + "  "
	for i, line := range wrap(report.Visible(content.Title), p.width-len(first)) {
		if i == 0 {
			p.text.WriteString(tone.Sprint(first) + p.strong.Sprint(line) + "\n")
			continue
		}
		p.line(len(first), "%s", p.strong.Sprint(line))
	}
}

// problem is what was expected and what came.
func (p *page) problem(content report.Content) {
	if content.Expected == "" {
		p.block(2, content.Headline, p.messageLines)
	} else {
		p.field(2, "expected", report.FirstLine(content.Expected, maxLine))
		for _, answer := range content.Answers {
			got := report.FirstLine(answer.Got, maxLine)
			if len(content.Answers) > 1 {
				got += " (" + answer.Where + ")"
			}
			p.field(2, "got", got)
		}
	}
	p.block(2, content.Details, p.messageLines)
	for i, line := range content.Diff {
		if i == p.messageLines {
			p.line(4, "(%s more, see --json)", results.Counted(len(content.Diff)-i, "line"))
			break
		}
		p.diffLine(line)
	}
}

func (p *page) diffLine(line report.DiffLine) {
	tone := p.faint
	switch line.Kind {
	case report.OnlyExpected:
		tone = p.good
	case report.OnlyGot:
		tone = p.bad
	}
	text := []rune(string(line.Kind) + " " + strings.ReplaceAll(report.Visible(line.Text), "\t", "    "))
	if most := p.width - 4; len(text) > most {
		text = append(text[:most-3], []rune("...")...)
	}
	p.line(4, "%s", tone.Sprint(strings.TrimRight(string(text), " ")))
}

// sources say what the clause was read from; explain has their addresses.
func (p *page) sources(content report.Content) {
	for i, source := range content.Sources {
		if i == p.limits.sources {
			p.field(2, "", fmt.Sprintf("and %d more: conformance explain %s", len(content.Sources)-i, content.ID))
			return
		}
		name := ""
		if i == 0 {
			name = "source"
		}
		p.field(2, name, source.Key+" "+source.Title)
	}
}

// blocked names what could not be judged because of the failure.
func (p *page) blocked(behaviours []report.BlockedBehaviour) {
	for i, one := range behaviours {
		if i == p.blockedIDs {
			p.field(2, "", fmt.Sprintf("and %d more, see --json", len(behaviours)-i))
			return
		}
		name := ""
		if i == 0 {
			name = "blocks"
		}
		p.field(2, name, fmt.Sprintf("%s (%s)", one.ID, one.Where))
	}
}

// transcript shows the last exchanges, since those led to the failure.
func (p *page) transcript(content report.Content, oneOfMany bool) {
	last, total := results.Last(content.Steps, p.exchanges)
	if total == 0 {
		return
	}
	p.blank()
	if oneOfMany {
		p.note("in %s:", report.Visible(content.Shown))
	}
	if earlier := total - p.exchanges; earlier > 0 {
		p.note("%s not shown, see --json", results.Counted(earlier, "earlier exchange"))
	}
	for _, step := range last {
		p.wrapped(2, 4, step.Name)
		for _, exchange := range step.Exchanges {
			p.exchange(exchange)
		}
	}
}

const scriptLead = "the same from a fresh login, as a script:"

// script is as it is, from the margin: a body in it may have lines of its own.
func (p *page) script(content report.Content, shown bool) {
	if content.Curl == "" {
		return
	}
	p.blank()
	if !shown {
		p.note("the script with curl that does the same is in --markdown and --html, and here with --verbose")
		return
	}
	p.note("%s", scriptLead)
	p.text.WriteString(report.Visible(content.Curl))
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
	p.block(6, message.Text(), p.bodyLines)
	if message.Truncated {
		p.line(6, "(%s)", results.WentOn)
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
