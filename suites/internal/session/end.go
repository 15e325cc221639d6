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

// RefusedIn returns the body of a behaviour in which the operation is refused
// in the state, and changes nothing.
func RefusedIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.Session(s.Service(), state)

		reply := s.Act(session, nil)

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(state))
	}
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

// DeletedIn returns the body of a behaviour in which a session in the state
// can be deleted.
func DeletedIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.Session(s.Service(), state)

		s.Expect(s.Delete(session)).To(Succeed())

		s.Expect(s.Get(session)).To(BeGone())
	}
}
