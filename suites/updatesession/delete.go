package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: delete",
	Behaviour("update_session.delete.ok", sessions.DeleteRemovesSession),
	Behaviour("update_session.delete.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.delete.then_get", sessions.GetFindsNoDeleted),
	Behaviour("update_session.delete.twice", sessions.DeleteFindsNoDeleted),
	Behaviour("update_session.delete.done", sessions.DeletesIn(Done)),
	Behaviour("update_session.delete.canceled", sessions.DeletesCanceled),
	Behaviour("update_session.delete.error", sessions.DeletesIn(Errored)),
	// Each operation on it and on its files.
	Behaviour("update_session.delete.then_nothing", sessions.NothingFindsDeleted),

	Behaviour("update_session.delete.active", func(s *Spec) {
		session := s.UpdateSession(InUse)

		reply := session.Delete()

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(session.Get()).To(HaveState(Active))
	}),
)
