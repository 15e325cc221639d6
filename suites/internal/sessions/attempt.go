package sessions

import (
	"github.com/onsi/gomega/types"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// attempt is a use of an operation that would be right for an ACTIVE session:
// what is refused is refused for the session, not for its arguments.
type attempt struct {
	arguments wire.Object
	// unmarked accepts a session in which the attempt has left no trace; nil
	// where none could be told from the state.
	unmarked types.GomegaMatcher
}

const (
	// refusedProgress is a progress that no session of this suite gets to.
	refusedProgress = 61
	refusedMessage  = "from a fail that had to be refused"
)

// attemptOf returns the attempt of the operation that the behaviour is about.
func attemptOf(s *Spec) attempt {
	switch s.Behaviour.Operation {
	case "keep_alive":
		return attempt{Progress(refusedProgress).Argument(s.Service()), NotShowNumber("client_progress", refusedProgress)}
	case "fail":
		return attempt{ClientError(refusedMessage), NotTellError(refusedMessage)}
	case "update":
		return attempt{arguments: Warning(SelfSigned)}
	}
	return attempt{}
}

// RefusesUnknownID: the operation does not know an id that no session has.
func RefusesUnknownID(s *Spec) {
	reply := s.Unknown(s.Service()).Act(attemptOf(s).arguments)

	s.Expect(reply).To(BeRefusedWith(NotFound))
}

// RefusesIn returns the body of a behaviour in which the operation is refused
// in the state, and does not change the session.
func RefusesIn(state State) func(*Spec) {
	return func(s *Spec) { ExpectRefused(s, s.Session(state), state) }
}

// RefusesCanceled: the operation is refused for a canceled update session.
func RefusesCanceled(s *Spec) { ExpectRefused(s, s.CanceledUpdate(), Canceled) }

// ExpectRefused: the operation is refused for the session, which stays in the
// state; where cancel deletes it, as documents of 6.0 and 6.5 say, it is not found.
func ExpectRefused(s *Spec, session *Session, state State) {
	attempt := attemptOf(s)
	reply := session.Act(attempt.arguments)

	if session.Gone {
		s.Expect(reply).To(BeRefusedWith(NotFound, s.WrongState()))
		return
	}
	s.Expect(reply).To(BeRefusedWith(s.WrongState()))
	s.MetWrongState(reply)
	after := session.Get()
	s.Expect(after).To(HaveState(state))
	if attempt.unmarked != nil {
		s.Expect(after).To(attempt.unmarked)
	}
}
