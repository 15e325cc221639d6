package spec

import (
	"fmt"
	"net/http"
	"time"
)

// completeBudget is how long a right server may take from complete to DONE;
// the documents set no limit.
const completeBudget = 30 * time.Second

// Reach arranges that an ACTIVE session gets to the state, and believes it only
// when get shows it, or that it is Gone after a cancel that may delete it.
func (session *Session) Reach(state State) { session.reach(state, false) }

// reach may change something first where it is refused.
func (session *Session) reach(state State, mayChange bool) {
	s, move := session.spec, moves[state]
	defer s.Aside(fmt.Sprintf("arrange: %s, to be %s", move.operation, state))()
	reply := session.arrange(move.operation, move.arguments)
	if reply.Status == http.StatusBadRequest && mayChange {
		session.Change()
		s.Step(fmt.Sprintf("arrange: %s, with a file", move.operation))
		reply = session.arrange(move.operation, move.arguments)
	}
	if !reply.Succeeded() {
		s.Block(session.Service+"."+move.operation+".ok", "no %s session to test with: %s answered %s",
			state, move.operation, Answer(reply))
	}
	session.ended = true
	s.Step(fmt.Sprintf("arrange: get, to see %s", state))
	var seen view
	s.PollFor(theEnd, completeBudget, func() bool {
		seen = session.look()
		return state != Done || seen.state != Active
	})
	if seen.state == state {
		return
	}
	if state == Canceled && session.Service == Update && seen.reply.Status == http.StatusNotFound && s.CancelMayDelete() {
		session.Gone = true
		return
	}
	s.Block(session.Service+"."+move.promise, "no %s session to test with: after %s, %s", state, move.operation, seen)
}

// Change arranges that an update session changes something: of one that does not, no
// document says that it can be completed.
func (session *Session) Change() {
	session.Files().Receive(File{Name: "conformance-changed.txt", Content: []byte("something to complete\n")})
}
