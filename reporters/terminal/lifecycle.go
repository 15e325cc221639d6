package terminal

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/lifecycle"
	"session-conformance/reporters/visible"
)

const (
	// operationWidth holds file.validate, stateWidth the longest way to a state.
	operationWidth = 16
	stateWidth     = 12
)

// lifecycles are the maps of the sessions as tables: states in the columns, what
// was done in them in the rows.
func (p *page) lifecycles() {
	for _, m := range lifecycle.Of(p.run) {
		met, all := m.Met()
		p.heading(p.strong, "Lifecycle: %s (%d of %d documented cells met)", m.Service, met, all)
		p.states(m)
		for _, finding := range m.Findings {
			p.place(finding)
		}
		for i, state := range m.Silent() {
			if i == 0 {
				p.note("where the documents are silent:")
			}
			p.wrap(2, 4, lifecycle.StateName(state.Name)+": "+lifecycle.SilentWords(state))
		}
	}
}

// states are the table of a map, with what comes before a session below it.
func (p *page) states(m lifecycle.Map) {
	before, states := m.States[0], m.States[1:]
	if operationWidth+len(states)*stateWidth > p.width {
		p.stateLines(m)
		return
	}
	line := strings.Repeat(" ", operationWidth)
	for _, state := range states {
		line += cells.Pad(state.Name, stateWidth)
	}
	p.line(0, "%s", p.faint.Sprint(strings.TrimRight(line, " ")))
	for i, cell := range states[0].Cells {
		p.text.WriteString(cells.Pad("  "+visible.FirstLine(cell.Operation, operationWidth), operationWidth))
		var row strings.Builder
		for _, state := range states {
			text := cellText(state.Cells[i])
			row.WriteString(strings.Replace(cells.Pad(text, stateWidth), text, p.mark(state.Cells[i].Mark).Sprint(text), 1))
		}
		p.text.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	var first []string
	for _, cell := range before.Cells {
		first = append(first, cell.Operation+" "+p.mark(cell.Mark).Sprint(cellText(cell)))
	}
	p.line(2, "before: %s", strings.Join(first, ", "))
}

// stateLines are the same where a table is too wide.
func (p *page) stateLines(m lifecycle.Map) {
	for _, state := range m.States {
		var all []string
		for _, cell := range state.Cells {
			all = append(all, cell.Operation+" "+cellText(cell))
		}
		p.wrap(2, 4, lifecycle.StateName(state.Name)+": "+strings.Join(all, ", "))
	}
}

// place says what deviates in a cell; the cards have the histories.
func (p *page) place(finding lifecycle.Finding) {
	p.wrap(2, 5, fmt.Sprintf("%d. %s in %s: expected %s, got %s (%s, %s)", finding.Number, finding.Operation,
		lifecycle.StateName(finding.State), visible.FirstLine(finding.Expected, maxLine), visible.FirstLine(finding.Got, maxLine),
		finding.Behaviour, strings.Join(finding.Bindings, ", ")))
}

// cellText is the way to another state, or how the operation was answered; what
// deviates has the number of its first finding.
func cellText(cell lifecycle.Cell) string {
	answers := shortAnswers(cell)
	switch cell.Mark {
	case lifecycle.Unmet:
		return "–"
	case lifecycle.Silent:
		return strings.TrimSpace("· " + answers)
	case lifecycle.Wrong, lifecycle.Warned:
		return fmt.Sprintf("%s %s", lifecycle.Sign(cell.Mark), strings.TrimSpace(fmt.Sprintf("%s (%d)", answers, cell.Findings[0])))
	}
	if cell.Next != "" {
		return "→ " + cell.Next
	}
	return answers
}

// shortAnswers are the statuses, in which ok stands for every success.
func shortAnswers(cell lifecycle.Cell) string {
	var all []string
	for status := range strings.SplitSeq(cell.Statuses(), "/") {
		if strings.HasPrefix(status, "2") {
			status = "ok"
		}
		if len(all) == 0 || all[len(all)-1] != status {
			all = append(all, status)
		}
	}
	return strings.Join(all, "/")
}

func (p *page) mark(mark lifecycle.Mark) *color.Color {
	switch mark {
	case lifecycle.Wrong:
		return p.bad
	case lifecycle.Warned:
		return p.warning
	case lifecycle.Right:
		return p.good
	}
	return p.faint
}
