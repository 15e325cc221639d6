package protocol

import (
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// sessionHeader carries the token of a login (reference, section 1, "use").
const sessionHeader = "vmware-api-session-id"

var _ = Describe("Protocol: authentication",
	Behaviour("protocol.auth.missing", func(s *Spec) {
		refusesStrangers(s, s.DownloadSession(Active), "without a login", s.Nobody())
	}).Long(),

	Behaviour("protocol.auth.bad", func(s *Spec) {
		stranger := s.Nobody().With(sessionHeader, NewToken())
		refusesStrangers(s, s.DownloadSession(Active), "with a token that was never given out", stranger)
	}).Long(),

	Behaviour("protocol.auth.logged_out", func(s *Spec) {
		account := s.Account()
		session := s.DownloadSession(Active)
		own := logIn(s, account)
		defer own.end()
		own.mustWork(session)
		s.Step("arrange: log out")
		if reply := own.logOut(); !reply.Succeeded() {
			s.Block("protocol.login.logout", "no token of a deleted login to test with: logout answered %s", Answer(reply))
		}

		refusesStrangers(s, session, "with the token of a deleted login", own.client())
	}).Long(),
)

// refusesStrangers: whatever the client asks for, it gets 401 and nothing
// happens; control: the same requests with the run's login are taken.
func refusesStrangers(s *Spec, session *Session, how string, stranger *wire.Client) {
	requests := []struct {
		operation, id string
		arguments     wire.Object
	}{
		{Download + ".get", session.ID, nil},
		{Download + ".list", session.Item.ID, nil},
		{Download + ".create", "", CreateFor(session.Item)},
		{DownloadFile + ".list", session.ID, nil},
		{Update + ".create", "", CreateFor(session.Item)},
		{Download + ".cancel", session.ID, nil},
	}
	for _, one := range requests {
		s.Step(one.operation + " " + how)
		variant := s.PlainVariant(one.operation)
		reply := s.SendBy(stranger, s.Request(variant, one.operation, one.id, one.arguments), variant, one.operation)
		s.Expect(reply).To(BeRefusedWith(Unauthenticated))
	}

	s.Step("the session afterwards")
	s.Expect(s.Get(session)).To(HaveState(Active))
	for _, one := range requests {
		s.Step("control: " + one.operation + " with the run's login")
		reply := s.Call(one.operation, one.id, one.arguments)
		if !reply.Succeeded() {
			s.Block(one.operation+".ok", "the refusal proves nothing: with a login, too, %s answered %s", one.operation, Answer(reply))
		}
	}
}
