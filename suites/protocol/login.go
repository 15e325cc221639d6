package protocol

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// loginPaths are the session resources of the bindings; legacy has no page of
// its own (reference, section 1, "login").
var loginPaths = map[wire.Binding]string{
	wire.API:    "/api/session",
	wire.Rest:   "/rest/com/vmware/cis/session",
	wire.Legacy: "/rest/com/vmware/cis/session",
}

var _ = Describe("Protocol: login",
	Behaviour("protocol.login.api", func(s *Spec) { logsIn(s, http.StatusCreated, "as a bare JSON string") }),
	Behaviour("protocol.login.rest", func(s *Spec) { logsIn(s, http.StatusOK, `in the one member "value"`) }),

	// One wrong attempt of the account for each binding and no more, and a right
	// one behind it: targets lock accounts that guess.
	Behaviour("protocol.login.bad_password", func(s *Spec) {
		account := s.Account()
		s.Step("log in with a wrong password")
		wrong := logIn(s, Account{Username: account.Username, Password: "wrong-" + NewToken()})
		defer wrong.end()
		s.Expect(wrong.reply).To(BeRefusedWith(Unauthenticated))

		s.Step("log in as a user that nobody knows")
		stranger := logIn(s, Account{Username: "conformance-" + NewToken(), Password: NewToken()})
		defer stranger.end()
		s.Expect(stranger.reply).To(BeRefusedWith(Unauthenticated))
		if password, user := reason(wrong.reply), reason(stranger.reply); password != user {
			s.Fail(Expected("the same for a wrong password and for an unknown user").Got("%s and %s", password, user))
		}

		s.Step("control: log in with the right password")
		right := logIn(s, account)
		defer right.end()
		if right.token == "" {
			s.Block(loginOf(s), "the refusal proves nothing: the right password got %s", Answer(right.reply))
		}
	}),

	Behaviour("protocol.login.get", func(s *Spec) {
		own := logIn(s, s.Account())
		defer own.end()
		own.mustExist()

		s.Step("who is logged in")
		reply := own.send(http.MethodPost, "?~action=get")
		s.Expect(reply).To(BeAnsweredWith(http.StatusOK))

		shown := asResult(reply)
		s.Expect(shown).To(ShowTime("created_time"))
		s.Expect(shown).To(ShowTime("last_accessed_time"))
		if model, _ := shown.AsMembers(); !hasText(model, "user") {
			s.Fail(Expected("the name of the user").Got("user as %s", wire.Describe(model["user"])).Of("user").About(reply))
		}
	}),

	Behaviour("protocol.login.logout", func(s *Spec) {
		account := s.Account()
		session := s.DownloadSession(Active)
		own := logIn(s, account)
		defer own.end()
		own.mustWork(session)

		s.Step("log out")
		reply := own.logOut()
		want := http.StatusOK
		if s.Variant.Binding == wire.API {
			want = http.StatusNoContent
		}
		s.Expect(reply).To(BeAnsweredWith(want))
		if reply.Problem != "" {
			s.Fail(Expected("no body").GotAnswer(reply))
		}

		s.Step("get with the token afterwards")
		s.Expect(own.get(session)).To(BeRefusedWith(Unauthenticated))
	}),
)

// logsIn: the login has the documented status and shape, and its token works.
func logsIn(s *Spec, status int, where string) {
	account := s.Account()
	session := s.DownloadSession(Active)
	s.Step("log in")
	own := logIn(s, account)
	defer own.end()

	s.Expect(own.reply).To(BeAnsweredWith(status))
	if _, problem := asResult(own.reply).AsID(); problem != "" {
		s.Fail(Expected("the token %s", where).Got("%s of another shape", own.reply.Format()).AboutExchange(own.reply.Exchange))
	}
	s.Step("get with the token")
	s.Expect(own.get(session)).To(HaveState(Active))
}

// loginOf is the behaviour that promises the login of the binding.
func loginOf(s *Spec) string {
	if s.Variant.Binding == wire.API {
		return "protocol.login.api"
	}
	return "protocol.login.rest"
}

// login is one of a behaviour's own, since the run's must outlive it.
type login struct {
	s     *Spec
	reply Reply
	token string
	ended bool
}

// logIn tries to log in and keeps the token out of every report.
func logIn(s *Spec, account Account) *login {
	own := &login{s: s}
	basic := base64.StdEncoding.EncodeToString([]byte(account.Username + ":" + account.Password))
	request := wire.Request{Method: http.MethodPost, Path: loginPaths[s.Variant.Binding], Header: http.Header{}}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Authorization", "Basic "+basic)
	own.reply = s.SendRequest("login", request, As(s.Nobody()), In(s.Variant))
	if own.reply.Succeeded() {
		own.token = own.reply.AnyID()
		s.Hide(own.token)
	}
	if own.token == "" && own.reply.Succeeded() {
		s.Hide(string(own.reply.Answer))
	}
	return own
}

// client sends the login's token.
func (l *login) client() *wire.Client { return l.s.Nobody().With(sessionHeader, l.token) }

// request asks for the session resource.
func (l *login) request(method, query string) wire.Request {
	request := wire.Request{Method: method, Path: loginPaths[l.s.Variant.Binding] + query, Header: http.Header{}}
	request.Header.Set("Accept", "application/json")
	return request
}

func (l *login) send(method, query string) Reply {
	return l.s.SendRequest("login", l.request(method, query), As(l.client()), In(l.s.Variant))
}

func (l *login) logOut() Reply {
	reply := l.send(http.MethodDelete, "")
	l.ended = reply.Succeeded()
	return reply
}

// get gets a session with the login's token.
func (l *login) get(session *Session) Reply { return session.Get(As(l.client())) }

// mustExist blocks the behaviour where no login could be made.
func (l *login) mustExist() {
	if l.token == "" {
		l.s.Block(loginOf(l.s), "no login to test with: answered %s", Answer(l.reply))
	}
}

// mustWork blocks the behaviour where the token is none.
func (l *login) mustWork(session *Session) {
	l.mustExist()
	l.s.Step("control: get with the token")
	if reply := l.get(session); !reply.Succeeded() {
		l.s.Block(loginOf(l.s), "no login to test with: with its token get answered %s", Answer(reply))
	}
}

// end ends a login that the body left, also when it ended early: so not by a
// call that could end it again. The request has its own deadline.
func (l *login) end() {
	if l.token != "" && !l.ended {
		l.client().Unstoppable().Do(context.Background(), l.request(http.MethodDelete, ""))
	}
}

// reason is what a refusal tells of its reason: its error, and the ids of its
// messages, whose texts may name whatever was asked for.
func reason(reply Reply) string {
	told := Answer(reply)
	if reply.Fault == nil {
		return told
	}
	wrapped, _ := reply.Fault.Members["value"].(wire.Members)
	for _, members := range []wire.Members{reply.Fault.Members, wrapped} {
		messages, _ := members["messages"].([]any)
		for _, one := range messages {
			message, _ := one.(wire.Members)
			id, _ := message.String("id")
			told += fmt.Sprintf(" (%s)", id)
		}
	}
	return told
}

// asResult reads an answer of the login as one with a result, which an
// operation that is none of the 24 does not say.
func asResult(reply Reply) Reply { return wire.Decode(reply.Exchange, reply.Variant, Download+".get") }

func hasText(members wire.Members, name string) bool {
	text, ok := members.String(name)
	return ok && text != ""
}
