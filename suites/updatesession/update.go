package updatesession

import (
	"encoding/json"
	"net/http"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// kept is a progress that an update leaves as it is.
const kept = 5

var _ = Describe("Update session: update",
	Behaviour("update_session.update.ok", func(s *Spec) {
		session := s.UpdateSession(Active)

		reply := session.Update(Warning(SelfSigned))

		s.Expect(reply).To(BeDocumented())
		s.Expect(session.Get()).To(HaveState(Active))
	}),

	Behaviour("update_session.update.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.update.not_active", sessions.RefusesIn(Done)),
	Behaviour("update_session.update.not_active_canceled", sessions.RefusesCanceled),
	Behaviour("update_session.update.not_active_error", sessions.RefusesIn(Errored)),

	Behaviour("update_session.update.warning_behavior", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Expect(session.Update(Warning(SelfSigned))).To(Succeed())

		reply := session.Get()
		s.Expect(reply).To(HaveState(Active))
		if model, _ := reply.AsMembers(); !model.Has("warning_behavior") && !showsCreated(s, session) {
			s.Observe("get shows no warning_behavior")
			return
		}
		s.Expect(reply).To(ShowIgnored(SelfSigned))
	}),

	Behaviour("update_session.update.others_ignored", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("arrange: a progress that must stay")
		session.KeepAlive(Progress(kept))
		stays, _ := ShowNumber("client_progress", kept).Match(session.Get())

		// Whether it is refused is not judged: only that it has no effect.
		s.Step("update with what is not updated")
		session.Update(OneSpec("update_spec", wire.Object{
			{Name: "library_item_id", Value: s.UnknownItem().ID},
			{Name: "state", Value: string(Canceled)},
			{Name: "client_progress", Value: 77},
			{Name: "library_item_content_version", Value: "conformance-version-that-is-not-used"},
			{Name: "warning_behavior", Value: wire.List{wire.Object{{Name: "type", Value: SelfSigned}, {Name: "ignored", Value: true}}}},
		}))

		reply := session.Get()
		s.Expect(reply).To(OfItem(session.Item))
		s.Expect(reply).To(HaveState(Active))
		s.Expect(reply).To(NotShowNumber("client_progress", 77))
		if stays {
			s.Expect(reply).To(ShowNumber("client_progress", kept))
		}
		s.Expect(reply).To(NotShow("library_item_content_version", "conformance-version-that-is-not-used"))
		if model, _ := reply.AsMembers(); !model.Has("warning_behavior") {
			s.Skip("get shows nothing of the update, so nothing tells that it was read")
		}
	}),

	Behaviour("update_session.update.empty", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("arrange: a warning_behavior that must stay")
		session.Update(Warning(SelfSigned))
		kept, _ := ShowIgnored(SelfSigned).Match(session.Get())

		s.Step("update with an empty spec")
		s.Expect(session.Update(OneSpec("update_spec", wire.Object{}))).To(Succeed())

		reply := session.Get()
		s.Expect(reply).To(HaveState(Active))
		s.Expect(reply).To(OfItem(session.Item))
		if !kept {
			s.Skip("get shows no warning_behavior, so nothing tells whether one stays")
		}
		s.Expect(reply).To(ShowIgnored(SelfSigned))
	}),

	Behaviour("update_session.update.bad_type", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Step("update with an unknown type")
		s.Expect(session.Update(Warning("CONFORMANCE_WARNING"))).To(BeRefusedWith(InvalidArgument))

		s.Step("update without ignored")
		noFlag := wire.List{wire.Object{{Name: "type", Value: SelfSigned}}}
		reply := session.Update(OneSpec("update_spec", wire.Object{{Name: "warning_behavior", Value: noFlag}}))
		s.Expect(reply).To(BeRefusedWith(InvalidArgument))

		after := session.Get()
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowIgnored("CONFORMANCE_WARNING"))
	}),

	Behaviour("update_session.update.wrapper", func(s *Spec) {
		session := s.UpdateSession(Active)

		s.Step("update in the form of the other binding")
		wrong := session.Update(Warning(Expired), inTheOtherForm(s, Warning(Expired)))
		if !wrong.Succeeded() {
			s.Expect(wrong).To(BeRejected())
		}
		after := session.Get()
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowIgnored(Expired))

		s.Step("control: update in the documented form")
		s.Expect(session.Update(Warning(SelfSigned))).To(Succeed())
		if model, _ := session.Get().AsMembers(); wrong.Succeeded() && !model.Has("warning_behavior") {
			s.Skip("get shows no warning_behavior, so nothing tells which of the forms was taken")
		}
	}),

	Behaviour("update_session.update.absent_in_old", func(s *Spec) {
		session := s.UpdateSession(Active)

		reply := session.Get(Rewrite(func(request *wire.Request) {
			request.Method = http.MethodPatch
			setBody(request, Warning(SelfSigned))
		}))

		s.Expect(reply).To(BeUnsuccessful())
		s.Step("control: get by the same path")
		after := session.Get()
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
	session.Cancel()
	updated, _ := Warning(SelfSigned).Get("update_spec")
	spec := append(wire.Object{{Name: "library_item_id", Value: session.Item.ID}}, updated.(wire.Object)...)
	created := s.Create(Update, OneSpec("create_spec", spec))
	if !created.Succeeded() {
		return false
	}
	shown, _ := s.Made(created).Get().AsMembers()
	return shown.Has("warning_behavior")
}

// inTheOtherForm spells update with the bare spec in rest, and with the
// wrapped one in api.
func inTheOtherForm(s *Spec, arguments wire.Object) Option {
	var body any = arguments
	if s.Variant.Binding != wire.API {
		body, _ = arguments.Get("update_spec")
	}
	return Rewrite(func(request *wire.Request) { setBody(request, body) })
}

func setBody(request *wire.Request, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	request.Header = request.Header.Clone()
	request.Header.Set("Content-Type", "application/json")
	request.Body = body
}
