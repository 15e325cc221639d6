// Package sessions holds the behaviours that download and update sessions
// share, written once: the service is the one that the ledger's entry is of.
package sessions

import (
	"time"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// CreateAnswersID: create answers an id, and get knows it.
func CreateAnswersID(s *Spec) {
	item := s.Item()

	reply := s.Create(s.Service(), CreateFor(item))

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Made(reply).Get()).To(OfItem(item))
}

// create makes a session by the operation under test.
func create(s *Spec) *Session {
	return s.Made(s.Create(s.Service(), CreateFor(s.Item())))
}

// StartsActive: a new session is ACTIVE.
func StartsActive(s *Spec) { s.Expect(create(s).Get()).To(HaveState(Active)) }

// StartsAtZero: client_progress begins at 0.
func StartsAtZero(s *Spec) { s.Expect(create(s).Get()).To(ShowNumber("client_progress", 0)) }

// ExpiresLater: expiration_time lies ahead, by the server's own clock.
func ExpiresLater(s *Spec) { s.Expect(create(s).Get()).To(ShowFutureTime("expiration_time")) }

// ExpectBound expects of a new session that it names its item and the item's content
// version, and returns both.
func ExpectBound(s *Spec) (bound *Session, version string) {
	item := s.Item()
	before, looked := s.ContentVersion(item), s.LastLook()

	session := create(s)

	model := session.Get()
	s.Expect(model).To(OfItem(item))
	if s.ContentVersion(item) != before {
		s.Skip("somebody changed the item %s during the behaviour", item.ID)
	}
	s.Expect(model).To(Since(looked, ShowOwn("library_item_content_version", "the item's content_version", before)))
	return session, before
}

// CreateRefusesUnknownItem: no session for an item that does not exist.
func CreateRefusesUnknownItem(s *Spec) {
	reply := s.Create(s.Service(), CreateFor(s.UnknownItem()))

	s.Expect(reply).To(BeRefusedWith(NotFound))
	ifDeleted(s, "create", func(item Item) Reply { return s.Create(s.Service(), CreateFor(item)) })
}

// ifDeleted expects the same of an item that was there before, once in each binding:
// what a target remembers of it has nothing to do with how it is asked.
func ifDeleted(s *Spec, operation string, use func(Item) Reply) {
	if s.Variant != s.PlainVariant(s.Service()+"."+operation) {
		return
	}
	if item, deleted := s.DeletedItem(); deleted {
		s.Step(operation + " for an item that was deleted")
		s.Expect(use(item)).To(BeRefusedWith(NotFound))
	}
}

// CreateNeedsItemID: no session for a spec that names no item. The legacy pages
// print no error for it, and in a query string such a spec is none at all.
func CreateNeedsItemID(s *Spec) {
	reply := s.Create(s.Service(), OneSpec("create_spec", wire.Object{}))

	if s.Variant.Binding == wire.Legacy {
		s.Expect(reply).To(BeRefusedWith(InvalidArgument, InvalidRequest, UnexpectedInput))
		return
	}
	s.Expect(reply).To(BeRefusedWith(InvalidArgument))
}

// CreateNeedsSpec: no session without a spec; the error's type is not documented.
func CreateNeedsSpec(s *Spec) {
	reply := s.Create(s.Service(), wire.Object{})

	s.Expect(reply).To(BeRefusedWith(InvalidArgument, InvalidRequest, UnexpectedInput))
}

// CreateNeedsPrivilege: no session for an account that lacks the privilege; the
// run's own account makes one there.
func CreateNeedsPrivilege(s *Spec) {
	item, limited := s.Item(), s.Limited()
	s.Step("create by the limited account")
	refused := s.Create(s.Service(), CreateFor(item), As(limited))
	s.Step("control: create by the run's account")
	control := s.Create(s.Service(), CreateFor(item))
	made, _ := BeRefusedWith(s.ResourceBusy()).Match(control)
	if !made && !control.Succeeded() {
		s.Block(s.Service()+".create.ok", "nobody can make a session on the item: create answered %s", Answer(control))
	}

	s.Expect(refused).To(BeRefusedWith(Unauthorized))
	if made {
		s.Fail(Expected("no session from a create that was refused").Got("an item that is busy with one").About(control))
	}
}

// notForCreate are the fields that the documents call not used for create,
// with values that no new session has by itself.
var notForCreate = wire.Object{
	{Name: "id", Value: "conformance-id-that-is-not-used"},
	{Name: "state", Value: string(Canceled)},
	{Name: "client_progress", Value: 50},
	{Name: "library_item_content_version", Value: "conformance-version-that-is-not-used"},
	{Name: "expiration_time", Value: "2001-02-03T04:05:06.007Z"},
	{Name: "error_message", Value: wire.Object{
		{Name: "id", Value: "conformance"}, {Name: "default_message", Value: "not used"}, {Name: "args", Value: wire.List{}},
	}},
}

