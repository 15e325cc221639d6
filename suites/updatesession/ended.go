package updatesession

import (
	"net/http"
	"slices"

	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

// refusedIn returns the body of a behaviour in which what decides about an
// item is refused for a session in the state: it neither applies what the
// session has brought, nor takes it back.
func refusedIn(state State) func(*Spec) {
	return func(s *Spec) {
		changed := withChange(s, state)
		before := session.ContentOf(s, changed.Item)

		session.ExpectRefused(s, changed, state)

		before.Stays(s)
	}
}

// withChange arranges a session in the state that has brought a file to its
// item, or to which one was uploaded. A session without a file is enough where
// the item is not the run's to change, or takes none.
func withChange(s *Spec, state State) *Session {
	item := s.Item()
	if item.Given {
		return ended(s, s.SessionOn(item, Update, Active), state)
	}
	session := s.SessionOn(s.OwnItem(), Update, Active)
	if !sent(s, session, pushed) {
		s.Step("arrange: fail, to begin again without a file")
		s.FailSession(session, "to begin again without a file")
		return ended(s, s.SessionOn(item, Update, Active), state)
	}
	if state != Done {
		return ended(s, session, state)
	}
	settled(s, session)
	ended(s, session, Done)
	s.Step("arrange: the item's files, until they hold the new one")
	s.Poll(showBudget, func() bool { return slices.Contains(s.Files(item), pushed) })
	s.Step("")
	return session
}

// ended brings an ACTIVE session to the state, or makes it Gone by a cancel
// that may delete it.
func ended(s *Spec, session *Session, state State) *Session {
	defer s.Step("")
	var reply Reply
	var promise string
	switch state {
	case Done:
		s.Completed(session)
		return session
	case Errored:
		s.Step("arrange: fail, to be ERROR")
		reply, promise = s.FailSession(session, "arranged by the conformance suite"), "update_session.fail.state_error"
	case Canceled:
		s.Step("arrange: cancel, to be CANCELED")
		reply, promise = s.Cancel(session), "update_session.cancel.state"
	}
	s.Step("arrange: get, to see " + string(state))
	seen := s.Get(session)
	session.Gone = state == Canceled && seen.Status == http.StatusNotFound && s.CancelMayDelete()
	if !reply.Succeeded() || !InState(seen, state) && !session.Gone {
		s.Block(promise, "no %s session to test with: answered %s, then get answered %s%s", state, Answer(reply), Answer(seen), Body(seen))
	}
	return session
}
