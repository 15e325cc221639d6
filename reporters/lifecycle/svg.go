package lifecycle

import (
	_ "embed"
	"fmt"
	"html"
	"slices"
	"strings"

	"session-conformance/reporters/visible"
)

// Style has the rules of the drawings, in the colours that a page names: --text,
// --soft, --page, --panel, --line, --passed, --failed, --warned and --minus.
//
//go:embed map.css
var Style string

// The measures of the drawings, in units of a screen's pixels.
const (
	rowHeight  = 22
	headHeight = 34
	footHeight = 8
	badgeSize  = 8
	badgeGap   = 2*badgeSize + 4
	// arrow is the length of an arrow's head.
	arrow = 9
)

// box is the drawing of a state: its name, and a row for each cell.
type box struct {
	x, y, width int
	state       State
	rows        []Cell
}

func (b box) height() int { return headHeight + len(b.rows)*rowHeight + footHeight }

// head is the height at which lines come to the box and leave it.
func (b box) head() int { return b.y + headHeight/2 }

// canvas collects a drawing.
type canvas struct {
	out strings.Builder
	// anchor begins the places that findings are linked to; empty links none.
	anchor string
	m      Map
}

func (c *canvas) printf(format string, arguments ...any) { fmt.Fprintf(&c.out, format, arguments...) }

func (c *canvas) text(class string, x, y int, anchor, text string) {
	if text == "" {
		return
	}
	if anchor != "" {
		anchor = ` text-anchor="` + anchor + `"`
	}
	c.printf(`<text class="%s" x="%d" y="%d"%s>%s</text>`, class, x, y, anchor, escape(text))
}

func escape(text string) string { return html.EscapeString(visible.Text(text)) }

// signs show a mark without colour.
var signs = map[Mark]string{Right: "✓", Wrong: "✕", Warned: "!", Unmet: "–", Silent: "·"}

// Sign shows a mark without colour.
func Sign(mark Mark) string { return signs[mark] }

// StateName is what a reader calls a state.
func StateName(name string) string {
	if name == "none" {
		return "no session"
	}
	return name
}

// open begins what belongs to a cell: a link to its first finding, and a text
// that shows where the mouse rests.
func (c *canvas) open(cell Cell) {
	if c.isLinked(cell) {
		c.printf(`<a href="#%s%d">`, c.anchor, cell.Findings[0])
	}
	c.printf(`<g class="%s"><title>%s</title>`, cell.Mark, escape(c.tells(cell)))
}

func (c *canvas) end(cell Cell) {
	c.printf("</g>")
	if c.isLinked(cell) {
		c.printf("</a>")
	}
	c.printf("\n")
}

func (c *canvas) isLinked(cell Cell) bool { return c.anchor != "" && len(cell.Findings) > 0 }

// tells says the same as the drawing of a cell, and more.
func (c *canvas) tells(cell Cell) string {
	lines := []string{fmt.Sprintf("%s, %s", cell.Operation, StateName(cell.State))}
	if len(cell.Expected) > 0 {
		lines = append(lines, "expected: "+strings.Join(cell.Expected, ", or "))
	} else {
		lines = append(lines, "no document says what is expected")
	}
	if cell.Next != "" {
		lines = append(lines, "a success leads to: "+cell.Next)
	}
	for _, answer := range cell.Answers {
		lines = append(lines, fmt.Sprintf("met: %s (%d times)", answer.Text, answer.Count))
	}
	if len(cell.Answers) == 0 {
		lines = append(lines, "not met")
	}
	for _, number := range cell.Findings {
		finding := c.m.finding(number)
		lines = append(lines, fmt.Sprintf("%d. expected %s, got %s", number, finding.Expected, finding.Got))
		if finding.Script != "" {
			lines = append(lines, strings.TrimSpace(finding.Script))
		}
	}
	return strings.Join(lines, "\n")
}

func (m Map) finding(number int) Finding {
	for _, finding := range m.Findings {
		if finding.Number == number {
			return finding
		}
	}
	return Finding{}
}

// box draws a state with its rows.
func (c *canvas) box(b box) {
	class := "box"
	if b.state.Name == "none" || b.state.Name == "deleted" {
		class += " outside"
	}
	if slices.ContainsFunc(b.state.Cells, func(cell Cell) bool { return cell.Mark == Wrong }) {
		class += " hit"
	}
	c.printf(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="8"/>`, class, b.x, b.y, b.width, b.height())
	c.text("state", b.x+14, b.head()+5, "", StateName(b.state.Name))
	c.printf("\n")
	for i, cell := range b.rows {
		c.row(b, cell, b.y+headHeight+i*rowHeight)
	}
}

// row draws a cell in its box: a sign, the operation, and how it was answered.
func (c *canvas) row(b box, cell Cell, y int) {
	base := y + rowHeight/2 + 5
	c.open(cell)
	if cell.Mark == Wrong || cell.Mark == Warned {
		c.printf(`<rect class="tint" x="%d" y="%d" width="%d" height="%d" rx="4"/>`, b.x+5, y+1, b.width-10, rowHeight-2)
	}
	c.text("sign", b.x+20, base, "middle", signs[cell.Mark])
	c.text("operation", b.x+33, base, "", cell.Operation+leads(cell))
	right := b.x + b.width - 12
	for i := range cell.Findings {
		number := cell.Findings[len(cell.Findings)-1-i]
		if i == mostBadges {
			break
		}
		c.badge(right-badgeSize, base-5, number)
		right -= badgeGap
	}
	c.text("answer", right-2, base, "end", answersOf(cell))
	c.end(cell)
}

// mostBadges is how many findings of a cell have their number on the drawing.
const mostBadges = 3

func leads(cell Cell) string {
	if cell.Next == "" {
		return ""
	}
	return " → " + cell.Next
}

func answersOf(cell Cell) string {
	if cell.Mark == Unmet {
		return "not met"
	}
	return cell.Statuses()
}

// along are the answers to an operation that leads to another state: what it
// refuses stays where it is.
func (c Cell) along() string {
	if c.Mark == Right {
		c.Answers = slices.DeleteFunc(slices.Clone(c.Answers), func(a Answer) bool { return !strings.HasPrefix(a.Status, "2") })
	}
	return answersOf(c)
}

func (c *canvas) badge(x, y, number int) {
	c.printf(`<circle class="badge" cx="%d" cy="%d" r="%d"/>`, x, y, badgeSize)
	c.text("number", x, y+4, "middle", fmt.Sprint(number))
}

// head draws an arrow's head that points to the right.
func (c *canvas) head(x, y int) {
	c.printf(`<path class="head" d="M%d %dl-%d -5v10z"/>`, x, y, arrow)
}
