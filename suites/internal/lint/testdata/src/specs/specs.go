// Package specs is specs as they must not be, next to some in which there is
// nothing to find.
package specs

import (
	"sessions"
	. "spec"
)

var refusals = []any{
	Behaviour("protocol.act.ok", sessions.Acted),
	Behaviour("protocol.other.ok", sessions.Acted),
	Behaviour("protocol.act.young", sessions.Acted),
	Behaviour("protocol.act.never", func(s *Spec) {
		sessions.Refused(s)
		s.Step("control: get")
		s.Expect(s.Session().Get()).To(Succeed())
	}),

	Behaviour("protocol.act.alone", sessions.Refused), // want `protocol.act.alone expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."`
	Behaviour("protocol.act.gone", func(s *Spec) { // want `protocol.act.gone expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."`
		session := s.Session()
		session.Delete()
		s.Expect(session.Get()).To(BeGone())
		s.Expect(session.Cancel()).To(HaveState("a list without it"))
	}),
	Behaviour("protocol.act.promised", func(s *Spec) { // want `protocol.act.promised expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."`
		session := s.Session()
		s.Expect(session.Delete()).To(Succeed())
		s.Expect(session.Delete()).To(BeRefusedWith(404))
		s.Expect(session.Get()).To(BeGone())
	}),
	Behaviour("protocol.act.unjudged", func(s *Spec) { // want `protocol.act.unjudged expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."`
		s.Expect(s.Session().Cancel()).To(BeAnsweredWith(404))
		s.Expect(s.Session().Get()).To(HaveState("ACTIVE"))
		s.Step("control: cancel of a session that is there")
		s.Session().Cancel()
	}),

	Behaviour("protocol.act.tame", sessions.Acted),       // want `protocol.act.tame is a refusal in the ledger, but expects none`
	Behaviour("protocol.act.tamer", sessions.Acted),      // want `protocol.act.tamer is a refusal in the ledger, but expects none`
	Behaviour("protocol.act.wide", sessions.Refused),     // want `protocol.act.wide has the control protocol.act.ok, which runs in fewer variants`
	Behaviour("protocol.act.blind", sessions.Refused),    // want `protocol.act.blind has the control protocol.act.unspecified, which has no spec`
	Behaviour("protocol.act.circular", sessions.Refused), // want `protocol.act.circular has the control protocol.act.never, which is itself a refusal`
	Behaviour("protocol.act.stray", sessions.Refused),    // want `protocol.act.stray has the control protocol.other.ok, which is of another operation`
	Behaviour("protocol.act.abroad", sessions.Refused),   // want `protocol.act.abroad has the control protocol.act.ok, which does not run in rest`
	Behaviour("protocol.act.early", sessions.Refused),    // want `protocol.act.early has the control protocol.act.young, which does not run in api of 8.0`
}

var effects = []any{
	Behaviour("protocol.act.status", func(s *Spec) { // want `protocol.act.status expects only how Session.Cancel is answered: look at its effect, or list it in answersOnly if the documents name none`
		reply := s.Session().Cancel()

		s.Expect(reply).To(BeDocumented())
	}),
	Behaviour("protocol.act.again", twice((*Session).Cancel)),                          // want `protocol.act.again expects only how act is answered: look at its effect, or list it in answersOnly if the documents name none`
	Behaviour("protocol.act.shared", sessions.Answered),                                // want `protocol.act.shared expects only how Session.Cancel is answered: look at its effect, or list it in answersOnly if the documents name none`
	Behaviour("protocol.act.nothing", func(s *Spec) { s.Observe(s.Session().Fail()) }), // want `protocol.act.nothing is decided by its level, but judges nothing`
	Behaviour("protocol.act.excused", func(s *Spec) { s.Expect(s.Session().Get()).To(Succeed()) }),
	Behaviour("protocol.act.open", func(s *Spec) { s.Observe(s.Session().Get()) }),
}

// twice returns a body that judges the same act twice, which is no look at what
// it did.
func twice(act func(*Session) Reply) func(*Spec) {
	return func(s *Spec) {
		first := act(s.Session())
		s.Expect(first).To(Succeed())
		s.Expect(act(s.Session())).To(Succeed())
	}
}
