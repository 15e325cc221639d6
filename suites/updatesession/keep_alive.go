package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: keep_alive",
	Behaviour("update_session.keep_alive.ok", func(s *Spec) {
		session := s.UpdateSession(InUse)
		keepsAlive(s, session, 10)

		if !session.Item.Given && holdsUpload(s, session) {
			s.Step("keep_alive after an upload")
			keepsAlive(s, session, 20)
			s.Step("get of the file that was uploaded")
			s.Expect(session.Files().Get(pushed.Name)).To(Show("status", "READY"))
		}
	}),
	Behaviour("update_session.keep_alive.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.keep_alive.not_active", sessions.RefusesIn(Done)),
	Behaviour("update_session.keep_alive.not_active_canceled", sessions.RefusesCanceled),
	Behaviour("update_session.keep_alive.not_active_error", sessions.RefusesIn(Errored)),
	Behaviour("update_session.keep_alive.progress_set", sessions.KeepAliveSetsProgress),
	// Without a progress, in an empty object or no body, get shows the last one.
	Behaviour("update_session.keep_alive.progress_absent", sessions.KeepAliveLeavesProgress),
	// Within two seconds, and never back.
	Behaviour("update_session.keep_alive.extends", sessions.KeepAliveMovesExpiryOn).Waiting(),
	// 20 after 50.
	Behaviour("update_session.keep_alive.progress_backwards", sessions.ObserveProgressBackwards),
	// 101 and -1.
	Behaviour("update_session.keep_alive.progress_out_of_range", sessions.ObserveProgressOutOfRange),
	// The name that the other service gives to the progress.
	Behaviour("update_session.keep_alive.wrong_field", sessions.ObserveOtherProgressName),
)

// keepsAlive expects keep_alive to be answered, and the session to live on.
func keepsAlive(s *Spec, session *Session, progress int) {
	s.Expect(session.KeepAlive(Progress(progress))).To(BeDocumented())
	s.Expect(session.Get()).To(HaveState(Active))
}

// holdsUpload uploads a file and says whether get shows that it was received.
func holdsUpload(s *Spec, session *Session) bool {
	return offer(s, session) && FileStatus(session.Files().Get(pushed.Name)) == "READY"
}
