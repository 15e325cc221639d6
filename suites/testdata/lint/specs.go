// Package lint is specs as they must not be, each below the finding that the
// lint has to make of it, and next to some in which there is none to make.
package lint

import (
	"net/http"

	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Refusals and their controls",
	Behaviour("bad.act.ok", acts),
	Behaviour("bad.other.ok", acts),
	Behaviour("bad.act.young", acts),

	Behaviour("bad.act.never", func(s *Spec) {
		refused(s)
		s.Step("control: keep_alive")
		s.Expect(s.KeepAlive(s.DownloadSession(Active), nil)).To(Succeed())
	}),

	// want: bad.act.alone expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."
	Behaviour("bad.act.alone", refused),

	// want: bad.act.gone expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."
	Behaviour("bad.act.gone", func(s *Spec) {
		session := s.DownloadSession(Active)
		s.Delete(session)
		s.Expect(s.Get(session)).To(BeGone())
		s.Expect(s.List(Download, session.ID)).To(NotHold("the session", session))
	}),

	// want: bad.act.promised expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."
	Behaviour("bad.act.promised", func(s *Spec) {
		session := s.DownloadSession(Ended)
		s.Expect(s.Delete(session)).To(Succeed())
		s.Expect(s.Delete(session)).To(BeRefusedWith(NotFound))
		s.Expect(s.Get(session)).To(BeGone())
	}),

	// want: bad.act.unjudged expects a refusal without a control: name one in the ledger, or judge one in a step "control: ..."
	Behaviour("bad.act.unjudged", func(s *Spec) {
		s.Expect(s.KeepAlive(s.Unknown(Download), nil)).To(BeAnsweredWith(http.StatusNotFound))
		s.Expect(s.Get(s.DownloadSession(Active))).To(HaveState(Active))
		s.Step("control: keep_alive of a session that is there")
		s.KeepAlive(s.DownloadSession(Active), nil)
	}),

	// want: bad.act.tame is a refusal in the ledger, but expects none
	Behaviour("bad.act.tame", acts),
	// want: bad.act.tamer is a refusal in the ledger, but expects none
	Behaviour("bad.act.tamer", acts),
	// want: bad.act.wide has the control bad.act.ok, which runs in fewer variants
	Behaviour("bad.act.wide", refused),
	// want: bad.act.blind has the control bad.act.unspecified, which has no spec
	Behaviour("bad.act.blind", refused),
	// want: bad.act.circular has the control bad.act.never, which is itself a refusal
	Behaviour("bad.act.circular", refused),
	// want: bad.act.stray has the control bad.other.ok, which is of another operation
	Behaviour("bad.act.stray", refused),
	// want: bad.act.abroad has the control bad.act.ok, which does not run in rest
	Behaviour("bad.act.abroad", refused),
	// want: bad.act.early has the control bad.act.young, which does not run in api of 8.0
	Behaviour("bad.act.early", refused).Long(),
)

var _ = Describe("What is looked at",
	// want: bad.act.status expects only how Cancel is answered: look at its effect, or list BAD.act.status in answersOnly if the reference names none
	Behaviour("bad.act.status", func(s *Spec) {
		reply := s.Cancel(s.DownloadSession(Active))

		s.Expect(reply).To(BeDocumented())
	}),

	// want: bad.act.again expects only how Call is answered: look at its effect, or list BAD.act.again in answersOnly if the reference names none
	Behaviour("bad.act.again", twice(Download+".create")),

	// want: bad.act.nothing is decided by its level, but judges nothing
	Behaviour("bad.act.nothing", func(s *Spec) { s.Observe("answered %s", Answer(s.Get(s.DownloadSession(Active)))) }),

	Behaviour("bad.act.excused", func(s *Spec) { s.Expect(s.Get(s.DownloadSession(Active))).To(Succeed()) }),
	Behaviour("bad.act.open", func(s *Spec) { s.Observe("answered %s", Answer(s.Get(s.DownloadSession(Active)))) }),
)

func acts(s *Spec) {
	session := s.DownloadSession(Active)
	s.Expect(s.Cancel(session)).To(Succeed())
	s.Expect(s.Get(session)).To(BeOver())
}

func refused(s *Spec) {
	session := s.DownloadSession(Canceled)
	reply := s.Get(session)
	reply = s.Cancel(session)
	s.Expect(reply).To(BeRefusedWith(NotAllowedInCurrentState))
	s.Expect(s.Get(session)).To(HaveState(Canceled))
}

// twice returns a body that judges the same act twice, which is no look at what
// it did.
func twice(operation string) func(*Spec) {
	return func(s *Spec) {
		first := s.Call(operation, "", nil)
		s.Expect(first).To(Succeed())
		s.Expect(s.Call(operation, "", nil)).To(Succeed())
		s.Made(first)
	}
}
