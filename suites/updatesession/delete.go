package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: delete",
	Behaviour("update_session.delete.ok", session.DeleteOK),
	Behaviour("update_session.delete.unknown_id", session.UnknownID),
	Behaviour("update_session.delete.then_get", session.DeleteThenGet),
	Behaviour("update_session.delete.twice", session.DeleteTwice),
	Behaviour("update_session.delete.done", session.DeletedIn(Done)),
	Behaviour("update_session.delete.canceled", session.DeleteCanceled),
	Behaviour("update_session.delete.error", session.DeletedIn(Errored)),

	Behaviour("update_session.delete.active", func(s *Spec) {
		session := s.UpdateSession(Active)

		reply := s.Delete(session)

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(Active))
	}),
)
