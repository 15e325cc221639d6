package wire

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"
)

const (
	// mostSuspects is how many requests a line has room for.
	mostSuspects = 16
	// mostOutages is how many of them a report has room for.
	mostOutages = 100
	// remembered is how many of the requests that were answered last are known when a
	// target goes away. One dies within milliseconds of what it was asked for, in
	// which eight clients on one machine have made a few requests each.
	remembered = 32
)

// Outage is a time in which the target did not answer at all.
type Outage struct {
	// Began is when nobody answered for the first time, Ended when somebody did
	// again; zero if nobody did.
	Began, Ended time.Time
	// UnderWay are the requests whose answers were lost. Before are those that were
	// answered last and may have changed something, the last one first.
	UnderWay, Before []Asked
}

// Asked is a request of a run, by its method and path and its X-Request-Id.
type Asked struct{ Line, ID string }

func asked(exchange Exchange) Asked {
	path := exchange.Path
	if path == "" { // a transfer
		if address, err := url.Parse(exchange.URL); err == nil {
			path = address.Path
		}
	}
	return Asked{exchange.Method + " " + path, exchange.Request.Header.Get(requestIDHeader)}
}

func lines(of []Asked) (all []string) {
	for _, one := range of {
		all = append(all, one.Line)
	}
	return all
}

// Outages are the times in which the target was away, as far as a report has room.
func (c *Client) Outages() []Outage {
	c.presence.mu.Lock()
	defer c.presence.mu.Unlock()
	return slices.Clone(c.presence.outages)
}

// Watch asks for so long whether the target answers, or until it goes away, which
// Absences then tells. It is waited for, as by every request.
func (c *Client) Watch(ctx context.Context, long time.Duration) {
	before := c.Absences()
	for deadline := time.Now().Add(long); time.Now().Before(deadline) && c.Absences() == before; {
		if c.awaitTarget(ctx) != nil || !c.wait(ctx, knockPause/2) {
			return
		}
	}
}

// remember keeps a request that was answered and may have changed something.
func (p *presence) remember(exchange Exchange) {
	if exchange.Request.Reads() {
		return
	}
	if len(p.answered) == remembered {
		p.answered = slices.Delete(p.answered, 0, 1)
	}
	p.answered = append(p.answered, asked(exchange))
}

// suspect remembers a request whose answer was lost.
func (p *presence) suspect(exchange Exchange) {
	one := asked(exchange)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.suspects) < mostSuspects && !slices.ContainsFunc(p.suspects, func(s Asked) bool { return s.Line == one.Line }) {
		p.suspects = append(p.suspects, one)
	}
}

// clear forgets whose answers were lost, since the target is there.
func (p *presence) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.suspects = nil
}

// goesAway notes that the target is away.
func (p *presence) goesAway() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.absences++
	if len(p.outages) < mostOutages {
		before := slices.Clone(p.answered)
		slices.Reverse(before)
		p.outages = append(p.outages, Outage{Began: time.Now(), Before: before})
	}
	p.answered = nil
}

// comesBack notes that the target is there again, and returns what makes good what it
// has forgotten.
func (p *presence) comesBack() (makeGood func(context.Context)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.nameSuspects()
	if p.absences <= mostOutages {
		p.outages[p.absences-1].Ended = time.Now()
	}
	p.suspects = nil
	return p.onReturn
}

// nameSuspects says of the last outage what was under way when it began.
func (p *presence) nameSuspects() {
	if p.absences <= mostOutages {
		p.outages[p.absences-1].UnderWay = slices.Clone(p.suspects)
	}
}

// requestIDHeader carries the id by which whoever runs the target finds a request.
var requestIDHeader = http.CanonicalHeaderKey("X-Request-Id")
