package sessions

import (
	"net/http"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

const clientMessage = "the client gave up on purpose"

// FailEndsSession: fail takes the session out of ACTIVE.
func FailEndsSession(s *Spec) {
	session := s.Session(InUse)

	reply := session.Fail(clientMessage)

	s.Expect(reply).To(BeDocumented())
	s.Expect(session.Get()).To(BeOver())
}

// FailLeavesError: a failed session is in ERROR, and can be read.
func FailLeavesError(s *Spec) {
	session := s.Session(InUse)

	s.Expect(session.Fail(clientMessage)).To(Succeed())

	s.Expect(session.Get()).To(HaveState(Errored))
}

// FailKeepsMessage: a failed session tells what its client said.
func FailKeepsMessage(s *Spec) {
	session := s.Session(InUse)

	s.Expect(session.Fail(clientMessage)).To(Succeed())

	s.Expect(session.Get()).To(TellError(clientMessage))
}

// FailNeedsMessage: the message is required; the error's type is not
// documented.
func FailNeedsMessage(s *Spec) {
	session := s.Session(InUse)

	s.Step("fail with an empty object")
	s.Expect(session.Act(wire.Object{})).To(BeAnsweredWith(http.StatusBadRequest))
	s.Expect(session.Get()).To(HaveState(Active))

	if s.Variant.Route == wire.Collection || s.Variant.Representation == wire.Query {
		return // there, an absent body is the same request
	}
	s.Step("fail without a body")
	s.Expect(session.Act(nil)).To(BeAnsweredWith(http.StatusBadRequest))
	s.Expect(session.Get()).To(HaveState(Active))
}
