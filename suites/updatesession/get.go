package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: get",
	Behaviour("update_session.get.ok", sessions.GetShowsItem),
	Behaviour("update_session.get.unknown_id", sessions.RefusesUnknownID),
	// In its documented type, while ACTIVE and after fail.
	Behaviour("update_session.get.fields", sessions.ShowsEveryField),
	// While ACTIVE and after fail.
	Behaviour("update_session.get.state_enum", sessions.ShowsDocumentedState),
	// The prose calls it absent, the samples show it.
	Behaviour("update_session.get.id_field", sessions.ObserveIDField),
	Behaviour("update_session.get.no_error_message_when_ok", sessions.ShowsNoErrorMessage),
	Behaviour("update_session.get.progress_range", sessions.ShowsProgressInPercent),
	Behaviour("update_session.get.time_format", sessions.ShowsDocumentedTime),
	// With --slow also three seconds before it.
	Behaviour("update_session.expiry.not_before", sessions.LivesUntilExpiry),
	// Nothing is asked of the ended session until its expiration_time.
	Behaviour("update_session.expiry.ended", sessions.EndedIsGoneAfterExpiry).Waiting(),
	// Nothing is asked of the session until its expiration_time.
	Behaviour("update_session.expiry.auto_delete", sessions.IsGoneAfterExpiry).Waiting(),

	Behaviour("update_session.get.preview_info", func(s *Spec) {
		empty := s.UpdateSession(Active, On(s.EmptyItem()))
		reply := empty.Get()
		s.Expect(reply).To(HaveState(Active))
		if model, _ := reply.AsMembers(); !model.Has("preview_info") {
			s.Observe("get shows no preview_info")
			return
		}
		s.Expect(reply).To(ShowPreview("UNAVAILABLE"))

		filled := s.UpdateSession(Active)
		s.Step("get of a session whose item holds a file")
		reply = filled.Get()
		if model, _ := reply.AsMembers(); model.Has("preview_info") {
			s.Expect(reply).To(ShowPreview("UNAVAILABLE", "NOT_APPLICABLE", "PREPARING", "AVAILABLE"))
		}
	}).Long(),

	Behaviour("update_session.complete.preview_gone", func(s *Spec) {
		session := s.UpdateSession(Active)
		shown, _ := session.Get().AsMembers()

		s.Step("arrange: fail, to end the session")
		if reply := session.Fail("to end the session"); !reply.Succeeded() {
			s.Block("update_session.fail.ok", "no ended session to test with: fail answered %s", Answer(reply))
		}

		s.Step("get, once the session has ended")
		reply := session.Get()
		s.Expect(reply).To(BeOver())
		s.Expect(reply).To(ShowNo("preview_info"))

		s.Step("complete another one")
		if done := s.UpdateSession(Active); done.Complete().Succeeded() {
			s.Step("get of the completed session")
			s.Expect(done.Await(Done, Errored, Canceled)).To(ShowNo("preview_info"))
		}
		if !shown.Has("preview_info") {
			s.Observe("get shows no preview_info while the session is ACTIVE either")
		}
	}),
)
