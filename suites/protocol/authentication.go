package protocol

import (
	"net/http"
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// sessionHeader carries the token of a login (reference, section 1, "use").
const sessionHeader = "vmware-api-session-id"

var _ = Describe("Protocol: authentication",
	Behaviour("protocol.auth.missing", func(s *Spec) {
		download, update := s.DownloadSession(Active), s.UpdateSession(Active)
		refusesStrangers(s, s.Nobody(), "without a login", everyRequest(s, download, update), download, update)
	}).Long(),

	Behaviour("protocol.auth.bad", func(s *Spec) {
		session := s.DownloadSession(Active)
		stranger := s.Nobody().With(sessionHeader, NewToken())
		refusesStrangers(s, stranger, "with a token that was never given out", someRequests(session), session)
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

		refusesStrangers(s, own.client(), "with the token of a deleted login", someRequests(session), session)
	}).Long(),
)

// question is a use of an operation that needs a login.
type question struct {
	operation, id string
	arguments     wire.Object
}

// What only a stranger brings.
const (
	strangersFile     = "conformance-stranger.bin"
	strangersProgress = 31
)

// someRequests are one or two of each kind.
func someRequests(session *Session) []question {
	return []question{
		{Download + ".get", session.ID, nil},
		{Download + ".list", session.Item.ID, nil},
		{Download + ".create", "", CreateFor(session.Item)},
		{DownloadFile + ".list", session.ID, nil},
		{Update + ".create", "", CreateFor(session.Item)},
		{Download + ".cancel", session.ID, nil},
	}
}

// everyRequest has all operations that the binding has in every release, in an
// order in which none spoils another one.
func everyRequest(s *Spec, download, update *Session) []question {
	all := []question{
		{Download + ".get", download.ID, nil},
		{Download + ".list", download.Item.ID, nil},
		{Download + ".create", "", CreateFor(download.Item)},
		{Download + ".keep_alive", download.ID, Progress(Download, strangersProgress)},
		{DownloadFile + ".list", download.ID, nil},
		{DownloadFile + ".get", download.ID, Named(strangersFile)},
		{DownloadFile + ".prepare", download.ID, Named(strangersFile)},
		{Download + ".cancel", download.ID, nil},
		{Download + ".fail", download.ID, FailedBy("a stranger")},
		{Download + ".delete", download.ID, nil},

		{Update + ".get", update.ID, nil},
		{Update + ".list", update.Item.ID, nil},
		{Update + ".keep_alive", update.ID, Progress(Update, strangersProgress)},
		{UpdateFile + ".list", update.ID, nil},
		{UpdateFile + ".validate", update.ID, nil},
		{UpdateFile + ".add", update.ID, OneSpec("file_spec", PushSpec(strangersFile))},
		{UpdateFile + ".get", update.ID, Named(strangersFile)},
		{UpdateFile + ".remove", update.ID, Named(strangersFile)},
		{Update + ".fail", update.ID, FailedBy("a stranger")},
		{Update + ".cancel", update.ID, nil},
		{Update + ".complete", update.ID, nil},
		{Update + ".delete", update.ID, nil},
		{Update + ".create", "", CreateFor(update.Item)},
	}
	if s.Variant.Binding == wire.API {
		at := slices.IndexFunc(all, func(one question) bool { return one.operation == Update+".fail" })
		all = slices.Insert(all, at, question{Update + ".update", update.ID, Warning(SelfSigned)})
	}
	return all
}

// refusesStrangers: whatever the client asks for by whatever route, it gets 401
// and nothing happens; control: the same requests with the run's login are
// taken, or refused for another reason.
func refusesStrangers(s *Spec, stranger *wire.Client, how string, requests []question, sessions ...*Session) {
	services, before := []string{Download, Update}, map[string][]string{}
	for _, service := range services {
		before[service] = sessionsOf(s, service, sessions[0].Item.ID)
	}
	for _, one := range requests {
		for _, variant := range jsonVariants(s, one.operation) {
			s.Step(one.operation + " " + how)
			reply := s.SendBy(stranger, s.Request(variant, one.operation, one.id, one.arguments), variant, one.operation)
			s.Expect(reply).To(BeRefusedWith(Unauthenticated))
		}
	}

	for _, session := range sessions {
		leftNoTrace(s, session)
	}
	for _, service := range services {
		madeNothing(s, service, sessions[0].Item.ID, "a create "+how, before[service])
	}
	for _, one := range requests {
		s.Step("control: " + one.operation + " with the run's login")
		reply := s.Call(one.operation, one.id, one.arguments)
		if reply.Err != nil || reply.Status == http.StatusUnauthorized {
			s.Block(one.operation+".ok", "the refusal proves nothing: with a login, too, %s answered %s", one.operation, Answer(reply))
		}
	}
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

// leftNoTrace: no request of a stranger did anything to the session.
func leftNoTrace(s *Spec, session *Session) {
	s.Step("the session afterwards")
	after := s.Get(session)
	s.Expect(after).To(HaveState(Active))
	s.Expect(after).To(NotShowNumber("client_progress", strangersProgress))
	if session.Service != Update {
		return
	}
	files, _ := s.ListFiles(session).Result.([]any)
	for _, file := range files {
		if info, _ := file.(wire.Members); info["name"] == strangersFile {
			s.Fail("expected no file of a stranger in the session, got %s", strangersFile)
		}
	}
}
