// Package cells lays text out by the cells that a terminal gives it: two for a
// wide character, none for a mark that joins the one before.
package cells

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// measure takes a character of ambiguous width for narrow wherever the suite
// runs; the library's own default would look at the environment.
func measure() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }

// Width is the number of cells that one line of text takes.
func Width(line string) int { return measure().StringWidth(line) }

// Pad appends spaces up to width cells, and at least one.
func Pad(line string, width int) string {
	return line + strings.Repeat(" ", max(1, width-Width(line)))
}

// Cut shortens a line to width cells; one that was too long ends with "...".
func Cut(line string, width int) string {
	if Width(line) <= width {
		return line
	}
	return measure().Truncate(line, width, "..."[:max(0, min(3, width))])
}

// Wrap breaks text between words, and words that are longer than a line. It
// returns at least one line; each has at least one character, even if width
// has no room for it.
func Wrap(text string, width int) []string {
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(text) {
		size := Width(word)
		if line != "" && length+1+size > width {
			lines = append(lines, line)
			line, length = "", 0
		}
		for line == "" && size > width {
			head := beginning(word, width)
			if head == word {
				break
			}
			lines = append(lines, head)
			word = word[len(head):]
			size = Width(word)
		}
		if line != "" {
			line, length = line+" ", length+1
		}
		line, length = line+word, length+size
	}
	return append(lines, line)
}

// beginning is what of a word fits into width cells, or its first character.
func beginning(word string, width int) string {
	if head := measure().Truncate(word, width, ""); head != "" {
		return head
	}
	_, first := utf8.DecodeRuneInString(word)
	return word[:first]
}
