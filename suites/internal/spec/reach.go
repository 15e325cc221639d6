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
func (session *Session) Reach(state State) { session.reach(state, func() bool { return false }) }

// reachDone brings a session to DONE that has no files yet. No document says that it
// can be completed then, so it gets one where that is refused.
func (session *Session) reachDone() {
	session.reach(Done, func() bool {
		session.Files().Receive(File{Name: "conformance-done.txt", Content: []byte("so that there is something to complete\n")})
		return true
	})
}

// reach asks once more if it was refused and helped says that this may help.
func (session *Session) reach(state State, helped func() bool) {
	s, move := session.spec, moves[state]
	defer s.Aside(fmt.Sprintf("arrange: %s, to be %s", move.operation, state))()
	reply := session.arrange(move.operation, move.arguments)
	if reply.Status == http.StatusBadRequest && helped() {
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
