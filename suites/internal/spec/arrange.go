package spec

import (
	"net/http"
	"slices"

	"session-conformance/suites/internal/wire"
)

// Arrangement says of a session to arrange what does not go without saying.
type Arrangement func(*arranged)

// arranged is what a session is to be on and to hold.
type arranged struct {
	item  *Item
	files []File
}

// On arranges a session on the item, and not on the behaviour's first.
func On(item Item) Arrangement { return func(wanted *arranged) { wanted.item = &item } }

// With arranges an update session that has received the file.
func With(file File) Arrangement {
	return func(wanted *arranged) { wanted.files = append(wanted.files, file) }
}

// DownloadSession arranges a download session in the state.
func (s *Spec) DownloadSession(state State, more ...Arrangement) *Session {
	return s.SessionOf(Download, state, more...)
}

// UpdateSession arranges an update session in the state.
func (s *Spec) UpdateSession(state State, more ...Arrangement) *Session {
	return s.SessionOf(Update, state, more...)
}

// Session arranges a session of the service that the behaviour is about.
func (s *Spec) Session(state State, more ...Arrangement) *Session {
	return s.SessionOf(s.Service(), state, more...)
}

// SessionOf arranges a session of the service. What the arrangement needs of
// the target and does not get blocks the behaviour: another one is about that.
func (s *Spec) SessionOf(service string, state State, more ...Arrangement) *Session {
	var wanted arranged
	for _, one := range more {
		one(&wanted)
	}
	session := s.sessionIn(service, state, wanted)
	if session.Gone {
		s.Skip("cancel deletes update sessions here, as 6.0 and 6.5 document: none can be CANCELED")
	}
	return session
}

// sessionIn is a session in the state or, after a cancel that may delete it, Gone.
func (s *Spec) sessionIn(service string, state State, wanted arranged) *Session {
	if s.target.ReadOnly {
		return s.existing(service, state, wanted)
	}
	if wanted.item == nil && len(wanted.files) == 0 {
		return s.plainSessionIn(service, state)
	}
	if wanted.item == nil {
		item := s.Item()
		wanted.item = &item
	}
	defer s.beginArranging()()
	session := s.open(service, *wanted.item)
	s.hasFiles = len(wanted.files) > 0
	for _, file := range wanted.files {
		session.Files().Receive(file)
	}
	return session.to(state)
}

// plainSessionIn is a session in the state that has no files, on the behaviour's
// first item: an earlier behaviour's, if it left one there that is in the state
// or can be brought to it.
func (s *Spec) plainSessionIn(service string, state State) *Session {
	wanted := usable[state]
	if state == InUse {
		state = Active
	}
	done := s.arranges(state)
	kept := s.inherit(service, wanted...)
	if kept == nil {
		session := s.open(service, s.Item()).to(state)
		done(session)
		return session
	}
	s.hasFiles = kept.what == used
	if kept.what != state && !slices.Contains(asGood[state], kept.what) {
		session := kept.session.to(state)
		done(session)
		return session
	}
	done(nil)
	return kept.session
}

// usable are what can be brought to a state, the best first. What was used is not
// completed: it may have brought files.
var usable = map[State][]State{
	Active:   {Active},
	InUse:    {used, Active},
	Done:     {Done, Active},
	Errored:  {Errored, used, Active},
	Canceled: {Canceled, used, Active},
	Ended:    {Ended, Errored, Canceled, Done, used, Active},
}

// asGood are what need not be brought to the state, since it is that already.
var asGood = map[State][]State{
	Active: {used},
	Ended:  {Errored, Canceled, Done},
}

// to takes an ACTIVE session to the state.
func (session *Session) to(state State) *Session {
	switch state {
	case Active:
	case Ended:
		return session.over()
	default:
		session.reach(state, state == Done)
	}
	return session
}

// open arranges an ACTIVE session on the item.
func (s *Spec) open(service string, item Item) *Session {
	defer s.Aside("arrange: create " + service)()
	operation := service + ".create"
	reply := s.Create(service, CreateFor(item), In(s.PlainVariant(operation)))
	id, problem := reply.AsID()
	if !reply.Succeeded() || problem != "" {
		s.Block(operation+".ok", "no session to test with: create answered %s", misshapen(reply, problem))
	}
	session := s.sessionOf(service, id)
	session.Item = item
	return session
}

// SessionOfOther arranges an ACTIVE session that the second account made: what a
// session may do depends on who did (reference, section 1, "Privileges").
func (s *Spec) SessionOfOther(service string) *Session {
	item, other := s.Item(), s.Other()
	defer s.Aside("control: create " + service + ", as the second account")()
	operation := service + ".create"
	reply := s.Create(service, CreateFor(item), In(s.PlainVariant(operation)), As(other))
	id, problem := reply.AsID()
	switch {
	case reply.Status == http.StatusForbidden:
		s.Skip("the second account may not make a session on the item: create answered %s", Answer(reply))
	case !reply.Succeeded() || problem != "":
		s.Block(operation+".ok", "no session to test with: create answered %s", misshapen(reply, problem))
	}
	session := s.sessionOf(service, id)
	session.Item = item
	return session
}

// CanceledUpdate arranges an update session that was canceled: it is CANCELED
// or, where documents say so and the target does, Gone.
func (s *Spec) CanceledUpdate() *Session {
	return s.sessionIn(Update, Canceled, arranged{})
}

// arrange uses an operation in its plainest variant, whatever is under test.
func (session *Session) arrange(operation string, arguments wire.Object) Reply {
	call := session.Call(operation, arguments)
	return session.spec.Send(call, In(session.spec.PlainVariant(call.Operation)))
}

// move is an operation that takes an ACTIVE session into a state, and the
// behaviour that promises it.
type move struct {
	operation string
	arguments wire.Object
	promise   string
}

var moves = map[State]move{
	Canceled: {"cancel", nil, "cancel.state"},
	Errored:  {"fail", ClientError("arranged by the conformance suite"), "fail.state_error"},
	Done:     {"complete", nil, "complete.state_done"},
}

// waysToEnd are the states in which over leaves a session; a canceled update
// session may be deleted (reference, section 5, row 1), so that way comes last.
var waysToEnd = map[string][]State{
	Download: {Canceled, Errored},
	Update:   {Errored, Done, Canceled},
}

// over takes a session out of ACTIVE: behaviours that only need it to be over
// must not depend on one of the ways. A download session that no way ends
// stays ACTIVE: nothing is documented that an ACTIVE one could not do.
func (session *Session) over() *Session {
	s := session.spec
	defer s.Aside("")()
	var last view
	for _, state := range waysToEnd[session.Service] {
		move := moves[state]
		s.Step("arrange: " + move.operation + ", to end the session")
		session.arrange(move.operation, move.arguments)
		s.Step("arrange: get, to see that it ended")
		if last = session.look(); last.state != "" && last.state != Active {
			session.ended = true
			return session
		}
		if last.reply.Status == http.StatusNotFound {
			session = s.open(session.Service, session.Item)
		}
	}
	if session.Service == Update {
		s.Block(Update+".cancel.ok", "no ended session to test with: get answered %s", Answer(last.reply))
	}
	return session
}
