package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: cancel",
	Behaviour("download_session.cancel.ok", sessions.CancelEndsSession),
	Behaviour("download_session.cancel.unknown_id", sessions.RefusesUnknownID),

	Behaviour("download_session.cancel.not_active", func(s *Spec) {
		session := s.DownloadSession(Canceled)

		reply := session.Cancel()

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(session.Get()).To(HaveState(Canceled))
	}),

	Behaviour("download_session.cancel.not_active_error", sessions.RefusesIn(Errored)),

	Behaviour("download_session.cancel.state", func(s *Spec) {
		session := s.DownloadSession(InUse)

		s.Expect(session.Cancel()).To(Succeed())

		s.Expect(session.Get()).To(HaveState(Canceled))
	}),

	Behaviour("download_session.cancel.invalidates_urls", endsURL(func(session *Session) Reply { return session.Cancel() })),

	Behaviour("download_session.cancel.item_unchanged", func(s *Spec) {
		session := s.DownloadSession(Active)
		before := sessions.ContentOf(s, session.Item)
		before.Holds(s)

		s.Expect(session.Cancel()).To(Succeed())

		sessions.MustBeOver(s, session)
		before.Stays(s)
	}),
)

// endsURL returns the body of a behaviour in which a download URL that served the
// file is dead once the session was ended.
func endsURL(end func(*Session) Reply) func(*Spec) {
	return func(s *Spec) {
		session := s.DownloadSession(InUse)
		address := session.DownloadURL()
		s.Step("control: the URL serves the file")
		if before := s.Download(address); !before.Served {
			s.Block("downloadsession.file.transfer.get_bytes", "no download to take back: the URL answered %s", before)
		}

		operation := s.Behaviour.Operation
		s.Step(operation)
		s.Expect(end(session)).To(Succeed())

		s.Step("the URL after the " + operation)
		if after := s.Download(address); after.Served {
			s.Fail(Expected("the download URL to be dead after %s", operation).Got("%s", after).AboutExchange(after.Exchange))
		}
	}
}
