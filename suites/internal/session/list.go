package session

import (
	"net/http"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// scope is what list can be asked for without a filter: nothing, but the route
// that has the item's id in its path.
func scope(s *Spec, item Item) string {
	if s.Variant.Route == wire.Action {
		return item.ID
	}
	return ""
}

// ListOK: list answers an array with the session in it.
func ListOK(s *Spec) {
	session := s.Session(s.Service(), Active)

	reply := s.List(s.Service(), scope(s, session.Item))

	s.Expect(reply).To(BeDocumented())
	s.Expect(reply).To(Hold("the caller's session", session))
}

// ListContainsOwn: what the caller created is listed.
func ListContainsOwn(s *Spec) {
	first := s.Session(s.Service(), Active)

	s.Expect(s.List(s.Service(), scope(s, first.Item))).To(Hold("the caller's session", first))
}

// mostLookedAt bounds the gets that ListFilterHit makes; an item that the run
// made has one session.
const mostLookedAt = 20

// ListFilterHit: with an item given, its sessions are listed and no others.
func ListFilterHit(s *Spec) {
	items := s.Items(2)
	session := s.SessionOn(items[0], s.Service(), Active)
	other := s.SessionOn(items[1], s.Service(), Active)

	reply := s.List(s.Service(), items[0].ID)

	s.Expect(reply).To(Hold("the item's session", session))
	s.Expect(reply).To(NotHold("the other item's session", other))
	ids, _ := reply.AsIDs()
	for _, id := range ids[:min(len(ids), mostLookedAt)] {
		s.Step("get, to see of which item a listed session is")
		if listed := s.Get(&Session{Service: s.Service(), ID: id}); listed.Status != http.StatusNotFound {
			s.Expect(listed).To(OfItem(items[0]))
		}
	}
}

// ListFilterMiss: with another item given, the session is not listed.
func ListFilterMiss(s *Spec) {
	items := s.Items(2)
	session := s.SessionOn(items[0], s.Service(), Active)
	s.Step("control: the list of its own item")
	listed(s, items[0].ID, "list.filter_hit", session)

	s.Step("list of another item")
	reply := s.List(s.Service(), items[1].ID)

	s.Expect(reply).To(NotHold("the other item's session", session))
}

// listed blocks the behaviour unless list holds the session: what is never
// listed cannot be seen to be left out.
func listed(s *Spec, itemID, promise string, session *Session) {
	reply := s.List(s.Service(), itemID)
	if matched, _ := Hold("it", session).Match(reply); !matched {
		s.Block(s.Service()+"."+promise, "the session is not listed where it has to be: list answered %s%s", Answer(reply), Body(reply))
	}
}

// ListUnknownItem: an item that does not exist is no empty list.
func ListUnknownItem(s *Spec) {
	reply := s.List(s.Service(), s.UnknownItem().ID)

	s.Expect(reply).To(BeRefusedWith(NotFound))
}

// ListOnlyOwn: another user does not see the caller's sessions.
func ListOnlyOwn(s *Spec) {
	operation := s.Service() + ".list"
	item := s.Item()
	s.Step("control: the second account may list")
	allowed := s.AsOther(s.Variant, operation, scope(s, item), nil)
	if allowed.Status == http.StatusForbidden {
		s.Skip("the second account lacks the privilege to list sessions: answered %s", Answer(allowed))
	}
	if !allowed.Succeeded() {
		s.Block(operation+".ok", "the second account cannot list its own sessions: answered %s%s", Answer(allowed), Body(allowed))
	}
	session := s.SessionOn(item, s.Service(), Active)
	s.Step("control: the first account lists its session")
	listed(s, scope(s, item), "list.contains_own", session)

	s.Step("list by the second account")
	reply := s.AsOther(s.Variant, operation, scope(s, item), nil)

	s.Expect(reply).To(NotHold("the first account's session", session))
	s.Step("list of the item by the second account, if it may see the item")
	if ofItem := s.AsOther(s.Variant, operation, item.ID, nil); ofItem.Succeeded() {
		s.Expect(ofItem).To(NotHold("the first account's session", session))
	}
}

// ListEmpty: no sessions are an empty array, on an item that is new.
func ListEmpty(s *Spec) {
	item := s.EmptyItem()

	s.Expect(s.List(s.Service(), item.ID)).To(HoldNothing())

	s.Step("control: a session of the item is listed")
	listed(s, item.ID, "list.filter_hit", s.SessionOn(item, s.Service(), Active))
}

// ListAfterDelete: what was deleted is not listed.
func ListAfterDelete(s *Spec) {
	session := s.Session(s.Service(), Active)
	s.Step("control: it is listed before")
	listed(s, session.Item.ID, "list.contains_own", session)
	s.Step("arrange: delete")
	s.Cancel(session)
	if reply := s.Delete(session); !reply.Succeeded() && reply.Status != http.StatusNotFound {
		s.Block(s.Service()+".delete.ok", "no deleted session to test with: delete answered %s", Answer(reply))
	}

	s.Step("list of its item")
	s.Expect(s.List(s.Service(), session.Item.ID)).To(NotHold("the deleted session", session))
	s.Step("list of all")
	s.Expect(s.List(s.Service(), scope(s, session.Item))).To(NotHold("the deleted session", session))
}

// ListTerminal is open: whether all sessions means those that have ended, too.
func ListTerminal(s *Spec) {
	item := s.Item()
	failed := s.SessionOn(item, s.Service(), Errored)
	ids, problem := s.List(s.Service(), item.ID).AsIDs()
	if problem != "" {
		s.Observe("list answered something else: %s", problem)
		return
	}
	if count(ids, failed.ID) == 0 {
		s.Observe("a session in ERROR is not listed")
		return
	}
	s.Observe("a session in ERROR is listed")
}
