package session

import (
	. "session-conformance/suites/internal/spec"
)

// CancelOK: cancel takes the session out of ACTIVE.
func CancelOK(s *Spec) {
	session := s.Session(s.Service(), Active)

	reply := s.Cancel(session)

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Get(session)).To(BeOver())
}

// DeleteOK: delete removes a session that is over.
func DeleteOK(s *Spec) {
	session := s.Session(s.Service(), Ended)

	reply := s.Delete(session)

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Get(session)).To(BeGone())
}

// DeleteThenGet: what was deleted is not known any more.
func DeleteThenGet(s *Spec) {
	session := s.Session(s.Service(), Ended)

	s.Expect(s.Delete(session)).To(Succeed())

	s.Expect(s.Get(session)).To(BeGone())
}

// DeleteTwice: the second delete finds nothing.
func DeleteTwice(s *Spec) {
	session := s.Session(s.Service(), Ended)
	s.Expect(s.Delete(session)).To(Succeed())

	s.Step("the second delete")
	reply := s.Delete(session)

	s.Expect(reply).To(BeRefusedWith(NotFound))
}

// DeleteCanceled: a canceled update session can be deleted; where cancel has
// done so, as documents of 6.0 and 6.5 say, it is not found.
func DeleteCanceled(s *Spec) {
	session := s.CanceledUpdate()

	reply := s.Delete(session)

	if session.Gone {
		s.Expect(reply).To(BeRefusedWith(NotFound))
		return
	}
	s.Expect(reply).To(Succeed())
	s.Expect(s.Get(session)).To(BeGone())
}

// DeletedIn returns the body of a behaviour in which a session in the state
// can be deleted.
func DeletedIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.Session(s.Service(), state)

		s.Expect(s.Delete(session)).To(Succeed())

		s.Expect(s.Get(session)).To(BeGone())
	}
}
