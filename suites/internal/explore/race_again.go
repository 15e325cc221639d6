package explore

import (
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	// repeats is how often a race that clashed is run, to tell how often it does.
	repeats = 20
	// triesWithFewer is how often a race is tried with fewer clients: one that
	// clashes every other time is then missed once in sixteen times.
	triesWithFewer = 4
	// longestLook bounds all that is done about one clash.
	longestLook = 3 * time.Second
)

// look looks into a race that clashed, unless its cell is known to be broken: it
// is cut to the fewest clients that clash, brought into one binding if they clash
// there, and run again to tell how often they do.
func (t *tournament) look(ctx context.Context, l *lane, m meeting, clash *Clash) {
	if !l.claim("race "+clash.Behaviour, fmt.Sprint(m.bindings[0], len(m.bindings))) {
		return
	}
	began := time.Now()
	s := &second{tournament: t, lane: l, isLate: func() bool { return l.isOver(ctx) || time.Since(began) > longestLook }}
	m, fewest := s.fewest(ctx, m, clash)
	m, fewest = s.alone(ctx, m, fewest)
	if !l.claim("clash "+fewest.Behaviour, string(fewest.Binding)) {
		return
	}
	fewest.Timeline.Failed, fewest.Timeline.Tried = 1, 1
	for fewest.Timeline.Tried < repeats && !s.isLate() {
		fewest.Timeline.Tried++
		if s.again(ctx, m, fewest.Timeline.Tried) != nil {
			fewest.Timeline.Failed++
		}
	}
	fewest.Script = textOf(m, l.filesHeld())
	t.mu.Lock()
	defer t.mu.Unlock()
	t.findings.Clashes = append(t.findings.Clashes, *fewest)
}

// second is the second look at a clash.
type second struct {
	*tournament
	lane   *lane
	isLate func() bool
}

// again runs the race in a history of its own, as it is in the turn.
func (s *second) again(ctx context.Context, m meeting, turn int) *Clash {
	if s.isLate() {
		return nil
	}
	h := s.lane.enter(ctx, heldFiles)
	met := h.meet(ctx, m.arranged(turn))
	s.lane.leave(ctx, h)
	s.tournament.again.Add(int64(len(h.exchanges)))
	return met.clash
}

// fewest looks for two clients that clash; what they do not explain may be another
// answer. If there are none, it takes away one after the other, as long as the
// rest still clash.
func (s *second) fewest(ctx context.Context, m meeting, clash *Clash) (meeting, *Clash) {
	pairs := m.pairs()
	for turn := range triesWithFewer {
		for _, pair := range pairs {
			if again := s.again(ctx, pair, turn); again != nil {
				return pair, again
			}
		}
	}
	for at := len(m.clients) - 1; at >= 0 && len(m.clients) > 2; at-- {
		less := m.without(at)
		for turn := range triesWithFewer {
			if again := s.again(ctx, less, turn); again != nil {
				m, clash = less, again
				break
			}
		}
	}
	return m, clash
}

// alone looks for a binding in which the clients clash without others.
func (s *second) alone(ctx context.Context, m meeting, clash *Clash) (meeting, *Clash) {
	if len(m.bindings) == 1 {
		return m, clash
	}
	for turn := range 2 * triesWithFewer {
		for _, binding := range m.bindings {
			if one, served := m.in(s.Explorer, binding); served {
				if again := s.again(ctx, one, turn); again != nil {
					return one, again
				}
			}
		}
	}
	return m, clash
}

// pairs are each two different clients of the meeting, one of them late if some
// are.
func (m meeting) pairs() (pairs []meeting) {
	if len(m.clients) == 2 {
		return nil
	}
	early := len(m.clients) - m.late
	known := map[[2]Step]bool{}
	for one := range m.clients[:early] {
		for other := one + 1; other < len(m.clients); other++ {
			two := [2]Step{m.clients[one], m.clients[other]}
			if m.late > 0 && other < early || known[two] {
				continue
			}
			known[two] = true
			pair := m
			pair.clients, pair.late = two[:], min(m.late, 1)
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// without is the meeting without a client.
func (m meeting) without(at int) meeting {
	if early := len(m.clients) - m.late; at >= early && m.late > 0 {
		m.late--
	}
	m.clients = slices.Delete(slices.Clone(m.clients), at, at+1)
	return m
}
