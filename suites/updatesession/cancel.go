package updatesession

import (
	"net/http"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// underWay is a file whose upload a cancel meets.
const underWay = "conformance-under-way.txt"

var _ = Describe("Update session: cancel",
	Behaviour("update_session.cancel.ok", sessions.CancelEndsSession),
	Behaviour("update_session.cancel.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.cancel.not_active", refusedIn(Done)),
	Behaviour("update_session.cancel.not_active_canceled", sessions.RefusesCanceled),
	Behaviour("update_session.cancel.not_active_error", refusedIn(Errored)),

	Behaviour("update_session.cancel.state", func(s *Spec) {
		session := s.UpdateSession(InUse)

		s.Expect(session.Cancel()).To(Succeed())

		reply := session.Get()
		if reply.Status == http.StatusNotFound && s.CancelMayDelete() {
			s.Expect(reply).To(BeGone())
			s.Met(CancelDeletes)
			return
		}
		s.Expect(reply).To(HaveState(Canceled))
		if s.Variant.Binding != wire.API {
			s.Met(CancelKeeps)
		}
	}),

	Behaviour("update_session.cancel.discards", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		before := sessions.ContentOf(s, session.Item)
		session.Files().Push(pushed)

		s.Expect(session.Cancel()).To(Succeed())

		sessions.MustBeOver(s, session)
		before.Stays(s)
	}),

	Behaviour("update_session.cancel.stops_upload", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		s.Step("control: another file's upload URL takes its content")
		session.Files().Push(File{Name: "conformance-before-cancel.txt", Content: pushed.Content})
		running := session.Files().Announce(PushSpec(underWay))
		address := session.Files().Announce(PushSpec(pushed.Name))

		s.Step("upload, with the cancel before its last byte")
		var canceled Reply
		s.UploadAround(running, pushed.Content, func() { canceled = session.Cancel() })
		s.Expect(canceled).To(Succeed())
		sessions.MustBeOver(s, session)

		before := sessions.ContentOf(s, session.Item)
		s.Step("upload after the cancel")
		s.Upload(address, pushed.Content)
		before.Stays(s)
		before.Lacks(s, underWay, "whose upload was under way at the cancel")
	}).Long(),

	Behaviour("update_session.cancel.frees_item", func(s *Spec) {
		session := s.UpdateSession(InUse)
		mustBeBusy(s, session.Item)

		s.Expect(session.Cancel()).To(Succeed())

		expectAnother(s, session.Item)
	}),
)
