package sessions

import (
	"fmt"
	"net/http"
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// No document orders requests that overlap, and any of them may be refused. So
// what is judged is never an answer alone, but where all of them together leave
// the sessions and the item.

const (
	// racers is how many requests are under way at once.
	racers = 4
	// rounds is how often they are: a race shows by chance, and in the first
	// round some requests only come once their connections are open.
	rounds = 3
)

// TokenMakesOneSessionAtOnce: creates with one token that come at once make one session.
func TokenMakesOneSessionAtOnce(s *Spec) {
	create := func(item Item) wire.Object { return WithToken(CreateFor(item), NewToken()) }
	createInRounds(s, create, func(round round) {
		if len(round.made) > 1 {
			s.Fail(Expected("one session for one token").Got("%d", len(round.made)))
		}
	})
}

// MakesDistinctIDsAtOnce: creates that come at once make a session each.
func MakesDistinctIDsAtOnce(s *Spec) {
	createInRounds(s, CreateFor, func(round round) {
		if len(round.made) < round.answers {
			s.Fail(Expected("an id of its own for each of %d sessions", round.answers).Got("%d ids", len(round.made)))
		}
	})
}

// MakesOneActiveAtOnce: of update sessions that are created at once, the item has one.
func MakesOneActiveAtOnce(s *Spec) {
	createInRounds(s, CreateFor, func(round round) {
		if round.active > 1 {
			s.Fail(Expected("at most one ACTIVE update session on the item").Got("%d", round.active))
		}
	})
}

// round is what creates at once came to: the sessions that were made, how many
// of them are ACTIVE, and how many creates were answered with one.
type round struct {
	made            []*Session
	active, answers int
}

// createInRounds creates sessions of an item at once, and checks each round.
func createInRounds(s *Spec, create func(Item) wire.Object, check func(round)) {
	item := s.Item()
	for range rounds {
		s.Step("creates at once")
		made, answers := createAtOnce(s, create(item))
		check(round{made, expectOf(s, item, made), answers})
		end(s, made)
	}
	s.Step("control: a create alone")
	s.Session(Active, On(item))
}

// createAtOnce returns the sessions that were made, each once, and how many
// creates were answered with one.
func createAtOnce(s *Spec, create wire.Object) (made []*Session, answers int) {
	call := Call{Operation: s.Service() + ".create", Arguments: create}
	for _, reply := range s.AtOnce(slices.Repeat([]Call{call}, racers)...) {
		if !reply.Succeeded() {
			continue
		}
		answers++
		if session := s.Made(reply); !slices.Contains(made, session) {
			made = append(made, session)
		}
	}
	return made, answers
}

// expectOf expects that the sessions are there, on the item, and returns how many
// of them are ACTIVE.
func expectOf(s *Spec, item Item, made []*Session) (active int) {
	s.Step("a session that was made")
	for _, session := range made {
		shown := session.Get()
		s.Expect(shown).To(OfItem(item))
		if InState(shown, Active) {
			active++
		}
	}
	return active
}

// end ends what was made, so that the item is free for others; download sessions
// do not occupy it.
func end(s *Spec, made []*Session) {
	if s.Service() == Download {
		return
	}
	s.Step("cancel what was made")
	for _, session := range made {
		session.Cancel()
	}
}

// CancelBeatsKeepAlive: what was canceled stays canceled, though it was kept alive at
// the same time.
func CancelBeatsKeepAlive(s *Spec) {
	for range rounds {
		session := s.Session(InUse)
		besideKeepAlive(s, session)
		s.Expect(session.Get()).To(BeOver())
	}
}

// DeleteBeatsKeepAlive: what was deleted stays deleted, though it was kept alive at the
// same time.
func DeleteBeatsKeepAlive(s *Spec) {
	for range rounds {
		session := s.Session(InUse)
		besideKeepAlive(s, session)
		s.Expect(session.Get()).To(BeGone())
		s.Expect(s.List(s.Service(), session.Item.ID)).To(NotHold("the deleted session", session))
	}
}

// besideKeepAlive uses the operation while the session is being kept alive; if
// it was refused for that, then alone.
func besideKeepAlive(s *Spec, session *Session) {
	operation := s.Behaviour.Operation
	keep := session.Call("keep_alive", Progress(10).Argument(session.Service))
	s.Step(operation + " and keep_alive at once")
	calls := append([]Call{session.Call(operation, nil)}, slices.Repeat([]Call{keep}, racers-1)...)
	if reply := s.AtOnce(calls...)[0]; !reply.Succeeded() {
		s.Step("control: " + operation + " alone")
		answered := reply.Status != 0 // else it may have been done all the same
		if reply := session.Act(nil); !reply.Succeeded() && answered {
			s.Block(s.Service()+"."+operation+".ok", "alone, too, %s answered %s", operation, Answer(reply))
		}
	}
	s.Step("the session afterwards")
}

// CancelOrCompleteWholly: a session that is canceled and completed at once does either
// wholly: its item shows the changes if it is DONE, and none if it is CANCELED.
func CancelOrCompleteWholly(s *Spec) {
	item, ended := s.OwnItem(), 0
	for round := range rounds {
		file := File{Name: fmt.Sprintf("conformance-race-%d.txt", round), Content: []byte("canceled or completed\n")}
		session := s.UpdateSession(Active, On(item), With(file))
		before := ContentOf(s, item)

		s.Step("cancel and complete at once")
		s.AtOnce(session.Call("cancel", nil), session.Call("complete", nil))
		s.Step("the session afterwards")
		after := session.Await(Canceled, Done, Errored)
		if !InState(after, Active) {
			ended++
		}
		switch {
		case InState(after, Canceled), after.Status == http.StatusNotFound && s.CancelMayDelete():
			before.Stays(s)
		case InState(after, Done) && !slices.Contains(s.Files(item), file.Name):
			s.Fail(Expected("the changes of a session that is DONE").Got("an item without its file %q", file.Name))
		}
		s.Step("end the session")
		session.Cancel()
		session.Delete()
	}
	if ended == 0 {
		s.Skip("no session was ended by a cancel and a complete at once, so nothing shows")
	}
}
