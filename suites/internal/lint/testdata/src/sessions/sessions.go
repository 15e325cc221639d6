// Package sessions is bodies that specs of other packages share.
package sessions

import . "spec"

// Acted judges an act and its effect.
func Acted(s *Spec) {
	session := s.Session()
	s.Expect(session.Cancel()).To(Succeed())
	s.Expect(session.Get()).To(BeOver())
}

// Refused judges a refusal, by a helper.
func Refused(s *Spec) { refusedFor(s, s.Session()) }

func refusedFor(s *Spec, session *Session) {
	reply := session.Get()
	reply = session.Cancel()
	s.Expect(reply).To(BeRefusedWith(400))
	s.Expect(session.Get()).To(HaveState("CANCELED"))
}

// Answered judges nothing but an answer, twice.
func Answered(s *Spec) {
	s.Expect(s.Session().Cancel()).To(Succeed())
	s.Expect(s.Session().Cancel()).To(BeDocumented())
}
