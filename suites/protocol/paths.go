package protocol

import (
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: paths and actions",
	Behaviour("protocol.path.id_prefix", func(s *Spec) {
		session := s.DownloadSession(Active)
		request := bend(s, "download_session.get", session, "/id:", "/")

		s.Step("get without the prefix id:")
		s.Expect(request()).To(BeUnsuccessful())

		s.Step("control: get with it")
		s.Expect(s.Get(session)).To(HaveState(Active))
	}),

	Behaviour("protocol.path.no_id_prefix", func(s *Spec) {
		session := s.DownloadSession(Active)
		request := bend(s, "download_session.get", session, "/download-session/", "/download-session/id:")

		s.Step("get with the prefix id:")
		s.Expect(request()).To(BeAnsweredWith(404))

		s.Step("control: get without it")
		s.Expect(s.Get(session)).To(HaveState(Active))
	}),

	Behaviour("protocol.action.unknown", func(s *Spec) {
		session := s.DownloadSession(Active)
		request := bend(s, "download_session.cancel", session, "action=cancel", "action=bogus")

		s.Step("an action that does not exist")
		s.Expect(request()).To(BeRejected())

		s.Step("the session afterwards")
		s.Expect(s.Get(session)).To(HaveState(Active))
		s.Step("control: an action that does exist")
		s.Expect(s.Cancel(session)).To(Succeed())
	}),

	Behaviour("protocol.action.no_tilde", func(s *Spec) {
		session := s.DownloadSession(Active)
		request := bend(s, "download_session.cancel", session, "?action=", "?~action=")

		s.Step("the action with a tilde")
		request()

		s.Step("the session afterwards")
		s.Expect(s.Get(session)).To(HaveState(Active))
		s.Step("control: the action without it")
		s.Expect(s.Cancel(session)).To(Succeed())
		s.Expect(s.Get(session)).To(BeOver())
	}),

	Behaviour("protocol.bindings.agree", func(s *Spec) {
		other := wire.API
		if s.Variant.Binding == wire.API {
			other = wire.Rest
		}
		if !s.Serves(other) {
			s.Skip("needs rest and api side by side; %s is not served", other)
		}
		session := s.DownloadSession(Active)
		there := wire.Variant{Binding: other, Route: wire.Path, Representation: wire.JSON}

		s.Step("the session as " + string(other) + " shows it")
		seen := s.Via(there, "download_session.get", session.ID, nil)
		s.Expect(seen).To(HaveState(Active))
		s.Expect(seen).To(OfItem(session.Item))

		s.Step("canceled through " + string(other))
		s.Expect(s.Via(there, "download_session.cancel", session.ID, nil)).To(Succeed())
		s.Step("the session afterwards")
		s.Expect(s.Get(session)).To(BeOver())
	}),
)

// bend spells an operation on the session with one part of its path replaced.
func bend(s *Spec, operation string, session *Session, old, new string) func() Reply {
	variant := s.PlainVariant(operation)
	request := s.Request(variant, operation, session.ID, nil)
	request.Path = strings.Replace(request.Path, old, new, 1)
	return func() Reply { return s.Send(request, variant, operation) }
}
