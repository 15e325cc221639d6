package updatesession

import (
	"encoding/json"
	"net/http"

	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Update session: update",
	Behaviour("update_session.update.ok", func(s *Spec) {
		session := s.UpdateSession(Active)

		reply := s.Update(session, Warning(SelfSigned))

		s.Expect(reply).To(BeDocumented())
		s.Expect(s.Get(session)).To(HaveState(Active))
	}),

	Behaviour("update_session.update.unknown_id", session.UnknownID),
	Behaviour("update_session.update.not_active", session.RefusedIn(Done)),
	Behaviour("update_session.update.not_active_canceled", session.RefusedCanceled),
	Behaviour("update_session.update.not_active_error", session.RefusedIn(Errored)),

	Behaviour("update_session.update.warning_behavior", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Expect(s.Update(session, Warning(SelfSigned))).To(Succeed())

		reply := s.Get(session)
		s.Expect(reply).To(HaveState(Active))
		if model, _ := reply.AsMembers(); !model.Has("warning_behavior") && !showsCreated(s, session) {
			s.Observe("get shows no warning_behavior")
			return
		}
		s.Expect(reply).To(ShowIgnored(SelfSigned))
	}),

	Behaviour("update_session.update.others_ignored", func(s *Spec) {
		session := s.UpdateSession(Active)

		// Whether it is refused is not judged: only that it has no effect.
		s.Update(session, OneSpec("update_spec", wire.Object{
			{Name: "library_item_id", Value: s.UnknownItem().ID},
			{Name: "state", Value: string(Canceled)},
			{Name: "client_progress", Value: 77},
			{Name: "library_item_content_version", Value: "conformance-version-that-is-not-used"},
		}))

		reply := s.Get(session)
		s.Expect(reply).To(OfItem(session.Item))
		s.Expect(reply).To(HaveState(Active))
		s.Expect(reply).To(NotShowNumber("client_progress", 77))
		s.Expect(reply).To(NotShow("library_item_content_version", "conformance-version-that-is-not-used"))
	}),

	Behaviour("update_session.update.empty", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("arrange: a warning_behavior that must stay")
		s.Update(session, Warning(SelfSigned))
		kept, _ := ShowIgnored(SelfSigned).Match(s.Get(session))

		s.Step("update with an empty spec")
		s.Expect(s.Update(session, OneSpec("update_spec", wire.Object{}))).To(Succeed())

		reply := s.Get(session)
		s.Expect(reply).To(HaveState(Active))
		s.Expect(reply).To(OfItem(session.Item))
		if kept {
			s.Expect(reply).To(ShowIgnored(SelfSigned))
		}
	}),

	Behaviour("update_session.update.bad_type", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Step("update with an unknown type")
		s.Expect(s.Update(session, Warning("CONFORMANCE_WARNING"))).To(BeRefusedWith(InvalidArgument))

		s.Step("update without ignored")
		noFlag := wire.List{wire.Object{{Name: "type", Value: SelfSigned}}}
		reply := s.Update(session, OneSpec("update_spec", wire.Object{{Name: "warning_behavior", Value: noFlag}}))
		s.Expect(reply).To(BeRefusedWith(InvalidArgument))

		after := s.Get(session)
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowIgnored("CONFORMANCE_WARNING"))
	}),

	Behaviour("update_session.update.wrapper", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Step("update in the form of the other binding")
		wrong := s.Send(inTheOtherForm(s, session, Warning(Expired)), s.Variant, "update_session.update")
		if !wrong.Succeeded() {
			s.Expect(wrong).To(BeRejected())
		}
		after := s.Get(session)
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowIgnored(Expired))

		s.Step("control: update in the documented form")
		s.Expect(s.Update(session, Warning(SelfSigned))).To(Succeed())
		if model, _ := s.Get(session).AsMembers(); wrong.Succeeded() && !model.Has("warning_behavior") {
			s.Observe("get shows no warning_behavior, so nothing tells which of the forms was taken")
		}
	}),

	Behaviour("update_session.update.absent_in_old", func(s *Spec) {
		session := s.UpdateSession(Active)
		request := s.Request(s.PlainVariant("update_session.get"), "update_session.get", session.ID, nil)
		request.Method = http.MethodPatch
		request = withBody(request, Warning(SelfSigned))

		reply := s.Send(request, s.Variant, "update_session.get")

		s.Expect(reply).To(BeUnsuccessful())
		s.Step("control: get by the same path")
		after := s.Get(session)
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowIgnored(SelfSigned))
	}),
)

// showsCreated says whether get shows the warning_behavior of a session that
// was created with one: then it has to show the one of an update, too. The
// session that is there makes room for it.
func showsCreated(s *Spec, session *Session) bool {
	defer s.Step("")
	s.Step("control: a session that is created with a warning_behavior")
	s.Cancel(session)
	updated, _ := Warning(SelfSigned).Get("update_spec")
	spec := append(wire.Object{{Name: "library_item_id", Value: session.Item.ID}}, updated.(wire.Object)...)
	created := s.Create(Update, OneSpec("create_spec", spec))
	if !created.Succeeded() {
		return false
	}
	shown, _ := s.Get(s.Made(created)).AsMembers()
	return shown.Has("warning_behavior")
}

// inTheOtherForm spells update with the bare spec in rest, and with the
// wrapped one in api.
func inTheOtherForm(s *Spec, session *Session, arguments wire.Object) wire.Request {
	request := s.Request(s.Variant, "update_session.update", session.ID, arguments)
	if s.Variant.Binding == wire.API {
		return withBody(request, arguments)
	}
	bare, _ := arguments.Get("update_spec")
	return withBody(request, bare)
}

func withBody(request wire.Request, value any) wire.Request {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	request.Header = request.Header.Clone()
	request.Header.Set("Content-Type", "application/json")
	request.Body = body
	return request
}
