package wire

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

const (
	// mostTries is how often a request is sent that the target puts off: within
	// the time of one request a limit that counts by the second lets it pass.
	mostTries = 10
	// leastPause lies between two tries, also where the target asks for less.
	leastPause = 100 * time.Millisecond
	// firstPause and lastPause lie between tries where nobody says how long to
	// wait; it doubles, so that ten tries outlast an outage of some seconds.
	firstPause = 50 * time.Millisecond
	lastPause  = 3200 * time.Millisecond
	// limitPause is the longest where a limit is over, which is no outage: ten
	// tries outlast one that counts by the second, and no more.
	limitPause = 200 * time.Millisecond
	// mostInVain is how many requests may be put off as often as they are sent
	// before others are sent fewerTries times: this is no outage.
	mostInVain = 8
	fewerTries = 3
	// mostPutOff is how long requests of a run wait in all because they are put off,
	// in times that a request may take: with eight behaviours at once, eight such times.
	// Behind it a request is sent once, and what it is about is not judged.
	mostPutOff = 64
)

// send sends the request, again where the answer says nothing about it: as often
// as the target puts it off and as there is time for one request, and once after
// another login or over another connection.
func (c *Client) send(ctx context.Context, address string, request Request) Exchange {
	r := resend{client: c, address: address, request: request}
	for {
		exchange := r.round(ctx)
		if !r.waited {
			return exchange
		}
		r.waited = false
	}
}

// round sends the request until it is answered, its time is over, or the target
// was waited for: that time is not the request's.
func (r *resend) round(ctx context.Context) Exchange {
	bounded, cancel := context.WithTimeout(ctx, r.client.timeout)
	defer cancel()
	for {
		exchange := r.client.try(bounded, r.address, r.request)
		exchange.Earlier = r.earlier
		again := r.decides(ctx, bounded, &exchange, len(r.earlier))
		exchange.Err = r.client.advise(exchange.Err)
		if !again {
			r.waited = false
			return exchange
		}
		r.earlier = exchange.Tries()
		if r.waited {
			return exchange
		}
	}
}

// resend decides whether one request is sent again.
type resend struct {
	client  *Client
	address string
	request Request
	earlier []Exchange
	// waited says that the target was waited for.
	waited bool
	// loggedIn and lost say that it was sent again for that reason.
	loggedIn, lost bool
}

// decides says whether the request is sent again, and puts into the exchange why
// its answer, if there is one, is none to the request.
func (r *resend) decides(ctx, bounded context.Context, exchange *Exchange, tries int) bool {
	elsewhere := !sameHost(r.address, r.client.target)
	switch pause, putOff := exchange.putOff(tries); {
	case elsewhere && (exchange.isUndelivered() || is[*net.DNSError](exchange.Err)):
		exchange.Err = &UnreachableError{hostOf(r.address), exchange.Err}
		return false
	case elsewhere && !putOff:
		return false
	case exchange.Status == http.StatusUnauthorized && exchange.Err == nil:
		return r.logsIn(ctx, exchange)
	case exchange.isUndelivered():
		return r.awaits(ctx, exchange) && tries < mostTries
	case exchange.isLost():
		return r.repeatsLost(ctx, exchange)
	case putOff && exchange.mayHaveHappened() && !r.repeatable():
		exchange.Err, exchange.Lost = &PutOffError{exchange.Status, ""}, true
		// Until it is over, whatever is asked next would be answered so.
		r.client.settle(bounded)
		return false
	case putOff:
		exchange.Err = &PutOffError{exchange.Status, exchange.AnswerHeader.Get(retryAfter)}
		over := r.client.waits(fmt.Sprintf("the target, or a gateway before it, which answers %d", exchange.Status))
		again := tries < r.client.mostTries()-1 && r.client.waitPutOff(bounded, pause)
		over()
		if !again {
			r.client.presence.putOffFor(false)
		}
		return again
	case exchange.Err == nil && tries > 0:
		r.client.presence.putOffFor(true)
	}
	return false
}

// waitPutOff is wait for a request that was put off, while the run has time for that.
// A pause that is too long to be waited for takes none of it.
func (c *Client) waitPutOff(ctx context.Context, pause time.Duration) bool {
	if !c.presence.mayBePutOff(mostPutOff*c.timeout) || !c.wait(ctx, pause) {
		return false
	}
	c.presence.wasPutOff(pause)
	return true
}

// WaitAnew gives requests that are put off their whole time again, however long the
// run was put off before: what is deleted at its end must not stay for want of that.
func (c *Client) WaitAnew() {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	c.presence.putOff = 0
}

// mostTries is how often a request is sent at present.
func (c *Client) mostTries() int {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	if c.presence.inVain >= mostInVain {
		return fewerTries
	}
	return mostTries
}

// repeatable says whether sending the request twice does no more than once: what
// only reads, and what only cleans up.
func (r *resend) repeatable() bool {
	return r.request.Method == http.MethodGet || r.request.Method == http.MethodHead || r.client.unstoppable
}

func (r *resend) logsIn(ctx context.Context, exchange *Exchange) bool {
	token, sent := r.client.tokenIn(r.request, *exchange)
	if !sent || r.loggedIn {
		return false
	}
	r.loggedIn = true
	again, err := r.client.hasEnded(ctx, token, exchange.Started)
	if err != nil {
		exchange.Err = err
	}
	return again
}

// awaits waits for a target that was there before.
func (r *resend) awaits(ctx context.Context, exchange *Exchange) bool {
	if !r.client.wasSeen() {
		return false
	}
	if err := r.client.awaitTarget(ctx); err != nil {
		exchange.Err = err
		return false
	}
	r.waited = true
	return true
}

// repeatsLost asks whether the target lives after an answer was lost.
func (r *resend) repeatsLost(ctx context.Context, exchange *Exchange) bool {
	if !r.client.wasSeen() {
		return false
	}
	r.client.presence.suspect(*exchange)
	if err := r.client.awaitTarget(ctx); err != nil {
		exchange.Err = err
		return false
	}
	r.waited = true
	exchange.Lost = !r.repeatable()
	again := r.repeatable() && !r.lost
	r.lost = true
	return again
}

// settle asks until the target answers itself, or the time is over.
func (c *Client) settle(ctx context.Context) {
	for tries := 0; tries < mostTries && !c.knock(ctx); tries++ {
		if !c.wait(ctx, pauseAfter(tries)) {
			return
		}
	}
}

func (c *Client) wasSeen() bool {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	return c.presence.seen
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
