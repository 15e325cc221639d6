package spec

import (
	"net/http"
	"slices"

	"session-conformance/suites/internal/wire"
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
	// InUse is ACTIVE, whatever was done with the session before: for behaviours
	// that neither look at its progress nor at its files.
	InUse State = "ACTIVE, in use"
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

// InState says whether the reply shows a session in the state.
func InState(reply Reply, state State) bool {
	model, _ := reply.AsMembers()
	got, _ := model.String("state")
	return got == string(state)
}

// view is a look at a session.
type view struct {
	reply wire.Reply
	state State
}

func (v view) String() string {
	if v.state != "" {
		return "get shows state " + string(v.state)
	}
	return "get answered " + Answer(v.reply)
}

// look gets the session in the plainest variant.
func (session *Session) look() view {
	reply := session.arrange("get", nil)
	model, problem := reply.AsMembers()
	if problem != "" {
		return view{reply: reply}
	}
	state, _ := model.String("state")
	return view{reply, State(state)}
}

// theEnd is what complete leads to, sooner or later.
const theEnd = "a session that has ended"

// Await polls the session until it has one of the states, is gone, or has taken
// as long as complete may, and returns the last reply to get.
func (session *Session) Await(states ...State) Reply {
	var seen view
	session.spec.PollFor(theEnd, completeBudget, func() bool {
		seen = session.look()
		return slices.Contains(states, seen.state) || seen.reply.Status == http.StatusNotFound
	})
	return seen.reply
}

// CancelMayDelete says whether a cancel that deletes the update session is a
// documented reading (reference, section 5, row 1).
func (s *Spec) CancelMayDelete() bool {
	old := slices.Contains(s.target.Releases, "6.0") || slices.Contains(s.target.Releases, "6.5")
	return s.Variant.Binding == wire.Legacy || s.Variant.Binding == wire.Rest && old
}
