package sessions

import (
	. "session-conformance/suites/internal/spec"
)

// CancelEndsSession: cancel takes the session out of ACTIVE.
func CancelEndsSession(s *Spec) {
	session := s.Session(InUse)

	reply := session.Cancel()

	s.Expect(reply).To(BeDocumented())
	s.Expect(session.Get()).To(BeOver())
}
