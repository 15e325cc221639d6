package terminal

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"session-conformance/reporters/cells"
	"session-conformance/reporters/visible"
)

const (
	// nameWidth is the column at which the values of fields begin.
	nameWidth = 9
	// maxLine cuts a line that a server made longer than anyone reads.
	maxLine = 500
	// maxBlock cuts a text before it is laid out: bodies may have a megabyte.
	maxBlock = 16 << 10
)

func (p *page) blank() { p.text.WriteString("\n") }

func (p *page) heading(tone *color.Color, format string, args ...any) {
	p.blank()
	for _, line := range cells.Wrap(fmt.Sprintf(format, args...), p.width) {
		p.text.WriteString(tone.Sprint(line) + "\n")
	}
}

// line writes text that is visible already, as it is.
func (p *page) line(indent int, format string, args ...any) {
	line := strings.Repeat(" ", indent) + fmt.Sprintf(format, args...)
	p.text.WriteString(strings.TrimRight(line, " ") + "\n")
}

func (p *page) note(format string, args ...any) {
	for _, line := range cells.Wrap(fmt.Sprintf(format, args...), p.width-2) {
		p.line(2, "%s", p.faint.Sprint(line))
	}
}

// field writes a name and, beside it, a text that may need several lines.
func (p *page) field(indent int, name, text string) {
	if text == "" {
		return
	}
	for _, line := range cells.Wrap(visible.Text(text), p.width-indent-nameWidth) {
		p.line(indent, "%s%s", p.faint.Sprint(fmt.Sprintf("%-*s", nameWidth, name)), line)
		name = ""
	}
}

// wrap writes prose whose later lines are indented further.
func (p *page) wrap(indent, later int, text string) {
	for _, line := range cells.Wrap(visible.Text(text), p.width-later) {
		p.line(indent, "%s", line)
		indent = later
	}
}

// block writes text that has lines of its own, and no more than limit of them.
func (p *page) block(indent int, text string, limit int) {
	if text == "" {
		return
	}
	cut := min(len(text), maxBlock)
	lines := strings.Split(strings.TrimRight(visible.Text(text[:cut]), "\n"), "\n")
	var shown []string
	for _, line := range lines {
		shown = append(shown, hang(strings.ReplaceAll(line, "\t", "    "), p.width-indent)...)
	}
	for i, line := range shown {
		if i == limit {
			break
		}
		p.line(indent, "%s", line)
	}
	if len(shown) > limit || cut < len(text) {
		p.wrap(indent, indent, fmt.Sprintf("(cut, %d bytes in all, see --json)", len(text)))
	}
}

// hang wraps one line and keeps its indentation; a line that fits stays as it
// is, since its spaces may be columns.
func hang(line string, width int) []string {
	if cells.Width(line) <= width {
		return []string{strings.TrimRight(line, " ")}
	}
	text := strings.TrimLeft(line, " ")
	indent := min(len(line)-len(text), width/2)
	lines := cells.Wrap(text, width-indent)
	for i := range lines {
		lines[i] = strings.TrimRight(strings.Repeat(" ", indent)+lines[i], " ")
	}
	return lines
}
