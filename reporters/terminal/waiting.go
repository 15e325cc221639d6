package terminal

import (
	"fmt"
	"slices"
	"time"

	"session-conformance/reporters/visible"
)

const (
	// glance is how often a progress looks whether anything moves.
	glance = time.Second
	// stillness is how long nothing moves on a live terminal until it says what is
	// waited for.
	stillness = 2 * time.Second
)

// roomAtEnd are the columns for the sign of a cut, and the one in which a line wraps.
const roomAtEnd = 4

// clearLine takes away what stands in the line.
const clearLine = "\x1b[2K\r"

// wait is something that a run waits for, or that is under way.
type wait struct {
	what  string
	begun time.Time
}

// Begins tells of a behaviour that is under way until what it returns is called.
func (p *Progress) Begins(what string) (over func()) { return p.hold(&p.underWay, what) }

// Waits tells what the whole run waits for until what it returns is called.
func (p *Progress) Waits(what string) (over func()) { return p.hold(&p.waits, what) }

func (p *Progress) hold(list *[]*wait, what string) (over func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := &wait{what, p.now()}
	*list = append(*list, one)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		*list = slices.DeleteFunc(*list, func(other *wait) bool { return other == one })
	}
}

// watch looks, until the progress is closed, whether anything moves.
func (p *Progress) watch() {
	if p.closed != nil || p.over || p.quiet {
		return
	}
	closed := make(chan struct{})
	p.closed = closed
	p.watcher.Go(func() {
		ticker := time.NewTicker(glance)
		defer ticker.Stop()
		for {
			select {
			case <-closed:
				return
			case <-ticker.C:
				p.look()
			}
		}
	})
}

// look says what is waited for, if nothing has moved for long enough.
func (p *Progress) look() {
	p.mu.Lock()
	defer p.mu.Unlock()
	still, patience := p.now().Sub(p.moved), heartbeat
	if p.live {
		patience = stillness
	} else if told := p.now().Sub(p.lastLine); told < still {
		still = told
	}
	text := p.waiting()
	switch {
	case text == "" || still < patience:
	case p.live:
		fmt.Fprint(p.out, clearLine+visible.FirstLine(text, p.width-roomAtEnd))
		p.shown = true
		return
	default:
		p.line("%s", visible.Text(text))
	}
	p.erase()
}

// waiting is what the run waits for, behind how far it is; empty is nothing.
func (p *Progress) waiting() string {
	all := p.waits
	if len(all) == 0 {
		all = p.underWay
	}
	if len(all) == 0 {
		return ""
	}
	// What is cut first at the end of a narrow line matters least.
	text := fmt.Sprintf("waiting %s for %s", p.now().Sub(all[0].begun).Round(time.Second), all[0].what)
	if more := len(p.underWay) - 1; len(p.waits) == 0 && more > 0 {
		text += fmt.Sprintf(", and %d more", more)
	}
	if p.total > 0 {
		text = fmt.Sprintf("%d of %d done, ", p.done, p.total) + text
	}
	return text
}

// erase takes away the line that says what is waited for.
func (p *Progress) erase() {
	if p.shown {
		fmt.Fprint(p.out, clearLine)
	}
	p.shown = false
}
