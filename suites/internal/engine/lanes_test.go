package engine

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/spec"
)

func TestWhoOnlyWaitsGivesItsLaneToAnother(t *testing.T) {
	for name, test := range map[string]struct {
		most  int
		pause time.Duration
		gives bool
	}{
		"a long pause":              {2, resting, true},
		"a pause that is soon over": {2, resting / 2, false},
		"where nothing runs beside": {1, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			l := newLanes(test.most)
			for range test.most {
				l.take()
			}
			l.rest(test.pause, func() { g.Expect(l.busy < l.most).To(Equal(test.gives)) })
			g.Expect(l.busy).To(Equal(test.most))
		})
	}
}

func TestAsManyMayWaitAsThereAreLanes(t *testing.T) {
	g := NewWithT(t)
	l := newLanes(2)
	l.rest(resting, func() {
		l.rest(resting, func() {
			l.rest(resting, func() { g.Expect(l.waiting).To(Equal(2)) })
		})
	})
	g.Expect(l.waiting).To(Equal(0))
}

// A behaviour that waits for minutes must not keep all others from running, when one
// wants the target for itself.
func TestWhatRunsAloneDoesNotWaitForWhoeverOnlyWaits(t *testing.T) {
	a := &attempts{lanes: newLanes(2)}
	var free []string
	look := func(when string) {
		if a.alone.TryLock() {
			free = append(free, when)
			a.alone.Unlock()
		}
	}
	a.alone.RLock()

	look("before")
	a.rest(0, func() { look("while it waits") })
	look("behind it")

	NewWithT(t).Expect(free).To(Equal([]string{"while it waits"}))
}

// What one waits for in vain is given up by all that wait for it at the time.
func TestOneWaitInVainEndsTheOthers(t *testing.T) {
	g := NewWithT(t)
	came := func(budget time.Duration) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Observe("it came: %t", s.PollFor("what never comes", budget, func() bool { return false }))
		}
	}
	began := time.Now()

	results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": came(time.Millisecond), "get.once": came(time.Hour)}, nil)

	g.Expect(results["get.once api"].Message).To(Equal("it came: false"))
	g.Expect(time.Since(began)).To(BeNumerically("<", time.Minute))
}
