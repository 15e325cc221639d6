package session

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

// TokenAtOnce: creates with one token that come at once make one session.
func TokenAtOnce(s *Spec) {
	create := func(item Item) wire.Object { return WithToken(CreateFor(item), NewToken()) }
	createInRounds(s, create, func(round round) {
		if len(round.made) > 1 {
			s.Fail("expected one session for one token, got %d", len(round.made))
		}
	})
}

// DistinctAtOnce: creates that come at once make a session each.
func DistinctAtOnce(s *Spec) {
	createInRounds(s, CreateFor, func(round round) {
		if len(round.made) < round.answers {
			s.Fail("expected an id of its own for each of %d sessions, got %d ids", round.answers, len(round.made))
		}
	})
}

// BusyAtOnce: of update sessions that are created at once, the item has one.
func BusyAtOnce(s *Spec) {
	createInRounds(s, CreateFor, func(round round) {
		if round.active > 1 {
			s.Fail("expected at most one ACTIVE update session on the item, got %d", round.active)
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
	s.SessionOn(item, s.Service(), Active)
}

// createAtOnce returns the sessions that were made, each once, and how many
// creates were answered with one.
func createAtOnce(s *Spec, create wire.Object) (made []*Session, answers int) {
	use := Use{Operation: s.Service() + ".create", Arguments: create}
	for _, reply := range s.AtOnce(slices.Repeat([]Use{use}, racers)...) {
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
func expectOf(s *Spec, item Item, sessions []*Session) (active int) {
	s.Step("a session that was made")
	for _, session := range sessions {
		shown := s.Get(session)
		s.Expect(shown).To(OfItem(item))
		if InState(shown, Active) {
			active++
		}
	}
	return active
}

// end ends sessions, so that the item is free for others.
func end(s *Spec, sessions []*Session) {
	s.Step("cancel what was made")
	for _, session := range sessions {
		s.Cancel(session)
	}
}

// CancelAtOnce: what was canceled stays canceled, though it was kept alive at
// the same time.
func CancelAtOnce(s *Spec) {
	for range rounds {
		session := s.Session(s.Service(), Active)
		besideKeepAlive(s, session)
		s.Expect(s.Get(session)).To(BeOver())
	}
}

// DeleteAtOnce: what was deleted stays deleted, though it was kept alive at the
// same time.
func DeleteAtOnce(s *Spec) {
	for range rounds {
		session := s.Session(s.Service(), Active)
		besideKeepAlive(s, session)
		s.Expect(s.Get(session)).To(BeGone())
		s.Expect(s.List(s.Service(), session.Item.ID)).To(NotHold("the deleted session", session))
	}
}

// besideKeepAlive uses the operation while the session is being kept alive; if
// it was refused for that, then alone.
func besideKeepAlive(s *Spec, session *Session) {
	operation := s.Behaviour.Operation
	keep := Use{Operation: s.Service() + ".keep_alive", Subject: session.ID, Arguments: Progress(s.Service(), 10)}
	s.Step(operation + " and keep_alive at once")
	uses := append([]Use{{Operation: s.Service() + "." + operation, Subject: session.ID}}, slices.Repeat([]Use{keep}, racers-1)...)
	if reply := s.AtOnce(uses...)[0]; !reply.Succeeded() {
		s.Step("control: " + operation + " alone")
		if reply := s.Act(session, nil); !reply.Succeeded() {
			s.Block(s.Service()+"."+operation+".ok", "alone, too, %s answered %s", operation, Answer(reply))
		}
	}
	s.Step("the session afterwards")
}

// CancelOrComplete: a session that is canceled and completed at once does either
// wholly: its item shows the changes if it is DONE, and none if it is CANCELED.
func CancelOrComplete(s *Spec) {
	item := s.OwnItem()
	for round := range rounds {
		session := s.SessionOn(item, Update, Active)
		file := fmt.Sprintf("conformance-race-%d.txt", round)
		s.Pushed(session, file, []byte("canceled or completed\n"))
		before := ContentOf(s, item)

		s.Step("cancel and complete at once")
		s.AtOnce(Use{Operation: Update + ".cancel", Subject: session.ID}, Use{Operation: Update + ".complete", Subject: session.ID})
		s.Step("the session afterwards")
		after := s.AwaitState(session, Canceled, Done, Errored)
		switch {
		case InState(after, Canceled), after.Status == http.StatusNotFound && s.CancelMayDelete():
			before.Stays(s)
		case InState(after, Done) && !slices.Contains(s.Files(item), file):
			s.Fail("expected the changes of a session that is DONE, got an item without its file %q", file)
		}
		s.Step("end the session")
		s.Cancel(session)
		s.Delete(session)
	}
}
