package sessions

import (
	"fmt"
	"time"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// KeepAliveLeavesActive: keep_alive is answered, and the session lives on.
func KeepAliveLeavesActive(s *Spec) {
	session := s.Session(InUse)

	reply := session.KeepAlive(Progress(10))

	s.Expect(reply).To(BeDocumented())
	s.Expect(session.Get()).To(HaveState(Active))
}

// KeepAliveSetsProgress: get shows what keep_alive reported last.
func KeepAliveSetsProgress(s *Spec) {
	session := s.Session(InUse)

	for _, progress := range []int{50, 75} {
		s.Expect(session.KeepAlive(Progress(progress))).To(Succeed())
		s.Expect(session.Get()).To(ShowNumber("client_progress", int64(progress)))
	}
}

// KeepAliveLeavesProgress: what is not reported does not change.
func KeepAliveLeavesProgress(s *Spec) {
	session := s.Session(InUse)
	s.Step("arrange: a progress of 40")
	session.KeepAlive(Progress(40))
	if before := session.Get(); !shows(before, "client_progress", 40) {
		s.Block(s.Service()+".keep_alive.progress_set", "no progress to keep: get answered %s%s", Answer(before), Body(before))
	}

	s.Step("keep_alive with an empty object")
	s.Expect(session.Act(wire.Object{})).To(Succeed())
	s.Expect(session.Get()).To(ShowNumber("client_progress", 40))

	if s.Variant.Binding == wire.API {
		s.Step("keep_alive without a body")
		s.Expect(session.Act(nil)).To(Succeed())
		s.Expect(session.Get()).To(ShowNumber("client_progress", 40))
	}
	s.Expect(session.Get()).To(HaveState(Active))
}

func shows(reply Reply, field string, number int64) bool {
	matched, _ := ShowNumber(field, number).Match(reply)
	return matched
}

// extendBudget is how long an extension may take to be seen: the times of
// the legacy binding have whole seconds.
const extendBudget = 2 * time.Second

// Steps in which a server may give its times: no document says how exact they are.
const (
	coarse = 10 * time.Second
	// oftenEnough shows the next second of a target soon after it has come.
	oftenEnough = 100 * time.Millisecond
	// coarsest is longer than a run may wait.
	coarsest = time.Minute
)

// KeepAliveMovesExpiryOn: the time of expiry goes on, and never back.
func KeepAliveMovesExpiryOn(s *Spec) {
	session := s.Session(InUse)
	before := expiry(s, session)
	budget, pause := extendBudget, oftenEnough
	if before.Truncate(coarse).Equal(before) {
		budget, pause = budget+coarse, time.Second
	}
	later := s.PollOften(pause, budget, func() bool {
		s.Expect(session.KeepAlive(Progress(10))).To(Succeed())
		now := expiry(s, session)
		if now.Before(before) {
			s.Fail(Expected("expiration_time not to go back").Got("an earlier one").Of("expiration_time").
				Detail("want %s or later, got %s", before.Format(time.RFC3339Nano), now.Format(time.RFC3339Nano)))
		}
		return now.After(before)
	})
	if later {
		return
	}
	if before.Truncate(coarsest).Equal(before) {
		s.Skip("expiration_time may be given in whole minutes, and does not move on within %s", budget)
	}
	s.Fail(Expected("keep_alive to move expiration_time on").Got("the same one for %s", budget).Of("expiration_time").
		Detail("it was %s", before.Format(time.RFC3339Nano)))
}

// expiry is the session's expiration_time as get shows it.
func expiry(s *Spec, session *Session) time.Time { return readTime(s, session.Get()) }

// readTime is the expiration_time in an answer of get.
func readTime(s *Spec, reply Reply) time.Time {
	model, _ := reply.AsMembers()
	instant, ok := model.Time("expiration_time")
	if !ok {
		s.Block(s.Service()+".get.time_format", "no expiration_time to compare: get answered %s%s", Answer(reply), Body(reply))
	}
	return instant
}

// ObserveProgressBackwards is open: a progress should grow, no error says so.
func ObserveProgressBackwards(s *Spec) {
	session := s.Session(InUse)
	session.KeepAlive(Progress(50))

	reply := session.KeepAlive(Progress(20))

	s.Observe("20 after 50 was answered %s; %s", Answer(reply), progressOf(s, session))
}

// ObserveProgressOutOfRange is open: progress ends at 100, no error says so.
func ObserveProgressOutOfRange(s *Spec) {
	session := s.Session(InUse)
	over := session.KeepAlive(Progress(101))
	afterwards := progressOf(s, session)
	below := session.KeepAlive(Progress(-1))

	s.Observe("101 was answered %s; %s. -1 was answered %s; %s",
		Answer(over), afterwards, Answer(below), progressOf(s, session))
}

// ObserveOtherProgressName is open: the name that the other service gives to the
// argument.
func ObserveOtherProgressName(s *Spec) {
	arguments := Progress(50).Argument(other[s.Service()])
	session := s.Session(Active)

	reply := session.Act(arguments)

	s.Observe("%s was answered %s; %s", arguments[0].Name, Answer(reply), progressOf(s, session))
}

// progressOf says in words which progress get shows.
func progressOf(s *Spec, session *Session) string {
	reply := session.Get()
	model, _ := reply.AsMembers()
	if progress, ok := model.Int("client_progress"); ok {
		return fmt.Sprintf("get shows %d", progress)
	}
	return "get answered " + Answer(reply) + " without client_progress"
}
