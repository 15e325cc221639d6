package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: delete",
	Behaviour("download_session.delete.ok", session.DeleteOK),
	Behaviour("download_session.delete.unknown_id", session.UnknownID),
	Behaviour("download_session.delete.then_get", session.DeleteThenGet),
	Behaviour("download_session.delete.then_get_concurrent", session.DeleteAtOnce).Long(),
	Behaviour("download_session.delete.twice", session.DeleteTwice),
	Behaviour("download_session.delete.active", func(s *Spec) {
		session.DeletedIn(Active)(s)

		prepared := s.DownloadSession(Active)
		s.Step("prepare a file, as clients do before they delete")
		if file := prepared.Item.File; file != "" && s.Prepare(prepared, file).Succeeded() {
			s.Step("delete of the session with a file that was prepared")
			s.Expect(s.Delete(prepared)).To(Succeed())
			s.Expect(s.Get(prepared)).To(BeGone())
		}
	}),
	Behaviour("download_session.delete.canceled", session.DeletedIn(Canceled)),
	Behaviour("download_session.delete.error", session.DeletedIn(Errored)),
)
