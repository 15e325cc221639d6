package sessions

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

// ListHoldsSession: list answers an array with the session in it.
func ListHoldsSession(s *Spec) {
	session := s.Session(InUse)

	reply := s.List(s.Service(), scope(s, session.Item))

	s.Expect(reply).To(BeDocumented())
	s.Expect(reply).To(Hold("the caller's session", session))
}

// ListHoldsOwn: what the caller created is listed, and no session of the other
// service.
func ListHoldsOwn(s *Spec) {
	first := s.Session(InUse)
	s.Step("arrange: a session of the other service on the item")
	made := s.Create(other[s.Service()], CreateFor(first.Item))

	s.Step("")
	list := s.List(s.Service(), scope(s, first.Item))
	s.Expect(list).To(Hold("the caller's session", first))
	if _, problem := made.AsID(); made.Succeeded() && problem == "" {
		s.Expect(list).To(NotHold("the session of the other service", s.Made(made)))
	}
}

// other is the service beside a service of sessions.
var other = map[string]string{Download: Update, Update: Download}

// mostLookedAt bounds the gets that ListOfItemHoldsItsOwn makes; an item that the run
// made has one session.
const mostLookedAt = 20

// ListOfItemHoldsItsOwn: with an item given, its sessions are listed and no others.
func ListOfItemHoldsItsOwn(s *Spec) {
	items := s.Items(2)
	session := s.Session(Active, On(items[0]))
	other := s.Session(Active, On(items[1]))

	reply := s.List(s.Service(), items[0].ID)

	s.Expect(reply).To(Hold("the item's session", session))
	s.Expect(reply).To(NotHold("the other item's session", other))
	ids, _ := reply.AsIDs()
	for _, id := range ids[:min(len(ids), mostLookedAt)] {
		s.Step("get, to see of which item a listed session is")
		if listed := s.SessionNamed(s.Service(), id).Get(); listed.Status != http.StatusNotFound {
			s.Expect(listed).To(OfItem(items[0]))
		}
	}
}

// ListOfOtherItemLacksIt: with another item given, the session is not listed.
func ListOfOtherItemLacksIt(s *Spec) {
	items := s.Items(2)
	session := s.Session(Active, On(items[0]))
	s.Step("control: the list of its own item")
	mustList(s, items[0].ID, "list.filter_hit", session)

	s.Step("list of another item")
	reply := s.List(s.Service(), items[1].ID)

	s.Expect(reply).To(NotHold("the other item's session", session))
}

// mustList blocks the behaviour unless list holds the session: what is never
// listed cannot be seen to be left out.
func mustList(s *Spec, itemID, promise string, session *Session) {
	reply := s.List(s.Service(), itemID)
	if matched, _ := Hold("it", session).Match(reply); !matched {
		s.Block(s.Service()+"."+promise, "the session is not listed where it has to be: list answered %s%s",
			Answer(reply), Body(reply))
	}
}

// ListRefusesUnknownItem: an item that does not exist is no empty list.
func ListRefusesUnknownItem(s *Spec) {
	reply := s.List(s.Service(), s.UnknownItem().ID)

	s.Expect(reply).To(BeRefusedWith(NotFound))
	ifDeleted(s, "list", func(item Item) Reply { return s.List(s.Service(), item.ID) })
}

// ListNeedsPrivilege: an account that lacks the privilege lists nothing, not
// even an empty list; the run's own account may.
func ListNeedsPrivilege(s *Spec) {
	item, limited := s.Item(), s.Limited()
	s.Step("control: list by the run's account")
	if control := s.List(s.Service(), item.ID); !control.Succeeded() {
		s.Block(s.Service()+".list.ok", "nobody can list the sessions of the item: list answered %s", Answer(control))
	}

	s.Step("list by the limited account")
	s.Expect(s.List(s.Service(), item.ID, As(limited))).To(BeRefusedWith(Unauthorized))
}

// ListHidesFromOthers: another user does not see the caller's sessions.
func ListHidesFromOthers(s *Spec) {
	item := s.Item()
	s.Step("control: the second account may list")
	allowed := s.List(s.Service(), scope(s, item), As(s.Other()))
	if allowed.Status == http.StatusForbidden {
		s.Skip("the second account lacks the privilege to list sessions: answered %s", Answer(allowed))
	}
	if !allowed.Succeeded() {
		s.Block(s.Service()+".list.ok", "the second account cannot list its own sessions: answered %s%s",
			Answer(allowed), Body(allowed))
	}
	session := s.Session(Active, On(item))
	s.Step("control: the first account lists its session")
	mustList(s, scope(s, item), "list.contains_own", session)

	s.Step("list by the second account")
	reply := s.List(s.Service(), scope(s, item), As(s.Other()))

	s.Expect(reply).To(NotHold("the first account's session", session))
	s.Step("list of the item by the second account, if it may see the item")
	if ofItem := s.List(s.Service(), item.ID, As(s.Other())); ofItem.Succeeded() {
		s.Expect(ofItem).To(NotHold("the first account's session", session))
	}
}

// ListOfNewItemIsEmpty: no sessions are an empty array, on an item that is new.
func ListOfNewItemIsEmpty(s *Spec) {
	item := s.EmptyItem()

	reply := s.List(s.Service(), item.ID)
	if ids, problem := reply.AsIDs(); problem == "" && len(ids) > 0 {
		s.Skip("the list of a new item holds the sessions of others, so none is empty")
	}
	s.Expect(reply).To(HoldNothing())

	s.Step("control: a session of the item is listed")
	mustList(s, item.ID, "list.filter_hit", s.Session(Active, On(item)))
}

// ListLacksDeleted: what was deleted is not listed.
func ListLacksDeleted(s *Spec) {
	session := s.Session(InUse)
	s.Step("control: it is listed before")
	mustList(s, session.Item.ID, "list.contains_own", session)
	s.Step("arrange: delete")
	session.Cancel()
	if reply := session.Delete(); !reply.Succeeded() && reply.Status != http.StatusNotFound {
		s.Block(s.Service()+".delete.ok", "no deleted session to test with: delete answered %s", Answer(reply))
	}

	s.Step("list of its item")
	s.Expect(s.List(s.Service(), session.Item.ID)).To(NotHold("the deleted session", session))
	s.Step("list of all")
	s.Expect(s.List(s.Service(), scope(s, session.Item))).To(NotHold("the deleted session", session))
}

// ObserveEndedInList is open: whether all sessions means those that have ended, too.
func ObserveEndedInList(s *Spec) {
	item := s.Item()
	failed := s.Session(Errored, On(item))
	listed := s.List(s.Service(), item.ID)
	ids, problem := listed.AsIDs()
	if problem != "" {
		s.Block(s.Service()+".list.ok", "the sessions cannot be listed: list answered %s", Answer(listed))
	}
	s.Step("control: an ACTIVE session of the item is listed")
	mustList(s, item.ID, "list.contains_own", s.Session(Active, On(item)))

	if count(ids, failed.ID) == 0 {
		s.Observe("a session in ERROR is not listed")
		return
	}
	s.Observe("a session in ERROR is listed")
}
