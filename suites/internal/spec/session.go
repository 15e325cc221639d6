package spec

import (
	"fmt"
	"slices"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// The services of sessions.
const (
	Download = "download_session"
	Update   = "update_session"
)

// State is a documented state of a session.
type State string

// The states; download sessions have no DONE (reference, section 0).
const (
	Active   State = "ACTIVE"
	Done     State = "DONE"
	Errored  State = "ERROR"
	Canceled State = "CANCELED"
	// Ended is any state but ACTIVE, reached in the first way that works.
	Ended State = "ended"
)

// over are the states of a session that is not ACTIVE any more.
var over = map[State]bool{Done: true, Errored: true, Canceled: true}

// States lists the states of a service's sessions.
func States(service string) []State {
	if service == Download {
		return []State{Active, Canceled, Errored}
	}
	return []State{Active, Done, Errored, Canceled}
}

// Session is a session that this behaviour made.
type Session struct {
	Service string
	ID      string
	Item    library.Item
	// Gone says that its cancel deleted it, where documents say so.
	Gone bool
	// ended says that an answer of success took it out of ACTIVE.
	ended bool
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
	Errored:  {"fail", wire.Object{{Name: "client_error_message", Value: "arranged by the conformance suite"}}, "fail.state_error"},
	Done:     {"complete", nil, "complete.state_done"},
}

// endings are the operations that take a session out of ACTIVE.
var endings = map[string]bool{"cancel": true, "fail": true, "complete": true}

// completeBudget is how long a right server may take from complete to DONE;
// the documents set no limit.
const completeBudget = 30 * time.Second

// DownloadSession arranges a download session in the state.
func (s *Spec) DownloadSession(state State) *Session { return s.Session(Download, state) }

// UpdateSession arranges an update session in the state.
func (s *Spec) UpdateSession(state State) *Session { return s.Session(Update, state) }

// Session arranges a session of the service on the behaviour's own item.
func (s *Spec) Session(service string, state State) *Session {
	return s.SessionOn(s.Item(), service, state)
}

// SessionOn arranges a session on the item. What the arrangement needs of the
// target and does not get blocks the behaviour: another one is about that.
func (s *Spec) SessionOn(item library.Item, service string, state State) *Session {
	defer s.Step(s.step)
	s.Step("arrange: create " + service)
	operation := service + ".create"
	reply := s.Via(s.PlainVariant(operation), operation, "", CreateFor(item))
	id, problem := reply.AsID()
	if !reply.Succeeded() || problem != "" {
		s.Block(operation+".ok", "no session to test with: create answered %s", misshapen(reply, problem))
	}
	session := s.sessionOf(service, id)
	session.Item = item
	switch state {
	case Active:
	case Ended:
		return s.over(session)
	default:
		if s.into(session, state); session.Gone {
			s.Skip("cancel deletes update sessions here, as 6.0 and 6.5 document: none can be CANCELED")
		}
	}
	return session
}

// CanceledUpdate arranges an update session that was canceled: it is CANCELED
// or, where documents say so and the target does, Gone.
func (s *Spec) CanceledUpdate() *Session {
	defer s.Step(s.step)
	session := s.UpdateSession(Active)
	s.into(session, Canceled)
	return session
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
func (s *Spec) over(session *Session) *Session {
	var last view
	for _, state := range waysToEnd[session.Service] {
		move := moves[state]
		s.Step("arrange: " + move.operation + ", to end the session")
		operation := session.Service + "." + move.operation
		s.Via(s.PlainVariant(operation), operation, session.ID, move.arguments)
		s.Step("arrange: get, to see that it ended")
		if last = s.look(session); last.state != "" && last.state != Active {
			session.ended = true
			return session
		}
		if last.reply.Status == 404 {
			session = s.SessionOn(session.Item, session.Service, Active)
		}
	}
	if session.Service == Update {
		s.Block(Update+".cancel.ok", "no ended session to test with: get answered %s", Answer(last.reply))
	}
	return session
}

// into takes an ACTIVE session to the state and believes it only when get
// shows it, or that it is gone after a cancel that may delete it.
func (s *Spec) into(session *Session, state State) {
	move := moves[state]
	s.Step(fmt.Sprintf("arrange: %s, to be %s", move.operation, state))
	operation := session.Service + "." + move.operation
	reply := s.Via(s.PlainVariant(operation), operation, session.ID, move.arguments)
	if !reply.Succeeded() {
		s.Block(operation+".ok", "no %s session to test with: %s answered %s", state, move.operation, Answer(reply))
	}
	session.ended = true
	s.Step(fmt.Sprintf("arrange: get, to see %s", state))
	var seen view
	s.Poll(completeBudget, func() bool {
		seen = s.look(session)
		return state != Done || seen.state != Active
	})
	if seen.state == state {
		return
	}
	if state == Canceled && session.Service == Update && seen.reply.Status == 404 && s.CancelMayDelete() {
		session.Gone = true
		return
	}
	s.Block(session.Service+"."+move.promise, "no %s session to test with: after %s, %s", state, move.operation, seen)
}

// CancelMayDelete says whether a cancel that deletes the update session is a
// documented reading (reference, section 5, row 1).
func (s *Spec) CancelMayDelete() bool {
	old := slices.Contains(s.target.Releases, "6.0") || slices.Contains(s.target.Releases, "6.5")
	return s.Variant.Binding == wire.Legacy || s.Variant.Binding == wire.Rest && old
}
