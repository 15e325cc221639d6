package updatesession

import (
	"net/http"

	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Update session: cancel",
	Behaviour("update_session.cancel.ok", session.CancelOK),
	Behaviour("update_session.cancel.unknown_id", session.UnknownID),
	Behaviour("update_session.cancel.not_active", refusedIn(Done)),
	Behaviour("update_session.cancel.not_active_canceled", session.RefusedCanceled),
	Behaviour("update_session.cancel.not_active_error", refusedIn(Errored)),

	Behaviour("update_session.cancel.state_concurrent", session.CancelAtOnce).Long(),
	Behaviour("update_session.cancel.state", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Expect(s.Cancel(session)).To(Succeed())

		reply := s.Get(session)
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

	Behaviour("update_session.cancel.discards_concurrent", session.CancelOrComplete).Long(),
	Behaviour("update_session.cancel.discards", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		before := contentOf(s, session.Item)
		uploaded(s, session, pushed)

		s.Expect(s.Cancel(session)).To(Succeed())

		before.Stays(s)
	}),

	Behaviour("update_session.cancel.stops_upload", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		s.Step("control: another file's upload URL takes its content")
		uploaded(s, session, "conformance-before-cancel.txt")
		address := s.Added(session, PushSpec(pushed))

		s.Step("cancel")
		s.Expect(s.Cancel(session)).To(Succeed())

		before := contentOf(s, session.Item)
		s.Step("upload after the cancel")
		s.Upload(address, content)
		before.Stays(s)
	}),

	Behaviour("update_session.cancel.frees_item", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Expect(s.Cancel(session)).To(Succeed())

		opensAnother(s, session)
	}),
)
