package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"
)

// What asks whether the target is there.
const (
	// knockTimeout bounds a question to a target that may be gone.
	knockTimeout = 2 * time.Second
	// knockPause lies between two of them: a target takes seconds to start.
	knockPause = 100 * time.Millisecond
)

// presence is what all copies of a client know of whether the target is there.
type presence struct {
	// wait is how long a target that went away is waited for.
	wait time.Duration

	// waiting is held by the one that waits for the target.
	waiting sync.Mutex

	mu sync.Mutex
	// door is the path of a GET that was answered; empty before the first.
	door string
	seen bool
	// absences is how often the target went away.
	absences int
	// suspects are the requests that were under way when it did, answered those that
	// were answered last.
	suspects, answered []Asked
	outages            []Outage
	// inVain is how many requests were put off until nobody sent them again, since
	// the last one that was answered at last.
	inVain int
	// putOff is how long requests have waited in all because they were put off.
	putOff time.Duration
	// gone is why nobody waits for it any more; nil while it is there.
	gone error
	// onReturn makes good what a target has forgotten that was away.
	onReturn func(context.Context)
}

// GoneError says that the target went away and did not come back: nothing about
// what a request asked for.
type GoneError struct{ text string }

func (e *GoneError) Error() string { return e.text }

// UnreachableError says that a host which the target named cannot be reached.
type UnreachableError struct {
	Host string
	Err  error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the host %s, which the target names for transfers, cannot be reached from here (%s)",
		e.Host, innermost(e.Err))
}

// Unwrap returns the error of the transport.
func (e *UnreachableError) Unwrap() error { return e.Err }

// returning marks the requests that make good what the target has forgotten.
type returning struct{}

// OnReturn sets what is done when a target that was away answers again, before
// anything else is asked of it.
func (c *Client) OnReturn(do func(context.Context)) {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	c.presence.onReturn = do
}

// Absences is how often the target went away so far.
func (c *Client) Absences() int {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	return c.presence.absences
}

// Gone says why the target is not waited for any more; nil while it is there.
func (c *Client) Gone() error {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	return c.presence.gone
}

func (p *presence) note(request Request, exchange Exchange) {
	if exchange.Status == 0 || exchange.isGateways() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = true
	if p.door == "" && request.Method == http.MethodGet && request.Path != "" {
		p.door = request.Path
	}
	p.remember(exchange)
}

// mayBePutOff says whether the pauses so far leave something of the budget.
func (p *presence) mayBePutOff(budget time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.putOff < budget
}

// wasPutOff notes a pause that was waited for.
func (p *presence) wasPutOff(pause time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.putOff += pause
}

// putOffFor notes whether a request that was put off was answered at last.
func (p *presence) putOffFor(answered bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inVain++; answered {
		p.inVain = 0
	}
}

// isUndelivered says whether no connection was made, so that nothing was sent.
func (e Exchange) isUndelivered() bool {
	var dial *net.OpError
	return e.Err != nil && errors.As(e.Err, &dial) && dial.Op == "dial" && !is[*net.DNSError](e.Err)
}

// isLost says whether the connection ended before any answer came, so that
// nobody knows whether the request was heard.
func (e Exchange) isLost() bool {
	if e.Err == nil || e.Status != 0 || e.isUndelivered() || IsTimeout(e.Err) {
		return false
	}
	for _, end := range []error{io.EOF, syscall.ECONNRESET, syscall.EPIPE} {
		if errors.Is(e.Err, end) {
			return true
		}
	}
	return contains("server closed idle connection", "client connection lost", "GOAWAY", "connection reset", "broken pipe")(e.Err)
}

// awaitTarget returns nil once the target answers: at once, or after it was
// waited for and what it has forgotten was made good.
func (c *Client) awaitTarget(ctx context.Context) error {
	p := c.presence
	if ctx.Value(returning{}) != nil {
		return &GoneError{"the target went away again while the run took up its work"}
	}
	p.waiting.Lock()
	defer p.waiting.Unlock()
	if gone := c.Gone(); gone != nil {
		return gone
	}
	if c.knock(ctx) {
		p.clear()
		return nil
	}
	p.goesAway()
	defer c.waits(fmt.Sprintf("the target, which stopped answering (%s at most)", p.wait))()
	for deadline := time.Now().Add(p.wait); time.Now().Before(deadline); {
		if !c.wait(ctx, knockPause) || c.Stopped() && !c.unstoppable {
			return ErrStopped
		}
		if c.knock(ctx) {
			if makeGood := p.comesBack(); makeGood != nil {
				makeGood(context.WithValue(ctx, returning{}, true))
			}
			return nil
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	text := fmt.Sprintf("the target stopped answering and did not come back within %s", p.wait)
	p.nameSuspects()
	if len(p.suspects) > 0 {
		text += "; under way were " + strings.Join(lines(p.suspects), ", ")
	}
	p.gone = &GoneError{text}
	return p.gone
}

// AwaitStart waits until a target that is starting answers, at most for the
// time; what it does not answer then is told by the first request.
func (c *Client) AwaitStart(ctx context.Context, most time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for !c.knock(ctx) && c.wait(ctx, knockPause) && !c.Stopped() {
	}
}

// knock asks whether the target answers at all.
func (c *Client) knock(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, knockTimeout)
	defer cancel()
	c.presence.mu.Lock()
	door := c.presence.door
	c.presence.mu.Unlock()
	if door == "" {
		door = "/"
	}
	answer := c.try(ctx, c.target+door, Request{Method: http.MethodGet, Path: door})
	return answer.Status != 0 && !answer.isGateways()
}
