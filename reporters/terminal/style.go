package terminal

import (
	"os"

	"github.com/fatih/color"
	"golang.org/x/term"
)

// Style is how a terminal wants its text.
type Style struct {
	Color bool
	// Width is the number of columns; 0 means 80.
	Width int
}

const (
	usualWidth = 80
	// narrowest still holds the names of the fields and some text.
	narrowest = 40
	// widest is where lines of prose become hard to read.
	widest = 110
)

// StyleFor decides by the file and the environment: colour only on a terminal,
// and never with NO_COLOR (https://no-color.org) or on a dumb terminal.
func StyleFor(file *os.File, env func(string) string) Style {
	style := Style{
		Color: IsLive(file, env) && env("NO_COLOR") == "",
		Width: usualWidth,
	}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		style.Width = width
	}
	return style
}

// IsLive says whether the file is a terminal on which a line can be redrawn.
func IsLive(file *os.File, env func(string) string) bool {
	return term.IsTerminal(int(file.Fd())) && env("TERM") != "dumb"
}

func (s Style) width() int {
	if s.Width == 0 {
		return usualWidth
	}
	return min(max(s.Width, narrowest), widest)
}

// palette has a colour for each meaning, never for a place.
type palette struct {
	good, bad, warning, strong, faint *color.Color
}

func newPalette(colored bool) palette {
	pick := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		// Set per colour: the library's own switch is global.
		if colored {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return palette{
		good:    pick(color.FgGreen, color.Bold),
		bad:     pick(color.FgRed, color.Bold),
		warning: pick(color.FgYellow, color.Bold),
		strong:  pick(color.Bold),
		faint:   pick(color.Faint),
	}
}
