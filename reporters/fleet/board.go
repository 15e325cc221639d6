// Package fleet tells of many targets that are judged at once: a line each while
// they are, and what came of all at the end.
package fleet

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

const (
	// redraw is fast enough to look alive.
	redraw = 100 * time.Millisecond
	// heartbeat is how often a target without news gets a line in a log.
	heartbeat = 30 * time.Second
	// narrowest still holds a name and a count.
	narrowest = 20
)

// Board shows the targets that are judged at the moment: as lines that are redrawn
// on a live terminal, as a log anywhere else. It is safe for concurrent use, and
// has no goroutine.
type Board struct {
	out   io.Writer
	live  bool
	width int
	now   func() time.Time

	mu     sync.Mutex
	judged []*Line
	// drawn is how many lines the last picture has, at when it was made.
	drawn int
	at    time.Time
}

// NewBoard makes one that is width columns wide; live says that lines can be
// redrawn there.
func NewBoard(out io.Writer, live bool, width int) *Board {
	return &Board{out: out, live: live, width: max(width, narrowest), now: time.Now}
}

// Line is one target. It observes the run that judges it.
type Line struct {
	board       *Board
	name, phase string
	total, done int
	failed      int
	told        time.Time
}

// Judge adds a target, from now until it is ended.
func (b *Board) Judge(name, url string) *Line {
	b.mu.Lock()
	defer b.mu.Unlock()
	line := &Line{board: b, name: visible.FirstLine(name, b.width), told: b.now()}
	b.judged = append(b.judged, line)
	if !b.live {
		fmt.Fprintf(b.out, "%s: judging %s\n", line.name, visible.Text(url))
	}
	b.draw(true)
	return line
}

// Phase tells what the run does next.
func (l *Line) Phase(text string) {
	l.change(func() { l.phase = visible.FirstLine(text, l.board.width) })
}

// Start tells how many behaviours will be judged.
func (l *Line) Start(total int) { l.change(func() { l.total, l.phase = total, "" }) }

// Done takes one result.
func (l *Line) Done(result report.Result) {
	l.change(func() {
		l.done++
		if result.Outcome.Decides() {
			l.failed++
		}
	})
}

// End takes the line away and says what came of the target.
func (l *Line) End(said string) {
	b := l.board
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, one := range b.judged {
		if one == l {
			b.judged = append(b.judged[:i:i], b.judged[i+1:]...)
			break
		}
	}
	b.erase()
	fmt.Fprintf(b.out, "%s: %s\n", l.name, visible.Text(said))
	b.draw(true)
}

func (l *Line) change(change func()) {
	b := l.board
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
	if now := b.now(); !b.live && now.Sub(l.told) >= heartbeat {
		l.told = now
		fmt.Fprintln(b.out, l.text())
	}
	b.draw(false)
}

// draw makes a new picture, if the last one is old enough.
func (b *Board) draw(always bool) {
	now := b.now()
	if !b.live || !always && now.Sub(b.at) < redraw {
		return
	}
	b.erase()
	var picture strings.Builder
	for _, line := range b.judged {
		picture.WriteString(visible.FirstLine(line.text(), b.width-1) + "\n")
	}
	_, _ = io.WriteString(b.out, picture.String()) // the terminal may be gone; the reports do not depend on it
	b.drawn, b.at = len(b.judged), now
}

// erase moves up to where the picture begins, and clears all below.
func (b *Board) erase() {
	if b.drawn > 0 {
		fmt.Fprintf(b.out, "\x1b[%dF\x1b[J", b.drawn)
	}
	b.drawn = 0
}

func (l *Line) text() string {
	switch {
	case l.phase != "":
		return l.name + ": " + l.phase
	case l.total == 0:
		return l.name + ": waiting"
	}
	return fmt.Sprintf("%s: %d of %d done, %d failed", l.name, min(l.done, l.total), l.total, l.failed)
}
