package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: delete",
	Behaviour("download_session.delete.ok", sessions.DeleteRemovesSession),
	Behaviour("download_session.delete.unknown_id", sessions.RefusesUnknownID),
	Behaviour("download_session.delete.then_get", sessions.GetFindsNoDeleted),
	Behaviour("download_session.delete.twice", sessions.DeleteFindsNoDeleted),
	Behaviour("download_session.delete.active", func(s *Spec) {
		sessions.DeletesIn(Active)(s)

		prepared := s.DownloadSession(Active)
		s.Step("prepare a file, as clients do before they delete")
		if file := prepared.Item.File; file != "" && prepared.Files().Prepare(file).Succeeded() {
			s.Step("delete of the session with a file that was prepared")
			s.Expect(prepared.Delete()).To(Succeed())
			s.Expect(prepared.Get()).To(BeGone())
		}
	}),
	Behaviour("download_session.delete.canceled", sessions.DeletesIn(Canceled)),
	Behaviour("download_session.delete.error", sessions.DeletesIn(Errored)),
	// Each operation on it and on its files.
	Behaviour("download_session.delete.then_nothing", sessions.NothingFindsDeleted),
	Behaviour("download_session.delete.invalidates_urls", endsURL(func(session *Session) Reply { return session.Delete() })),
)
