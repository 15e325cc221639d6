package session

import (
	"net/http"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const clientMessage = "the client gave up on purpose"

// FailOK: fail takes the session out of ACTIVE.
func FailOK(s *Spec) {
	session := s.Session(s.Service(), Active)

	reply := s.FailSession(session, clientMessage)

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Get(session)).To(BeOver())
}

// FailState: a failed session is in ERROR, and can be read.
func FailState(s *Spec) {
	session := s.Session(s.Service(), Active)

	s.Expect(s.FailSession(session, clientMessage)).To(Succeed())

	s.Expect(s.Get(session)).To(HaveState(Errored))
}

// FailMessage: a failed session tells what its client said.
func FailMessage(s *Spec) {
	session := s.Session(s.Service(), Active)

	s.Expect(s.FailSession(session, clientMessage)).To(Succeed())

	s.Expect(s.Get(session)).To(TellError(clientMessage))
}

// FailWithoutMessage: the message is required; the error's type is not
// documented.
func FailWithoutMessage(s *Spec) {
	session := s.Session(s.Service(), Active)

	s.Step("fail with an empty object")
	s.Expect(s.Act(session, wire.Object{})).To(BeAnsweredWith(http.StatusBadRequest))
	s.Expect(s.Get(session)).To(HaveState(Active))

	if s.Variant.Route == wire.Collection || s.Variant.Representation == wire.Query {
		return // there, an absent body is the same request
	}
	s.Step("fail without a body")
	s.Expect(s.Act(session, nil)).To(BeAnsweredWith(http.StatusBadRequest))
	s.Expect(s.Get(session)).To(HaveState(Active))
}
