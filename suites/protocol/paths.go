package protocol

import (
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: paths and actions",
	Behaviour("protocol.path.id_prefix", func(s *Spec) {
		session := s.DownloadSession(Active)
		get := bend(s, "download_session.get", session, "/id:", "/")
		cancel := bend(s, "download_session.cancel", session, "/id:", "/")

		s.Step("get without the prefix id:")
		s.Expect(get()).To(BeUnsuccessful())
		s.Step("cancel without the prefix id:")
		s.Expect(cancel()).To(BeUnsuccessful())

		s.Step("control: get with it")
		s.Expect(s.Get(session)).To(HaveState(Active))
		s.Step("control: cancel with it")
		s.Expect(s.Cancel(session)).To(Succeed())
		s.Expect(s.Get(session)).To(BeOver())
	}),

	Behaviour("protocol.path.no_id_prefix", func(s *Spec) {
		session := s.DownloadSession(Active)
		get := bend(s, "download_session.get", session, "/download-session/", "/download-session/id:")
		cancel := bend(s, "download_session.cancel", session, "/download-session/", "/download-session/id:")

		s.Step("get with the prefix id:")
		s.Expect(get()).To(BeAnsweredWith(404))
		s.Step("cancel with the prefix id:")
		s.Expect(cancel()).To(BeAnsweredWith(404))

		s.Step("control: get without it")
		s.Expect(s.Get(session)).To(HaveState(Active))
		s.Step("control: cancel without it")
		s.Expect(s.Cancel(session)).To(Succeed())
		s.Expect(s.Get(session)).To(BeOver())
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
		s.Expect(s.Get(session)).To(BeOver())

		createsNothing(s, session.Item)
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
		s.Step("the item's sessions as " + string(other) + " lists them")
		s.Expect(s.Via(there, "download_session.list", session.Item.ID, nil)).To(Hold("the session", session))

		s.Step("canceled through " + string(other))
		s.Expect(s.Via(there, "download_session.cancel", session.ID, nil)).To(Succeed())
		s.Step("the session afterwards")
		after := s.Get(session)
		s.Expect(after).To(BeOver())
		s.Step("the session afterwards as " + string(other) + " shows it")
		seen = s.Via(there, "download_session.get", session.ID, nil)
		s.Expect(seen).To(BeOver())
		if field := difference(after, seen); field != "" {
			s.Fail("expected the same session in %s as in %s, got another %s", other, s.Variant.Binding, field)
		}

		s.Step("delete")
		s.Expect(s.Delete(session)).To(Succeed())
		s.Step("the deleted session as " + string(other) + " shows it")
		s.Expect(s.Via(there, "download_session.get", session.ID, nil)).To(BeGone())
	}),
)

// createsNothing: an action that does not exist is no create, though it comes
// where create does.
func createsNothing(s *Spec, item Item) {
	before := sessionsOf(s, Download, item.ID)
	variant := s.PlainVariant(Download + ".create")
	request := s.Request(variant, Download+".create", "", CreateFor(item))
	if variant.Binding == wire.API {
		request.Path += "?action=bogus"
	} else {
		request.Path += "?~action=bogus"
	}

	s.Step("a create with an action that does not exist")
	s.Expect(s.Send(request, variant, Download+".create")).To(BeRejected())
	madeNothing(s, Download, item.ID, "an action that does not exist", before)
	s.Step("control: create")
	s.Expect(s.Get(s.Made(s.Create(Download, CreateFor(item))))).To(OfItem(item))
}

// bend spells an operation on the session with one part of its path replaced.
func bend(s *Spec, operation string, session *Session, old, new string) func() Reply {
	variant := s.PlainVariant(operation)
	request := s.Request(variant, operation, session.ID, nil)
	request.Path = strings.Replace(request.Path, old, new, 1)
	return func() Reply { return s.Send(request, variant, operation) }
}
