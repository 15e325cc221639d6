package terminal

import (
	"fmt"
	"math"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/card"
	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/timeline"
	"session-conformance/reporters/visible"
)

// limits keep one screen for one failure; the saved run has everything.
type limits struct {
	cards, causes, exchanges, messageLines, bodyLines, blockedIDs, sources, leftovers int
	// scripts is for how many failures a script is shown.
	scripts int
}

var (
	usual = limits{cards: 20, causes: 8, exchanges: 8, messageLines: 30, bodyLines: 12, blockedIDs: 10, sources: 3, leftovers: 1}
	// unlimited is more than any run has; maxBlock still cuts a text.
	unlimited = limits{
		cards: math.MaxInt, causes: math.MaxInt, exchanges: math.MaxInt, messageLines: math.MaxInt,
		bodyLines: math.MaxInt, blockedIDs: math.MaxInt, sources: math.MaxInt, leftovers: math.MaxInt, scripts: math.MaxInt,
	}
)

// failures shows a card per cause, what blocks most first.
func (p *page) failures(cards []card.Card) {
	if len(cards) == 0 {
		return
	}
	p.heading(p.bad, "Failures (%s)", results.Different(cards))
	p.note("a rerun needs the login of this run as well")
	for i, one := range cards {
		if i == p.cards {
			p.blank()
			p.line(0, "and %d more, see --json, or show all with --verbose", len(cards)-i)
			return
		}
		p.blank()
		p.card(one, i < p.scripts)
	}
}

// card begins with what is wrong and ends with the evidence.
func (p *page) card(one card.Card, withScript bool) {
	content := one.Content(p.run)
	p.title(p.bad, content)
	p.field(2, "promise", content.Promise)
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
	p.line(2, "%-*s%s", nameWidth, "rerun", visible.Text(content.Rerun))
	p.blockedBehaviours(content.Blocked)
	p.transcript(content, len(one.Results) > 1)
	p.script(content, withScript)
}

func (p *page) title(tone *color.Color, content card.Content) {
	first := word(content.Outcome) + "  "
	for i, line := range cells.Wrap(visible.Text(content.Title), p.width-len(first)) {
		if i == 0 {
			p.text.WriteString(tone.Sprint(first) + p.strong.Sprint(line) + "\n")
			continue
		}
		p.line(len(first), "%s", p.strong.Sprint(line))
	}
}

// problem is what was expected and what came.
func (p *page) problem(content card.Content) {
	if content.Expected == "" {
		p.block(2, content.Headline, p.messageLines)
	} else {
		p.field(2, "expected", visible.FirstLine(content.Expected, maxLine))
		for _, answer := range content.Answers {
			got := visible.FirstLine(answer.Got, maxLine)
			if len(content.Answers) > 1 {
				got += " (" + answer.Where + ")"
			}
			p.field(2, "got", got)
		}
	}
	for _, one := range content.Compared {
		p.field(2, one.When, comparedLine(p.local(one.URL), one))
	}
	p.timeline(content)
	p.block(2, content.Details, p.messageLines)
	if len(content.Diff) > 0 {
		p.note("%s:", card.DiffLegend)
	}
	for i, line := range content.Diff {
		if i == p.messageLines {
			p.line(4, "(%s more, see --json)", results.Counted(len(content.Diff)-i, "line"))
			break
		}
		p.diffLine(line)
	}
}

// comparedLine names an answer and what it shows.
func comparedLine(address string, one card.Compared) string {
	line := fmt.Sprintf("%s: %s %s answered %d", one.Step, one.Method, address, one.Status)
	if one.Value != "" {
		line += " with " + one.Value
	}
	return line
}

// timeline draws what clients did at once.
func (p *page) timeline(content card.Content) {
	if content.Timeline != nil {
		p.block(2, timeline.Text(*content.Timeline), p.messageLines)
	}
}

func (p *page) diffLine(line card.DiffLine) {
	tone := p.faint
	switch line.Kind {
	case card.OnlyExpected:
		tone = p.good
	case card.OnlyGot:
		tone = p.bad
	}
	text := string(line.Kind) + " " + strings.ReplaceAll(visible.Text(line.Text), "\t", "    ")
	text = cells.Cut(text, p.width-4)
	p.line(4, "%s", tone.Sprint(strings.TrimRight(text, " ")))
}

// sources say what the clause was read from; explain has their addresses.
func (p *page) sources(content card.Content) {
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

// blockedBehaviours names what could not be judged because of the failure.
func (p *page) blockedBehaviours(behaviours []card.BlockedBehaviour) {
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
func (p *page) transcript(content card.Content, oneOfMany bool) {
	last, total := results.Last(content.Steps, p.exchanges)
	if total == 0 {
		return
	}
	p.blank()
	if oneOfMany {
		p.note("in %s:", visible.Text(content.Shown))
	}
	if earlier := total - p.exchanges; earlier > 0 {
		p.note("%s not shown, see --json", results.Counted(earlier, "earlier exchange"))
	}
	for _, step := range last {
		p.wrap(2, 4, step.Name)
		for _, exchange := range step.Exchanges {
			p.exchange(exchange)
		}
	}
}

const scriptLead = "the same from a fresh login, as a script:"

// script is as it is, from the margin: a body in it may have lines of its own.
func (p *page) script(content card.Content, shown bool) {
	if content.Curl == "" {
		return
	}
	p.blank()
	if !shown {
		p.note("the script with curl that does the same is in --markdown and --html, and here with --verbose")
		return
	}
	p.note("%s", scriptLead)
	p.text.WriteString(visible.Text(content.Curl))
}

func (p *page) exchange(exchange card.Exchange) {
	if exchange.Times > 1 {
		p.note("asked %d times, at last:", exchange.Times)
	}
	p.line(4, "> %s %s", visible.Text(exchange.Method), visible.FirstLine(p.local(exchange.URL), maxLine))
	p.body(exchange.Request)
	if exchange.Status != 0 {
		answer := fmt.Sprintf("%d %s", exchange.Status, visible.FirstLine(exchange.Response.ContentType(), maxLine))
		p.line(4, "< %s", cells.Cut(strings.TrimSpace(answer), p.width-6))
	}
	if exchange.Error != "" {
		p.wrap(4, 6, "< "+exchange.Error)
	}
	p.body(exchange.Response)
}

func (p *page) body(message report.Message) {
	p.block(6, card.Body(message), p.bodyLines)
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