// IgnoresReadonlyFields: create takes nothing over that is not used for create.
func IgnoresReadonlyFields(s *Spec) {
	item := s.Item()
	spec := append(wire.Object{{Name: "library_item_id", Value: item.ID}}, notForCreate...)

	session := s.Made(s.Create(s.Service(), OneSpec("create_spec", spec)))

	model := session.Get()
	s.Expect(model).To(OfItem(item))
	s.Expect(model).To(NotShow("state", string(Canceled)))
	s.Expect(model).To(NotShowNumber("client_progress", 50))
	s.Expect(model).To(NotShow("library_item_content_version", "conformance-version-that-is-not-used"))
	s.Expect(model).To(NotShowTime("expiration_time", time.Date(2001, 2, 3, 4, 5, 6, 7e6, time.UTC)))
	s.Expect(model).To(ShowNo("error_message"))
	if session.ID == "conformance-id-that-is-not-used" {
		s.Fail(Expected("an id of the server's own").Got("the id that the spec carried"))
	}
}

// TokenMakesOneSession: the same create with the same token makes one session,
// however often it comes.
func TokenMakesOneSession(s *Spec) {
	item := s.Item()
	arguments := WithToken(CreateFor(item), NewToken())
	first := s.Made(s.Create(s.Service(), arguments))
	s.Step("list, to see what the repetitions add")
	before := listOf(s, item)

	for _, again := range []string{"again", "a third time"} {
		s.Step("the same create " + again)
		same := s.Made(s.Create(s.Service(), arguments))
		if same.ID != first.ID {
			s.Fail(Expected("the same session %s", again).Got("another one").Compare(first.ID, same.ID))
		}
	}

	s.Step("list, which must hold it once and none beside it")
	after := listOf(s, item)
	if !after.known {
		s.Block(s.Service()+".list.ok", "the sessions cannot be listed: list answered %s", Answer(after.reply))
	}
	if times := count(after.ids, first.ID); times != 1 {
		s.Fail(Expected("list to hold the session once").
			Got("it %d times", times).Detail("the session was %s", first.ID).About(after.reply))
	}
	before.expectNoneMade(s, after)
}

// TokenMustBeUUID: a token must be a UUID, and makes no session if it is none.
func TokenMustBeUUID(s *Spec) {
	item := s.Item()
	s.Step("list, to see what the create adds")
	before := listOf(s, item)

	s.Step("create with a token that is no UUID")
	reply := s.Create(s.Service(), WithToken(CreateFor(item), "not-a-uuid"))

	s.Expect(reply).To(BeRefusedWith(InvalidArgument))
	s.Step("list, which must hold no other session")
	before.expectNoneMade(s, listOf(s, item))
}

// listing is the sessions of an item at one moment; known is false if list does not
// tell them, which is list.ok's matter.
type listing struct {
	reply Reply
	ids   []string
	known bool
}

func listOf(s *Spec, item Item) listing {
	reply := s.List(s.Service(), item.ID)
	ids, problem := ListedIDs(reply)
	return listing{reply, ids, problem == ""}
}

// expectNoneMade breaks the behaviour if there are sessions that were not there
// before. Nobody else works on an item that the run made.
func (before listing) expectNoneMade(s *Spec, after listing) {
	if !before.known || !after.known || s.Item().Given {
		return
	}
	for _, id := range after.ids {
		if count(before.ids, id) == 0 {
			s.Fail(Expected("no other session").Got("one that the create has made").Detail("its id is %s", id).About(after.reply))
		}
	}
}

// ObserveTokenWithOtherSpec is open: the documents do not say what a token means beside
// another spec.
func ObserveTokenWithOtherSpec(s *Spec) {
	items := s.Items(2)
	token := NewToken()
	first := s.Made(s.Create(s.Service(), WithToken(CreateFor(items[0]), token)))

	reply := s.Create(s.Service(), WithToken(CreateFor(items[1]), token))

	if id, problem := reply.AsID(); problem == "" && id == first.ID {
		s.Observe("the first session again, though for another item")
		return
	}
	s.Observe("answered %s", Answer(reply))
}

// MakesDistinctIDs: two sessions have two ids.
func MakesDistinctIDs(s *Spec) {
	items := s.Items(2)

	first := s.Made(s.Create(s.Service(), CreateFor(items[0])))
	second := s.Made(s.Create(s.Service(), CreateFor(items[1])))

	if first.ID == second.ID {
		s.Fail(Expected("two ids").Got("the same one twice").Detail("it was %s", first.ID))
	}
	s.Expect(first.Get()).To(OfItem(items[0]))
	s.Expect(second.Get()).To(OfItem(items[1]))
}

func count(ids []string, id string) int {
	times := 0
	for _, one := range ids {
		if one == id {
			times++
		}
	}
	return times
}
