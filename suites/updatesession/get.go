package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: get",
	Behaviour("update_session.get.ok", session.GetOK),
	Behaviour("update_session.get.unknown_id", session.UnknownID),
	Behaviour("update_session.get.fields", session.GetFields),
	Behaviour("update_session.get.state_enum", session.GetStateEnum),
	Behaviour("update_session.get.id_field", session.GetIDField),
	Behaviour("update_session.get.no_error_message_when_ok", session.GetNoErrorMessage),
	Behaviour("update_session.get.progress_range", session.GetProgressRange),
	Behaviour("update_session.get.time_format", session.GetTimeFormat),
	Behaviour("update_session.expiry.not_before", session.ExpiryNotBefore),
	Behaviour("update_session.expiry.auto_delete", session.ExpiryDeletes).Long(),

	Behaviour("update_session.get.preview_info", func(s *Spec) {
		empty := s.SessionOn(s.EmptyItem(), Update, Active)
		reply := s.Get(empty)
		s.Expect(reply).To(HaveState(Active))
		if model, _ := reply.AsMembers(); !model.Has("preview_info") {
			s.Observe("get shows no preview_info")
			return
		}
		s.Expect(reply).To(ShowPreview("UNAVAILABLE"))

		filled := s.UpdateSession(Active)
		s.Step("get of a session whose item holds a file")
		reply = s.Get(filled)
		if model, _ := reply.AsMembers(); model.Has("preview_info") {
			s.Expect(reply).To(ShowPreview("UNAVAILABLE", "NOT_APPLICABLE", "PREPARING", "AVAILABLE"))
		}
	}).Long(),

	Behaviour("update_session.complete.preview_gone", func(s *Spec) {
		session := s.UpdateSession(Active)
		shown, _ := s.Get(session).AsMembers()

		s.Step("arrange: fail, to end the session")
		if reply := s.FailSession(session, "to end the session"); !reply.Succeeded() {
			s.Block("update_session.fail.ok", "no ended session to test with: fail answered %s", Answer(reply))
		}

		s.Step("get, once the session has ended")
		reply := s.Get(session)
		s.Expect(reply).To(BeOver())
		s.Expect(reply).To(ShowNo("preview_info"))
		if !shown.Has("preview_info") {
			s.Observe("get shows no preview_info while the session is ACTIVE either")
		}
	}),
)
