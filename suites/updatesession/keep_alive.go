package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: keep_alive",
	Behaviour("update_session.keep_alive.ok", func(s *Spec) {
		session := s.UpdateSession(Active)
		keepsAlive(s, session, 10)

		if !session.Item.Given && holdsUpload(s, session) {
			s.Step("keep_alive after an upload")
			keepsAlive(s, session, 20)
			s.Step("get of the file that was uploaded")
			s.Expect(s.GetFile(session, pushed)).To(Show("status", "READY"))
		}
	}),
	Behaviour("update_session.keep_alive.unknown_id", session.UnknownID),
	Behaviour("update_session.keep_alive.not_active", session.RefusedIn(Done)),
	Behaviour("update_session.keep_alive.not_active_canceled", session.RefusedCanceled),
	Behaviour("update_session.keep_alive.not_active_error", session.RefusedIn(Errored)),
	Behaviour("update_session.keep_alive.progress_set", session.KeepAliveProgress),
	Behaviour("update_session.keep_alive.progress_absent", session.KeepAliveWithoutProgress),
	Behaviour("update_session.keep_alive.extends", session.KeepAliveExtends).Long(),
	Behaviour("update_session.keep_alive.progress_backwards", session.KeepAliveBackwards),
	Behaviour("update_session.keep_alive.progress_out_of_range", session.KeepAliveOutOfRange),
	Behaviour("update_session.keep_alive.wrong_field", session.KeepAliveWrongField),
)

// keepsAlive expects keep_alive to be answered, and the session to live on.
func keepsAlive(s *Spec, session *Session, progress int) {
	s.Expect(s.KeepAlive(session, Progress(Update, progress))).To(BeDocumented())
	s.Expect(s.Get(session)).To(HaveState(Active))
}

// holdsUpload uploads a file and says whether get shows that it was received.
func holdsUpload(s *Spec, session *Session) bool {
	s.OwnItem() // a wrong server may bring the file to the item
	return sent(s, session, pushed) && FileStatus(s.GetFile(session, pushed)) == "READY"
}
