package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: fail",
	Behaviour("update_session.fail.ok", session.FailOK),
	Behaviour("update_session.fail.unknown_id", session.UnknownID),
	Behaviour("update_session.fail.not_active", session.RefusedIn(Done)),
	Behaviour("update_session.fail.not_active_canceled", session.RefusedCanceled),
	Behaviour("update_session.fail.not_active_error", session.RefusedIn(Errored)),
	Behaviour("update_session.fail.state_error", session.FailState),
	Behaviour("update_session.fail.error_message", session.FailMessage),
	Behaviour("update_session.fail.message_required", session.FailWithoutMessage),

	Behaviour("update_session.fail.frees_item", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Expect(s.FailSession(session, "to free the item")).To(Succeed())

		opensAnother(s, session)
	}),

	Behaviour("update_session.fail.item_unchanged", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		before := contentOf(s, session.Item)
		uploaded(s, session, pushed)

		s.Expect(s.FailSession(session, "to drop the upload")).To(Succeed())

		before.Stays(s)
	}),
)
