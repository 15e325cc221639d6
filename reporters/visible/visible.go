// Package visible makes text from a target safe to show, in any format.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes text from a target safe to show: control characters, invalid
// UTF-8 and characters that reorder or hide text become escapes such as \x1b,
// so that they move no cursor and fit into XML. Newlines and tabs stay.
func Text(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, text[i])
		case r == '\r' && strings.HasPrefix(text[i:], "\r\n"):
			// Most servers end lines so; the newline that follows says enough.
		case r == '\n' || r == '\t' || !isHidden(r):
			out.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
		i += size
	}
	return out.String()
}

func isHidden(r rune) bool {
	// Cc are the control characters; XML 1.0 also excludes the two noncharacters.
	if unicode.Is(unicode.Cc, r) || r == 0xFFFE || r == 0xFFFF {
		return true
	}
	// The line and paragraph separators would break a line, the direction marks
	// would let an answer read other than it is.
	return r == 0x2028 || r == 0x2029 || unicode.Is(unicode.Bidi_Control, r)
}

// FirstLine is the visible first line of a text, cut after limit characters.
func FirstLine(text string, limit int) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line = strings.TrimSuffix(line, "\r")
	// Cut before as well: a hostile line may be a megabyte long.
	cut := shorten(line, limit)
	visible := shorten(Text(cut), limit)
	if cut != line || visible != Text(cut) {
		visible += "..."
	}
	return strings.TrimSpace(visible)
}

func shorten(text string, limit int) string {
	for i := range text {
		if limit == 0 {
			return text[:i]
		}
		limit--
	}
	return text
}
