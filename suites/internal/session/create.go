// Package session holds the behaviours that download and update sessions
// share, written once: the service is the one that the ledger's entry is of.
package session

import (
	"time"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// CreateOK: create answers an id, and get knows it.
func CreateOK(s *Spec) {
	item := s.Item()

	reply := s.Create(s.Service(), CreateFor(item))

	s.Expect(reply).To(BeDocumented())
	s.Expect(s.Get(s.Made(reply))).To(OfItem(item))
}

// create makes a session by the operation under test.
func create(s *Spec) *Session {
	return s.Made(s.Create(s.Service(), CreateFor(s.Item())))
}

// StartsActive: a new session is ACTIVE.
func StartsActive(s *Spec) { s.Expect(s.Get(create(s))).To(HaveState(Active)) }

// StartsAtZero: client_progress begins at 0.
func StartsAtZero(s *Spec) { s.Expect(s.Get(create(s))).To(ShowNumber("client_progress", 0)) }

// ExpiresLater: expiration_time lies ahead, by the server's own clock.
func ExpiresLater(s *Spec) { s.Expect(s.Get(create(s))).To(ShowFutureTime("expiration_time")) }

// BindsItem: the session names its item and the content version of that moment.
func BindsItem(s *Spec) { Bound(s) }

// Bound expects of a new session that it names its item and the item's content
// version, and returns both.
func Bound(s *Spec) (bound *Session, version string) {
	item := s.Item()
	before := s.ContentVersion(item)

	session := create(s)

	model := s.Get(session)
	s.Expect(model).To(OfItem(item))
	if s.ContentVersion(item) != before {
		s.Skip("somebody changed the item %s during the behaviour", item.ID)
	}
	s.Expect(model).To(ShowOwn("library_item_content_version", "the item's content_version", before))
	return session, before
}

// UnknownItem: no session for an item that does not exist.
func UnknownItem(s *Spec) {
	reply := s.Create(s.Service(), CreateFor(s.UnknownItem()))

	s.Expect(reply).To(BeRefusedWith(NotFound))
}

// MissingItemID: no session for a spec that names no item. The legacy pages
// print no error for it, and in a query string such a spec is none at all.
func MissingItemID(s *Spec) {
	reply := s.Create(s.Service(), OneSpec("create_spec", wire.Object{}))

	if s.Variant.Binding == wire.Legacy {
		s.Expect(reply).To(BeRefusedWith(InvalidArgument, InvalidRequest, UnexpectedInput))
		return
	}
	s.Expect(reply).To(BeRefusedWith(InvalidArgument))
}

// MissingSpec: no session without a spec; the error's type is not documented.
func MissingSpec(s *Spec) {
	reply := s.Create(s.Service(), wire.Object{})

	s.Expect(reply).To(BeRefusedWith(InvalidArgument, InvalidRequest, UnexpectedInput))
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

// ReadonlyIgnored: create takes nothing over that is not used for create.
func ReadonlyIgnored(s *Spec) {
	item := s.Item()
	spec := append(wire.Object{{Name: "library_item_id", Value: item.ID}}, notForCreate...)

	session := s.Made(s.Create(s.Service(), OneSpec("create_spec", spec)))

	model := s.Get(session)
	s.Expect(model).To(OfItem(item))
	s.Expect(model).To(NotShow("state", string(Canceled)))
	s.Expect(model).To(NotShowNumber("client_progress", 50))
	s.Expect(model).To(NotShow("library_item_content_version", "conformance-version-that-is-not-used"))
	s.Expect(model).To(NotShowTime("expiration_time", time.Date(2001, 2, 3, 4, 5, 6, 7e6, time.UTC)))
	s.Expect(model).To(ShowNo("error_message"))
	if session.ID == "conformance-id-that-is-not-used" {
		s.Fail("expected an id of the server's own, got the id that the spec carried")
	}
}

// TokenIdempotent: the same create with the same token makes one session,
// however often it comes.
func TokenIdempotent(s *Spec) {
	item := s.Item()
	arguments := WithToken(CreateFor(item), NewToken())
	first := s.Made(s.Create(s.Service(), arguments))
	s.Step("list, to see what the repetitions add")
	before := sessionsOf(s, item)

	for _, again := range []string{"again", "a third time"} {
		s.Step("the same create " + again)
		same := s.Made(s.Create(s.Service(), arguments))
		if same.ID != first.ID {
			s.Fail("expected the same session %s, got another one\nwant %s, got %s", again, first.ID, same.ID)
		}
	}

	s.Step("list, which must hold it once and none beside it")
	after := sessionsOf(s, item)
	if !after.known {
		s.Block(s.Service()+".list.ok", "the sessions cannot be listed: list answered %s", Answer(after.reply))
	}
	if times := count(after.ids, first.ID); times != 1 {
		s.Fail("expected list to hold the session once, got it %d times\nthe session was %s", times, first.ID)
	}
	before.expectNoneMade(s, after)
}

// TokenNotUUID: a token must be a UUID, and makes no session if it is none.
func TokenNotUUID(s *Spec) {
	item := s.Item()
	s.Step("list, to see what the create adds")
	before := sessionsOf(s, item)

	s.Step("create with a token that is no UUID")
	reply := s.Create(s.Service(), WithToken(CreateFor(item), "not-a-uuid"))

	s.Expect(reply).To(BeRefusedWith(InvalidArgument))
	s.Step("list, which must hold no other session")
	before.expectNoneMade(s, sessionsOf(s, item))
}

// sessions are those of an item at one moment; known is false if list does not
// tell them, which is list.ok's matter.
type sessions struct {
	reply Reply
	ids   []string
	known bool
}

func sessionsOf(s *Spec, item Item) sessions {
	reply := s.List(s.Service(), item.ID)
	ids, problem := ListedIDs(reply)
	return sessions{reply, ids, problem == ""}
}

// expectNoneMade breaks the behaviour if there are sessions that were not there
// before. Nobody else works on an item that the run made.
func (before sessions) expectNoneMade(s *Spec, after sessions) {
	if !before.known || !after.known || s.Item().Given {
		return
	}
	for _, id := range after.ids {
		if count(before.ids, id) == 0 {
			s.Fail("expected no other session, got one that the create has made\nits id is %s", id)
		}
	}
}

// TokenOtherSpec is open: the documents do not say what a token means beside
// another spec.
func TokenOtherSpec(s *Spec) {
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

// DistinctIDs: two sessions have two ids.
func DistinctIDs(s *Spec) {
	items := s.Items(2)

	first := s.Made(s.Create(s.Service(), CreateFor(items[0])))
	second := s.Made(s.Create(s.Service(), CreateFor(items[1])))

	if first.ID == second.ID {
		s.Fail("expected two ids, got the same one twice\nit was %s", first.ID)
	}
	s.Expect(s.Get(first)).To(OfItem(items[0]))
	s.Expect(s.Get(second)).To(OfItem(items[1]))
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
