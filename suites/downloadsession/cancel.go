package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: cancel",
	Behaviour("download_session.cancel.ok", session.CancelOK),
	Behaviour("download_session.cancel.unknown_id", session.UnknownID),

	Behaviour("download_session.cancel.not_active", func(s *Spec) {
		session := s.DownloadSession(Canceled)

		reply := s.Cancel(session)

		s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
		s.Expect(s.Get(session)).To(HaveState(Canceled))
	}),

	Behaviour("download_session.cancel.not_active_error", session.RefusedIn(Errored)),

	Behaviour("download_session.cancel.state_concurrent", session.CancelAtOnce).Long(),
	Behaviour("download_session.cancel.state", func(s *Spec) {
		session := s.DownloadSession(Active)

		s.Expect(s.Cancel(session)).To(Succeed())

		s.Expect(s.Get(session)).To(HaveState(Canceled))
	}),

	Behaviour("download_session.cancel.invalidates_urls", func(s *Spec) {
		session := s.DownloadSession(Active)
		address := s.PreparedURL(session)
		s.Step("control: the URL serves the file")
		if before := s.Download(address); !before.Served {
			s.Block("downloadsession.file.transfer.get_bytes", "no download to take back: the URL answered %s", before)
		}

		s.Step("cancel")
		s.Expect(s.Cancel(session)).To(Succeed())

		s.Step("the URL after the cancel")
		if after := s.Download(address); after.Served {
			s.Fail("expected the download URL to be dead after cancel, got %s", after)
		}
	}),

	Behaviour("download_session.cancel.item_unchanged", func(s *Spec) {
		download := s.DownloadSession(Active)
		before := session.ContentOf(s, download.Item)
		before.Holds(s)

		s.Expect(s.Cancel(download)).To(Succeed())

		before.Stays(s)
	}),
)
