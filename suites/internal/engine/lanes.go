package engine

import (
	"sync"
	"time"
)

// resting is the shortest pause between two looks for which a behaviour gives its
// lane away: what is slow, and not what is under way.
const resting = 100 * time.Millisecond

// lanes are the places for behaviours that run at once. One that only waits gives
// its place to another, so that a target on which much never comes is waited for
// once and not by all lanes; as many may wait so as there are places.
type lanes struct {
	most int

	mu            sync.Mutex
	freed         sync.Cond
	busy, waiting int
}

func newLanes(most int) *lanes {
	l := &lanes{most: most}
	l.freed.L = &l.mu
	return l
}

// take waits for a place.
func (l *lanes) take() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.busy >= l.most {
		l.freed.Wait()
	}
	l.busy++
}

func (l *lanes) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy--
	l.freed.Signal()
}

// rest gives the place away for the pause, and takes it back at once: who has
// waited may hold what the others wait for. With one place nothing ever runs beside
// anything else.
func (l *lanes) rest(pause time.Duration, wait func()) {
	if pause < resting || !l.mayRest() {
		wait()
		return
	}
	defer l.resume()
	wait()
}

func (l *lanes) mayRest() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.most == 1 || l.waiting >= l.most {
		return false
	}
	l.waiting++
	l.busy--
	l.freed.Signal()
	return true
}

func (l *lanes) resume() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting--
	l.busy++
}
