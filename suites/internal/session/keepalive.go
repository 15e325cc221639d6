package session

import (
	"fmt"
	"time"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// KeepAliveOK: keep_alive is answered, and the session lives on.
func KeepAliveOK(s *Spec) {
	session := s.Session(s.Service(), Active)

	reply := s.KeepAlive(session, Progress(s.Service(), 10))

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Get(session)).To(HaveState(Active))
}

// KeepAliveProgress: get shows what keep_alive reported last.
func KeepAliveProgress(s *Spec) {
	session := s.Session(s.Service(), Active)

	for _, progress := range []int{50, 75} {
		s.Expect(s.KeepAlive(session, Progress(s.Service(), progress))).To(Succeed())
		s.Expect(s.Get(session)).To(ShowNumber("client_progress", int64(progress)))
	}
}

// KeepAliveWithoutProgress: what is not reported does not change.
func KeepAliveWithoutProgress(s *Spec) {
	session := s.Session(s.Service(), Active)
	s.Step("arrange: a progress of 40")
	s.KeepAlive(session, Progress(s.Service(), 40))
	if before := s.Get(session); !shows(before, "client_progress", 40) {
		s.Block(s.Service()+".keep_alive.progress_set", "no progress to keep: get answered %s%s", Answer(before), Body(before))
	}

	s.Step("keep_alive with an empty object")
	s.Expect(s.KeepAlive(session, wire.Object{})).To(Succeed())
	s.Expect(s.Get(session)).To(ShowNumber("client_progress", 40))

	if s.Variant.Binding == wire.API {
		s.Step("keep_alive without a body")
		s.Expect(s.KeepAlive(session, nil)).To(Succeed())
		s.Expect(s.Get(session)).To(ShowNumber("client_progress", 40))
	}
	s.Expect(s.Get(session)).To(HaveState(Active))
}

func shows(reply Reply, field string, number int64) bool {
	matched, _ := ShowNumber(field, number).Match(reply)
	return matched
}

// extendBudget is how long an extension may take to be seen: the times of
// the legacy binding have whole seconds.
const extendBudget = 2 * time.Second

// KeepAliveExtends: the time of expiry goes on, and never back.
func KeepAliveExtends(s *Spec) {
	session := s.Session(s.Service(), Active)
	before := expiry(s, session)
	later := s.Poll(extendBudget, func() bool {
		s.Expect(s.KeepAlive(session, Progress(s.Service(), 10))).To(Succeed())
		now := expiry(s, session)
		if now.Before(before) {
			s.Fail("expected expiration_time not to go back, got an earlier one\nwant %s or later, got %s",
				before.Format(time.RFC3339Nano), now.Format(time.RFC3339Nano))
		}
		return now.After(before)
	})
	if !later {
		s.Fail("expected keep_alive to move expiration_time on, got the same one for %s\nit was %s", extendBudget, before.Format(time.RFC3339Nano))
	}
}

// expiry is the session's expiration_time as get shows it.
func expiry(s *Spec, session *Session) time.Time {
	reply := s.Get(session)
	model, _ := reply.AsMembers()
	instant, ok := model.Time("expiration_time")
	if !ok {
		s.Block(s.Service()+".get.time_format", "no expiration_time to compare: get answered %s%s", Answer(reply), Body(reply))
	}
	return instant
}

// KeepAliveBackwards is open: a progress should grow, no error says so.
func KeepAliveBackwards(s *Spec) {
	session := s.Session(s.Service(), Active)
	s.KeepAlive(session, Progress(s.Service(), 50))

	reply := s.KeepAlive(session, Progress(s.Service(), 20))

	s.Observe("20 after 50 was answered %s; %s", Answer(reply), progressOf(s, session))
}

// KeepAliveOutOfRange is open: progress ends at 100, no error says so.
func KeepAliveOutOfRange(s *Spec) {
	session := s.Session(s.Service(), Active)
	over := s.KeepAlive(session, Progress(s.Service(), 101))
	afterwards := progressOf(s, session)
	below := s.KeepAlive(session, Progress(s.Service(), -1))

	s.Observe("101 was answered %s; %s. -1 was answered %s; %s", Answer(over), afterwards, Answer(below), progressOf(s, session))
}

// KeepAliveWrongField is open: the name that the other service gives to the
// argument.
func KeepAliveWrongField(s *Spec) {
	other := map[string]string{Download: Update, Update: Download}[s.Service()]
	arguments := Progress(other, 50)
	session := s.Session(s.Service(), Active)

	reply := s.KeepAlive(session, arguments)

	s.Observe("%s was answered %s; %s", arguments[0].Name, Answer(reply), progressOf(s, session))
}

// progressOf says in words which progress get shows.
func progressOf(s *Spec, session *Session) string {
	reply := s.Get(session)
	model, _ := reply.AsMembers()
	if progress, ok := model.Int("client_progress"); ok {
		return fmt.Sprintf("get shows %d", progress)
	}
	return "get answered " + Answer(reply) + " without client_progress"
}
