package protocol

import (
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// sessionHeader carries the token of a login (reference, section 1, "use").
const sessionHeader = "vmware-api-session-id"

var _ = Describe("Protocol: authentication",
	Behaviour("protocol.auth.missing", func(s *Spec) {
		download, update := s.DownloadSession(InUse), s.UpdateSession(Active)
		expectStrangersRefused(s, s.Nobody(), "without a login", jsonVariants, download, update)
	}).Long(),

	Behaviour("protocol.auth.authorization", func(s *Spec) {
		own := logIn(s, s.Account())
		defer own.end()
		own.mustExist()
		s.Step("list with the token in the header Authorization")
		reply := s.List(Download, "", As(s.Nobody().With("Authorization", own.token)))

		s.Observe("list with the token in the header Authorization was answered %s", Answer(reply))
	}),

	Behaviour("protocol.auth.bad", func(s *Spec) {
		download, update := s.DownloadSession(InUse), s.UpdateSession(Active)
		stranger := s.Nobody().With(sessionHeader, NewToken())
		expectStrangersRefused(s, stranger, "with a token that was never given out", plainVariant, download, update)
	}).Long(),

	Behaviour("protocol.auth.logged_out", func(s *Spec) {
		account := s.Account()
		download, update := s.DownloadSession(InUse), s.UpdateSession(Active)
		own := logIn(s, account)
		defer own.end()
		own.mustWork(download)
		s.Step("arrange: log out")
		if reply := own.logOut(); !reply.Succeeded() {
			s.Block("protocol.login.logout", "no token of a deleted login to test with: logout answered %s", Answer(reply))
		}

		expectStrangersRefused(s, own.client(), "with the token of a deleted login", plainVariant, download, update)
	}).Long(),
)

// expectStrangersRefused: whatever the client asks for by whatever route, it gets
// 401 and nothing happens; control: the run's own login may look.
func expectStrangersRefused(s *Spec, stranger *wire.Client, how string, variants func(*Spec, string) []wire.Variant,
	download, update *Session) {
	expectUnauthenticated(s, stranger, how, variants, download, update)
	s.Step("control: get with the run's login")
	s.Expect(download.Get()).To(HaveState(Active))
	s.Expect(update.Get()).To(HaveState(Active))
}

// expectUnauthenticated: each request in each of its variants gets 401 with the
// error that says so, and nothing happens.
func expectUnauthenticated(s *Spec, stranger *wire.Client, how string, variants func(*Spec, string) []wire.Variant,
	download, update *Session) {
	services, before := []string{Download, Update}, map[string][]string{}
	for _, service := range services {
		before[service] = sessionsOf(s, service, download.Item.ID)
	}
	for _, one := range everyRequest(s, download, update, refusedFile) {
		for _, variant := range variants(s, one.Operation) {
			s.Step(one.Operation + " " + how)
			reply := s.Send(one, In(variant), As(stranger))
			s.Expect(reply).To(BeRefusedWith(Unauthenticated))
			s.Expect(reply).To(TellItsError())
		}
	}
	expectNoTrace(s, download, update)
	for _, service := range services {
		expectNothingMade(s, service, download.Item.ID, "a create "+how, before[service])
	}
}

// plainVariant is the one way to spell the operation.
func plainVariant(s *Spec, operation string) []wire.Variant {
	return []wire.Variant{s.PlainVariant(operation)}
}

// jsonVariants are the served ways to spell the operation in JSON: a route may have
// been forgotten.
func jsonVariants(s *Spec, operation string) []wire.Variant {
	served := slices.DeleteFunc(s.Served(wire.Variants(operation, s.Variant.Binding)), func(v wire.Variant) bool {
		return v.Representation != wire.JSON
	})
	if len(served) == 0 {
		return []wire.Variant{s.PlainVariant(operation)}
	}
	return served
}
