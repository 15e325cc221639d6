package terminal

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/card"
	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// The limits keep what does not decide from pushing away what does.
const (
	maxReasons  = 10
	maxIDs      = 5
	maxObserved = 10
)

// notes are what was not judged, and why.
func (p *page) notes() {
	p.observations()
	p.reasons("Skipped", p.strong, results.With(p.run.Results, report.Skipped), said)
	p.reasons("Waived", p.warning, results.With(p.run.Results, report.Waived), said)
	p.reasons("Not run", p.warning, results.With(p.run.Results, report.NotRun), said)
}

func (p *page) observations() {
	groups := card.Group(results.With(p.run.Results, report.Observed), func(r report.Result) string {
		return r.ID + ": " + visible.FirstLine(r.Message, maxLine)
	})
	if len(groups) == 0 {
		return
	}
	p.heading(p.strong, "Observed where the documents are silent (%d)", p.run.Counts.Observed)
	for i, group := range groups {
		if i == maxObserved {
			p.line(2, "and %d more, see --json", len(groups)-maxObserved)
			return
		}
		// One line each: nobody has to act on it.
		p.line(2, "%s", cells.Cut(visible.FirstLine(group[0].ID+": "+group[0].Message, maxLine), p.width-2))
	}
}

// reasons lists results under the reason that they have in common.
func (p *page) reasons(heading string, tone *color.Color, all []report.Result, reason func(report.Result) string) {
	if len(all) == 0 {
		return
	}
	p.heading(tone, "%s (%d)", heading, len(all))
	groups := card.Group(all, reason)
	for i, group := range groups {
		if i == maxReasons {
			p.line(2, "and %d more reasons, see --json", len(groups)-maxReasons)
			return
		}
		p.wrap(2, 4, reason(group[0]))
		p.ids(4, group)
	}
}

func said(r report.Result) string { return visible.FirstLine(r.Message, maxLine) }

// blockedBy is for what is blocked by something that is no failure of its own.
func blockedBy(r report.Result) string { return strings.TrimPrefix(results.Reason(r), "blocked ") }

// warnings are cards without the evidence, since they do not decide; what clients
// did at once says more than its names.
func (p *page) warnings(cards []card.Card) {
	if len(cards) == 0 {
		return
	}
	p.heading(p.warning, "Warnings (%s), with --strict they decide", results.Different(cards))
	for i, one := range cards {
		p.blank()
		if i == p.cards {
			p.line(0, "and %d more, see --json", len(cards)-i)
			return
		}
		content := one.Content(p.run)
		p.title(p.warning, content)
		p.field(2, "id", content.ID+", "+string(content.Level))
		p.field(2, "in", content.Where)
		p.field(2, "promise", content.Promise)
		p.timeline(content)
		p.blockedBehaviours(content.Blocked)
	}
}

func (p *page) ids(indent int, results []report.Result) {
	groups := card.Group(results, func(r report.Result) string { return r.ID })
	for i, group := range groups {
		if i == maxIDs {
			p.line(indent, "and %d more, see --json", len(groups)-maxIDs)
			return
		}
		p.wrap(indent, indent+2, fmt.Sprintf("%s (%s)", group[0].ID, card.Where(group)))
	}
}
