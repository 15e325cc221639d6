package sessions

import (
	"github.com/onsi/gomega/types"

	. "session-conformance/suites/internal/spec"
)

// GetShowsItem: get answers the session.
func GetShowsItem(s *Spec) {
	session := s.Session(InUse)

	reply := session.Get()

	s.Expect(reply).To(BeDocumented())
	s.Expect(reply).To(OfItem(session.Item))
}

// ShowsEveryField: every field that is always present is there, in its type.
func ShowsEveryField(s *Spec) { expectInLife(s, ShowEveryField()) }

// ShowsDocumentedState: the state is a documented one.
func ShowsDocumentedState(s *Spec) {
	var states []string
	for _, state := range States(s.Service()) {
		states = append(states, string(state))
	}

	expectInLife(s, ShowOneOf("state", states...))
}

// expectInLife expects the same of a session that is ACTIVE and of one that has
// failed; that fail leaves it readable is fail.state_error's matter.
func expectInLife(s *Spec, always types.GomegaMatcher) {
	session := s.Session(InUse)
	s.Expect(session.Get()).To(always)

	s.Step("fail, to look at a session that is over")
	session.Fail(clientMessage)
	s.Step("get of the session that is over")
	if failed := session.Get(); failed.Succeeded() {
		s.Expect(failed).To(always)
	}
}

// ShowsNoErrorMessage: error_message belongs to ERROR.
func ShowsNoErrorMessage(s *Spec) {
	reply := getActive(s)

	s.Expect(reply).To(HaveState(Active))
	s.Expect(reply).To(ShowNo("error_message"))
}

// ShowsProgressInPercent: client_progress is a share of a hundred, also after a
// client has reported more, however that was answered.
func ShowsProgressInPercent(s *Spec) {
	session := s.Session(Active)
	reply := session.Get()
	if model, problem := reply.AsMembers(); problem == "" && !model.Has("client_progress") {
		s.Block(s.Service()+".get.fields", "client_progress is absent, so it has no value to judge")
	}

	s.Expect(reply).To(ShowNumberBetween("client_progress", 0, 100))
	s.Step("keep_alive with a progress of 101")
	session.KeepAlive(Progress(101))
	s.Step("get after a progress of 101")
	s.Expect(session.Get()).To(ShowNumberBetween("client_progress", 0, 100))
}

// ShowsDocumentedTime: expiration_time is written as the samples are.
func ShowsDocumentedTime(s *Spec) { s.Expect(getActive(s)).To(ShowTime("expiration_time")) }

// ObserveIDField is open: the prose calls id absent, the samples show it.
func ObserveIDField(s *Spec) {
	session := s.Session(InUse)
	reply := session.Get()
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

func getActive(s *Spec) Reply { return s.Session(InUse).Get() }
