package protocol

import (
	"net/http"
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// malformedProgress is a progress that only a broken request reports.
const malformedProgress = 37

var _ = Describe("Protocol: bodies and methods",
	Behaviour("protocol.body.malformed", func(s *Spec) {
		item := s.Item()
		before := sessionsOf(s, Download, item.ID)
		s.Step("create with a body that breaks off")
		s.Expect(broken(s, Download+".create", "", CreateFor(item))).To(BeAnsweredWith(http.StatusBadRequest))
		madeNothing(s, Download, item.ID, "a body that breaks off", before)
		s.Step("control: create with the whole body")
		session := s.Made(s.Create(Download, CreateFor(item)))

		progress := Progress(Download, malformedProgress)
		s.Step("keep_alive with a body that breaks off")
		s.Expect(broken(s, Download+".keep_alive", session.ID, progress)).To(BeAnsweredWith(http.StatusBadRequest))
		s.Step("the session afterwards")
		after := s.Get(session)
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowNumber("client_progress", malformedProgress))
		s.Step("control: keep_alive with the whole body")
		s.Expect(s.KeepAlive(session, progress)).To(Succeed())
	}),

	Behaviour("protocol.body.unknown_field", func(s *Spec) {
		spec := wire.Object{{Name: "library_item_id", Value: s.Item().ID}, {Name: "conformance_unknown_member", Value: "x"}}
		s.Step("create with a member that no document knows")

		reply := s.Create(Download, OneSpec("create_spec", spec))

		s.Observe("create with a member that no document knows answered %s", Answer(reply))
	}),

	Behaviour("protocol.method.unsupported", func(s *Spec) {
		session := s.DownloadSession(Active)
		const operation = Download + ".get"
		variant := s.PlainVariant(operation)
		request := s.Request(variant, operation, session.ID, nil)
		request.Method = http.MethodPut
		s.Step("PUT on the session")

		reply := s.Send(request, variant, operation)

		s.Step("the session afterwards")
		s.Observe("PUT on a session answered %s; the session was then %s", Answer(reply), stateIn(s.Get(session)))
	}),
)

// broken sends the operation with a body whose last character is missing.
func broken(s *Spec, operation, id string, arguments wire.Object) Reply {
	variant := s.PlainVariant(operation)
	request := s.Request(variant, operation, id, arguments)
	request.Body = request.Body[:len(request.Body)-1]
	return s.Send(request, variant, operation)
}

// sessionsOf lists the sessions of an item.
func sessionsOf(s *Spec, service, itemID string) []string {
	s.Step("the item's sessions")
	reply := s.List(service, itemID)
	ids, problem := ListedIDs(reply)
	if problem != "" {
		s.Block(service+".list.ok", "the item's sessions cannot be listed: list answered %s", Answer(reply))
	}
	return ids
}

// mostNew bounds the sessions that madeNothing looks at: a list that ignores
// its filter shows those of the whole run.
const mostNew = 20

// madeNothing breaks the behaviour if the item has a session from what was
// refused, one that it had not before; a list may show others, whose items tell.
func madeNothing(s *Spec, service, itemID, refused string, before []string) {
	looked := 0
	for _, id := range sessionsOf(s, service, itemID) {
		if slices.Contains(before, id) || looked == mostNew {
			continue
		}
		looked++
		s.Step("of which item a new session is")
		model, _ := s.Get(&Session{Service: service, ID: id}).AsMembers()
		if of, _ := model.String("library_item_id"); of == itemID {
			s.Call(service+".delete", id, nil)
			s.Fail("expected no session from %s, got one\nits id was %s", refused, id)
		}
	}
}

// stateIn is the state in a reply to get, in words that hold no id.
func stateIn(reply Reply) string {
	model, problem := reply.AsMembers()
	state, ok := model.String("state")
	switch {
	case reply.Status == http.StatusNotFound:
		return "gone"
	case problem != "" || !ok:
		return "not to be seen: get answered " + Answer(reply)
	}
	return state
}
