package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

const (
	// redraw is fast enough to look alive and slow enough for a slow line.
	redraw = 100 * time.Millisecond
	// heartbeat is how often a log without news gets a line, so that a long
	// run does not look hung and a short one stays silent.
	heartbeat = 10 * time.Second
	// liveFailures is how many failures a log shows as they happen: against a
	// server that does everything wrong the rest only hides the report.
	liveFailures = 20
	// foresight is how long a run lasts before its end is told: the first
	// behaviours say little about the others.
	foresight = 2 * time.Second
)

// Progress shows how far a run is while it runs: one redrawn line on a live
// terminal, plain lines in a pipe. It is safe for concurrent use.
type Progress struct {
	mu       sync.Mutex
	out      io.Writer
	live     bool
	quiet    bool
	bar      *progressbar.ProgressBar
	total    int
	done     int
	failed   int
	started  time.Time
	lastLine time.Time
	now      func() time.Time

	// width is that of the terminal.
	width int
	// waits are what the whole run waits for, underWay the behaviours that have
	// begun, the oldest first; moved is when something was done the last time.
	waits, underWay []*wait
	moved           time.Time
	// shown says that what is waited for stands in the line of the bar.
	shown bool
	// closed ends the watcher, and is nil before there is one; over says that the
	// progress was closed.
	closed  chan struct{}
	over    bool
	watcher sync.WaitGroup
}

// NewProgress writes to out; live says that out is a terminal on which a line
// can be redrawn (see IsLive).
func NewProgress(out io.Writer, live bool) *Progress {
	return &Progress{out: out, live: live, now: time.Now, width: usualWidth}
}

// NewProgressWith is NewProgress on a terminal that is width columns wide; a
// quiet one shows nothing.
func NewProgressWith(out io.Writer, live bool, width int, options Options) *Progress {
	progress := NewProgress(out, live)
	progress.quiet, progress.width = options.Quiet, max(width, narrowest)
	return progress
}

// Phase announces what the run does next, as a line of its own.
func (p *Progress) Phase(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.removeBar()
	p.line("%s", visible.Text(text))
	p.moved = p.now()
	p.watch()
}

// Start tells how many behaviours will be judged.
func (p *Progress) Start(total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total = total
	p.started = p.now()
	p.lastLine, p.moved = p.started, p.started
	p.watch()
	if p.live && !p.quiet && total > 0 {
		p.bar = newBar(p.out, total)
	}
}

// Done takes one result as soon as it is there.
func (p *Progress) Done(result report.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.moved = p.now()
	if result.Outcome.Decides() {
		p.failed++
	}
	if p.live {
		p.redraw(result)
		return
	}
	p.log(result)
}

// Close removes the redrawn line, so that what follows begins at the margin.
func (p *Progress) Close() {
	p.mu.Lock()
	p.removeBar()
	if p.closed != nil && !p.over {
		close(p.closed)
	}
	p.over = true
	p.mu.Unlock()
	p.watcher.Wait()
}

func (p *Progress) redraw(result report.Result) {
	p.erase()
	if p.bar == nil {
		return
	}
	if result.Outcome.Decides() && p.failed <= liveFailures {
		// Above the bar, which is drawn again below it.
		_ = p.bar.Clear()
		p.failure(result)
	}
	p.bar.Describe(fmt.Sprintf("%d failed%s", p.failed, p.timeLeft()))
	// It fails when there are more results than announced, or when the
	// terminal is gone; the report does not depend on either.
	_ = p.bar.Add(1)
}

func (p *Progress) log(result report.Result) {
	switch {
	case result.Outcome.Decides() && p.failed <= liveFailures:
		p.failure(result)
	case result.Outcome.Decides() && p.failed == liveFailures+1:
		p.line("further failures are in the report at the end")
	case p.total > 0 && p.now().Sub(p.lastLine) >= heartbeat:
		p.line("%d of %d done, %d failed%s", p.done, p.total, p.failed, p.rate()+p.timeLeft())
	}
}

// failure is one failure as it comes.
func (p *Progress) failure(result report.Result) {
	p.line("%s %s [%s] %s", word(result.Outcome), visible.Text(result.ID), visible.Text(result.VariantName()),
		visible.FirstLine(result.Headline(), 2*widest))
}

// rate is how fast it goes, in the words of a line.
func (p *Progress) rate() string {
	return fmt.Sprintf(", %.0f/s", float64(p.done)/p.now().Sub(p.started).Seconds())
}

// timeLeft is how long the rest takes if it goes on like this; empty while that
// is a guess, and when nothing is left.
func (p *Progress) timeLeft() string {
	passed := p.now().Sub(p.started)
	if passed < foresight || p.done >= p.total {
		return ""
	}
	rest := passed * time.Duration(p.total-p.done) / time.Duration(p.done)
	return ", " + rest.Round(time.Second).String() + " left"
}

func (p *Progress) line(format string, args ...any) {
	if p.quiet {
		return
	}
	p.lastLine = p.now()
	fmt.Fprintf(p.out, format+"\n", args...)
}

func (p *Progress) removeBar() {
	p.erase()
	if p.bar == nil {
		return
	}
	_ = p.bar.Clear()
	p.bar = nil
}

func newBar(out io.Writer, total int) *progressbar.ProgressBar {
	return progressbar.NewOptions(total,
		// Hidden behind another type: the library syncs every *os.File it knows.
		progressbar.OptionSetWriter(struct{ io.Writer }{out}),
		progressbar.OptionSetDescription("0 failed"),
		progressbar.OptionSetWidth(20),
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("behaviours"),
		// Its own words for the time left are two bare numbers.
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionThrottle(redraw),
		progressbar.OptionSetRenderBlankState(true),
	)
}
