package session

import (
	"github.com/onsi/gomega/types"

	. "session-conformance/suites/internal/spec"
)

// GetOK: get answers the session.
func GetOK(s *Spec) {
	session := s.Session(s.Service(), Active)

	reply := s.Get(session)

	s.Expect(reply).To(BeDocumented())
	s.Expect(reply).To(OfItem(session.Item))
}

// GetFields: every field that is always present is there, in its type.
func GetFields(s *Spec) { expectInLife(s, ShowEveryField()) }

// GetStateEnum: the state is a documented one.
func GetStateEnum(s *Spec) {
	var states []string
	for _, state := range States(s.Service()) {
		states = append(states, string(state))
	}

	expectInLife(s, ShowOneOf("state", states...))
}

// expectInLife expects the same of a session that is ACTIVE and of one that has
// failed; that fail leaves it readable is fail.state_error's matter.
func expectInLife(s *Spec, always types.GomegaMatcher) {
	session := s.Session(s.Service(), Active)
	s.Expect(s.Get(session)).To(always)

	s.Step("fail, to look at a session that is over")
	s.FailSession(session, clientMessage)
	s.Step("get of the session that is over")
	if failed := s.Get(session); failed.Succeeded() {
		s.Expect(failed).To(always)
	}
}

// GetNoErrorMessage: error_message belongs to ERROR.
func GetNoErrorMessage(s *Spec) {
	reply := getActive(s)

	s.Expect(reply).To(HaveState(Active))
	s.Expect(reply).To(ShowNo("error_message"))
}

// GetProgressRange: client_progress is a share of a hundred.
func GetProgressRange(s *Spec) {
	reply := getActive(s)
	if model, problem := reply.AsMembers(); problem == "" && !model.Has("client_progress") {
		s.Block(s.Service()+".get.fields", "client_progress is absent, so it has no value to judge")
	}

	s.Expect(reply).To(ShowNumberBetween("client_progress", 0, 100))
}

// GetTimeFormat: expiration_time is written as the samples are.
func GetTimeFormat(s *Spec) { s.Expect(getActive(s)).To(ShowTime("expiration_time")) }

// GetIDField is open: the prose calls id absent, the samples show it.
func GetIDField(s *Spec) {
	session := s.Session(s.Service(), Active)
	reply := s.Get(session)
	model, problem := reply.AsMembers()
	switch id, shown := model.String("id"); {
	case problem != "":
		s.Observe("answered %s", Answer(reply))
	case !shown:
		s.Observe("id is not shown")
	case id == session.ID:
		s.Observe("id is shown and is the session's")
	default:
		s.Observe("id is shown, but is %q, not the session's %q", id, session.ID)
	}
}

func getActive(s *Spec) Reply { return s.Get(s.Session(s.Service(), Active)) }
