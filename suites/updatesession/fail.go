package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: fail",
	Behaviour("update_session.fail.ok", sessions.FailEndsSession),
	Behaviour("update_session.fail.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.fail.not_active", sessions.RefusesIn(Done)),
	Behaviour("update_session.fail.not_active_canceled", sessions.RefusesCanceled),
	Behaviour("update_session.fail.not_active_error", sessions.RefusesIn(Errored)),
	Behaviour("update_session.fail.state_error", sessions.FailLeavesError),
	Behaviour("update_session.fail.error_message", sessions.FailKeepsMessage),
	// 400 for an empty object and for no body; the session stays ACTIVE.
	Behaviour("update_session.fail.message_required", sessions.FailNeedsMessage),

	Behaviour("update_session.fail.frees_item", func(s *Spec) {
		session := s.UpdateSession(InUse)
		mustBeBusy(s, session.Item)

		s.Expect(session.Fail("to free the item")).To(Succeed())

		expectAnother(s, session.Item)
	}),

	Behaviour("update_session.fail.item_unchanged", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		before := sessions.ContentOf(s, session.Item)
		session.Files().Push(pushed)

		s.Expect(session.Fail("to drop the upload")).To(Succeed())

		sessions.MustBeOver(s, session)
		before.Stays(s)
	}),
)
