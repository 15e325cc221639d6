package wire

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	// mostTries is how often a request is sent that the target puts off: within
	// the time of one request a limit that counts by the second lets it pass.
	mostTries = 10
	// leastPause lies between two tries, also where the target asks for less.
	leastPause = 100 * time.Millisecond
)

// PutOffError says that the target would not look at a request: 429 or 503 with
// Retry-After tell to send it again (RFC 6585, section 4; RFC 9110, section
// 10.2.3), and nothing about what it asks for.
type PutOffError struct {
	Status     int
	RetryAfter string
}

func (e *PutOffError) Error() string {
	return fmt.Sprintf("the target put the request off, with %d and Retry-After %.40q; send less with --parallel, or wait longer with --request-timeout", e.Status, e.RetryAfter)
}

// send sends the request, again as often as the target puts it off and as there
// is time for one request.
func (c *Client) send(ctx context.Context, address string, request Request) Exchange {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	var earlier []Exchange
	for {
		exchange := c.try(ctx, address, request)
		exchange.Earlier = earlier
		pause, putOff := exchange.putOff()
		if !putOff {
			return exchange
		}
		exchange.Err = &PutOffError{exchange.Status, exchange.AnswerHeader.Get(retryAfter)}
		if len(earlier) == mostTries-1 || !c.wait(ctx, pause) {
			return exchange
		}
		earlier = exchange.Tries()
	}
}

const retryAfter = "Retry-After"

// putOff says whether the target wants the request to be sent again, and when.
func (e Exchange) putOff() (pause time.Duration, putOff bool) {
	if e.Err != nil || e.Status != http.StatusTooManyRequests && e.Status != http.StatusServiceUnavailable {
		return 0, false
	}
	asked := e.AnswerHeader.Get(retryAfter)
	if seconds, err := strconv.ParseUint(asked, 10, 32); err == nil {
		return max(time.Duration(seconds)*time.Second, leastPause), true
	}
	if moment, err := http.ParseTime(asked); err == nil {
		// By the target's own clock, if it tells the time.
		now, err := http.ParseTime(e.AnswerHeader.Get("Date"))
		if err != nil {
			now = time.Now()
		}
		return max(moment.Sub(now), leastPause), true
	}
	return 0, false
}

// wait lets the pause pass; false says at once that there is no time for it. A
// stop ends it early.
func (c *Client) wait(ctx context.Context, pause time.Duration) bool {
	if deadline, set := ctx.Deadline(); set && time.Until(deadline) < pause {
		return false
	}
	stopped := c.stopped.Done()
	if c.unstoppable {
		stopped = nil
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-stopped:
		return true
	case <-ctx.Done():
		return false
	}
}
