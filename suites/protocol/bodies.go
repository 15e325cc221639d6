package protocol

import (
	"net/http"
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: bodies and methods",
	Behaviour("protocol.body.malformed", func(s *Spec) {
		item := s.Item()
		for _, service := range []string{Download, Update} {
			create := Call{Operation: service + ".create", Arguments: CreateFor(item)}
			if len(s.Request(create).Body) == 0 {
				continue
			}
			before := sessionsOf(s, service, item.ID)
			s.Step(create.Operation + " with a body that breaks off")
			s.Expect(s.Send(create, Rewrite(func(request *wire.Request) { broken(request) }))).To(BeAnsweredWith(http.StatusBadRequest))
			expectNothingMade(s, service, item.ID, "a body that breaks off", before)
		}
		both := newPair(s)
		both.try("with a body that breaks off", broken, func(reply Reply) { s.Expect(reply).To(BeAnsweredWith(http.StatusBadRequest)) })
		s.Step("control: keep_alive with the whole body")
		s.Expect(both.download.KeepAlive(refusedProgress)).To(Succeed())
		s.Expect(both.update.KeepAlive(refusedProgress)).To(Succeed())
	}).Long(),

	Behaviour("protocol.body.unknown_field", func(s *Spec) {
		spec := wire.Object{{Name: "library_item_id", Value: s.Item().ID}, {Name: "conformance_unknown_member", Value: "x"}}
		s.Step("create with a member that no document knows")

		reply := s.Create(Download, OneSpec("create_spec", spec))

		s.Observe("create with a member that no document knows answered %s", Answer(reply))
	}),

	Behaviour("protocol.method.unsupported", func(s *Spec) {
		session := s.DownloadSession(Active)
		s.Step("PUT on the session")

		reply := session.Get(Rewrite(func(request *wire.Request) { request.Method = http.MethodPut }))

		s.Step("the session afterwards")
		s.Observe("PUT on a session answered %s; the session was then %s", Answer(reply), stateIn(session.Get()))
	}),
)

// broken drops the last character of a body, and says whether there is one.
func broken(request *wire.Request) bool {
	if len(request.Body) == 0 {
		return false
	}
	request.Body = request.Body[:len(request.Body)-1]
	return true
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

// mostNew bounds the sessions that expectNothingMade looks at: a list that ignores
// its filter shows those of the whole run.
const mostNew = 20

// expectNothingMade breaks the behaviour if the item has a session from what was
// refused, one that it had not before; a list may show others, whose items tell.
func expectNothingMade(s *Spec, service, itemID, refused string, before []string) {
	looked := 0
	for _, id := range sessionsOf(s, service, itemID) {
		if slices.Contains(before, id) || looked == mostNew {
			continue
		}
		looked++
		s.Step("of which item a new session is")
		model, _ := s.SessionNamed(service, id).Get().AsMembers()
		if of, _ := model.String("library_item_id"); of == itemID {
			s.SessionNamed(service, id).Delete()
			s.Fail(Expected("no session from %s", refused).Got("one").Detail("its id was %s", id))
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
