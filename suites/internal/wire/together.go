package wire

import (
	"context"
	"net"
	"net/http/httptrace"
	"slices"
	"sync"
	"time"
)

// Together lets clients act at once: the first request of each reaches the target
// at the same moment. It is written but for its last byte on a connection of its
// own; the last bytes of all follow at once, in the order of the clients. Those of
// the late ones follow when half of the others have been answered, or the lead is
// over: they meet what the target is still at. Together returns when all clients
// have, and its goroutines end with them.
func Together(ctx context.Context, clients, late []func(context.Context), lead time.Duration) {
	start := newStart(len(clients), len(late))
	start.lead = lead
	var group sync.WaitGroup
	for i, act := range slices.Concat(clients, late) {
		group.Go(func() {
			defer start.leave(i)
			act(start.hold(ctx, i))
		})
	}
	start.conduct()
	group.Wait()
}

// Midway does something while a request is under way: all of it is written but
// its last byte when between is called, where the connection carries no other
// request; else none of it is. Its goroutine ends with act.
func Midway(ctx context.Context, act func(context.Context), between func()) {
	start := newStart(1, 0)
	var group sync.WaitGroup
	group.Go(func() {
		defer start.leave(0)
		act(start.hold(ctx, 0))
	})
	<-start.ready
	between()
	start.release(0, 1)
	group.Wait()
}

// longestHold is how long a request waits for the others to be written: new
// connections may have to be made first, over TLS by a distant target.
const longestHold = time.Second

// start lets requests go when all that take part are ready, or have ended
// without ever being ready; the late ones when enough have been answered.
type start struct {
	early int
	mu    sync.Mutex
	// holds are what each client waits in, nil where it does not wait yet.
	holds []*hold
	// gone are the clients that wait for nothing any more.
	gone []bool
	// missing is how many are not ready, unanswered how many answers the late ones
	// wait for; then the channel is closed.
	missing, unanswered int
	ready, follow       chan struct{}
	// lead is how long the late ones wait at most.
	lead time.Duration
}

func newStart(clients, late int) *start {
	s := &start{
		early: clients, holds: make([]*hold, clients+late), gone: make([]bool, clients+late), missing: clients + late,
		ready: make(chan struct{}), unanswered: (clients + 1) / 2, follow: make(chan struct{}),
	}
	if clients == 0 {
		close(s.follow)
	}
	return s
}

// conduct lets all go when they are ready, or after longestHold.
func (s *start) conduct() {
	wait(s.ready, longestHold)
	s.release(0, s.early)
	if len(s.holds) > s.early {
		wait(s.follow, s.lead)
	}
	s.release(s.early, len(s.holds))
}

func wait(until <-chan struct{}, longest time.Duration) {
	timer := time.NewTimer(longest)
	defer timer.Stop()
	select {
	case <-until:
	case <-timer.C:
	}
}

// release lets the clients of the span go, one after the other.
func (s *start) release(from, to int) {
	for client := from; client < to; client++ {
		s.mu.Lock()
		held := s.holds[client]
		s.gone[client] = true
		s.mu.Unlock()
		if held != nil {
			held.end()
		}
	}
}

// enter notes that the client has nothing more to do before the start; false if
// that is over.
func (s *start) enter(client int, held *hold) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone[client] {
		return false
	}
	s.holds[client] = held
	s.count()
	return true
}

func (s *start) count() {
	if s.missing--; s.missing == 0 {
		close(s.ready)
	}
}

// leave lets the others go: who has its answer waits for nobody.
func (s *start) leave(client int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.holds[client] == nil && !s.gone[client] {
		s.gone[client] = true
		s.count()
	}
	if s.unanswered--; s.unanswered == 0 {
		close(s.follow)
	}
}

// hold makes the first connection that the context's request gets wait with the
// last byte of the request. One on which several requests are under way, as in
// HTTP/2, waits with all of it.
func (s *start) hold(ctx context.Context, client int) context.Context {
	var once sync.Once
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
		once.Do(func() {
			if conn, ok := innerConn(got.Conn).(*heldConn); ok && !isShared(got.Conn) {
				conn.holdNext(func(held *hold) bool { return s.enter(client, held) })
				return
			}
			if held := newHold(nil, nil); s.enter(client, held) {
				<-held.over
			}
		})
	}})
}

// hold is how a request waits for the start: with what is left to write.
type hold struct {
	conn net.Conn
	last []byte

	over    chan struct{}
	written int
	err     error
}

func newHold(conn net.Conn, last []byte) *hold {
	return &hold{conn: conn, last: last, over: make(chan struct{})}
}

// end writes what is left.
func (h *hold) end() {
	defer close(h.over)
	if h.conn != nil {
		h.written, h.err = h.conn.Write(h.last)
	}
}
