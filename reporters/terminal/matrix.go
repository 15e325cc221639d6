package terminal

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

const (
	// labelWidth holds the longest name of a service, or of an operation that
	// is indented.
	labelWidth = 22
	// cellWidth holds the longest words, 100/100 timed out; what is narrower
	// gets letters.
	cellWidth = 18
)

// cell is what a matrix says of some results: the worst of their outcomes.
type cell struct {
	outcome report.Outcome
	words   string
	letter  string
}

// precedence has the cells in the order in which they outrank each other.
var precedence = []cell{
	{report.Fault, "fault", "!"},
	{report.Failed, "failed", "F"},
	{report.TimedOut, "timed out", "T"},
	{report.Blocked, "blocked", "B"},
	{report.NotRun, "not run", "N"},
	{report.Warned, "warned", "W"},
	{report.Waived, "waived", "V"},
	{report.Skipped, "skipped", "S"},
	{report.Passed, "ok", "ok"},
	{report.Observed, "observed", "O"},
}

// matrix shows where it hurts: an operation in a row, a binding in a column.
func (p *page) matrix() {
	matrix := results.ByOperation(p.run.Results)
	// One row would only repeat the counts.
	if len(matrix.Rows) < 2 {
		return
	}
	width := min(cellWidth, (p.width-labelWidth)/len(matrix.Columns))
	p.blank()
	p.row(matrix.Columns, width)
	service, used := "", map[string]string{}
	for _, row := range matrix.Rows {
		if row.Service != service {
			service = row.Service
			p.line(0, "%s", p.strong.Sprint(cells.Cut(visible.FirstLine(service, maxLine), p.width)))
		}
		p.text.WriteString(cells.Pad("  "+operation(row.Operation), labelWidth))
		var line strings.Builder
		for _, counts := range row.Counts {
			text, tone := p.cell(counts, width, used)
			line.WriteString(strings.Replace(cells.Pad(text, width), text, tone.Sprint(text), 1))
		}
		p.text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	p.legend(used)
}

// row writes the names of the columns.
func (p *page) row(names []string, width int) {
	line := strings.Repeat(" ", labelWidth)
	for _, name := range names {
		line += cells.Pad(name, width)
	}
	p.line(0, "%s", p.faint.Sprint(strings.TrimRight(line, " ")))
}

// cell counts the worst outcome, of how many. The letters that it uses are
// noted with what they stand for.
func (p *page) cell(counts report.Counts, width int, used map[string]string) (string, *color.Color) {
	for _, one := range precedence {
		n := counts.Of(one.outcome)
		if n == 0 {
			continue
		}
		amount := fmt.Sprintf("%d/%d", n, counts.Total)
		if n == counts.Total || one.outcome.Right() {
			amount = fmt.Sprint(n)
		}
		tone := p.tone(one.outcome)
		if width >= cellWidth {
			return amount + " " + one.words, tone
		}
		if one.letter != one.words {
			used[one.letter] = one.words
		}
		return visible.FirstLine(fmt.Sprintf("%d %s", n, one.letter), width), tone
	}
	return "-", p.faint
}

func (p *page) tone(outcome report.Outcome) *color.Color {
	switch {
	case outcome.Decides():
		return p.bad
	case outcome == report.Passed:
		return p.good
	case outcome == report.Observed || outcome == report.Skipped:
		return p.faint
	}
	return p.warning
}

// legend explains the letters of a narrow matrix.
func (p *page) legend(used map[string]string) {
	var parts []string
	for _, one := range precedence {
		if words, there := used[one.letter]; there {
			parts = append(parts, one.letter+"="+words)
		}
	}
	if len(parts) > 0 {
		p.wrap(2, 4, strings.Join(parts, ", "))
	}
}

// operation names the behaviours that are about no single one.
func operation(name string) string {
	if name == "*" {
		return "(any)"
	}
	return cells.Cut(visible.FirstLine(name, maxLine), labelWidth-3)
}
