// Package updatesession is the specs of the service update_session, a file
// for each page of its documentation.
package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: create",
	Behaviour("update_session.create.ok", sessions.CreateAnswersID),
	Behaviour("update_session.create.active", sessions.StartsActive),
	// While ACTIVE, and once complete has given the item another version.
	Behaviour("update_session.create.binds_item", bindsItem).Long(),
	Behaviour("update_session.create.progress_zero", sessions.StartsAtZero),
	Behaviour("update_session.create.expiry_future", sessions.ExpiresLater),
	Behaviour("update_session.create.unknown_item", sessions.CreateRefusesUnknownItem),
	// Refused with invalid_argument, in legacy with any error of the input.
	Behaviour("update_session.create.missing_item_id", sessions.CreateNeedsItemID),
	Behaviour("update_session.create.missing_spec", sessions.CreateNeedsSpec),
	// Neither made nor busy: the run's account makes a session on the item afterwards.
	Behaviour("update_session.create.no_privilege", sessions.CreateNeedsPrivilege),
	// id, state, progress, version, times and errors in the spec do not show in get.
	Behaviour("update_session.create.readonly_ignored", sessions.IgnoresReadonlyFields),
	// The same create three times: one id, listed once, and no other session.
	Behaviour("update_session.create.token_idempotent", sessions.TokenMakesOneSession),
	Behaviour("update_session.create.token_absent", busy),
	// Refused with invalid_argument; list holds no other session.
	Behaviour("update_session.create.token_not_uuid", sessions.TokenMustBeUUID),
	// The token of one item's create for another item.
	Behaviour("update_session.create.token_other_spec", sessions.ObserveTokenWithOtherSpec).Long(),
	Behaviour("update_session.create.distinct_ids", sessions.MakesDistinctIDs).Long(),
	Behaviour("update_session.create.busy", busy),

	Behaviour("update_session.create.other_item_not_busy", func(s *Spec) {
		items := s.Items(2)
		first := s.Made(s.Create(Update, CreateFor(items[0])))

		second := s.Made(s.Create(Update, CreateFor(items[1])))

		s.Expect(second.Get()).To(OfItem(items[1]))
		s.Expect(first.Get()).To(HaveState(Active))
		mustBeBusy(s, items[0])
	}).Long(),

	Behaviour("update_session.create.after_done_not_busy", func(s *Spec) {
		session := s.UpdateSession(Done)

		reply := s.Create(Update, CreateFor(session.Item))

		s.Observe("answered %s", Answer(reply))
	}),

	Behaviour("update_session.create.subscribed", func(s *Spec) {
		reply := s.Create(Update, CreateFor(s.SubscribedItem()))

		s.Expect(reply).To(BeRefusedWith(InvalidElementType))
	}),
)

// bindsItem: the session names its item and the content version of its beginning,
// also when it has given the item another one. What of that does not work is the
// matter of complete.
func bindsItem(s *Spec) {
	bound, version := sessions.ExpectBound(s)
	if s.Item().Given || !offer(s, bound) || !bound.Complete().Succeeded() {
		return
	}

	s.Step("get of the session whose changes are on the item")
	if ended := bound.Await(Done, Errored, Canceled); InState(ended, Done) {
		s.Expect(ended).To(ShowOwn("library_item_content_version", "the content_version of its beginning", version))
	}
}

// busy: an item takes one ACTIVE update session, however often another is
// asked for, and the one that is there does not suffer from the attempts.
func busy(s *Spec) {
	first := s.UpdateSession(InUse)

	for _, attempt := range []string{"the second create", "the third create"} {
		s.Step(attempt)
		reply := s.Create(Update, CreateFor(first.Item))

		s.Expect(reply).To(BeRefusedWith(s.ResourceBusy()))
		s.MetBusy(reply)
	}
	s.Step("")
	s.Expect(first.Get()).To(HaveState(Active))
	isAlone(s, first)
}

// mostLookedAt bounds the gets of isAlone; an item that the run made has one
// session.
const mostLookedAt = 20

// isAlone breaks the behaviour if the item has another ACTIVE session. What is
// listed wrongly is for the behaviours of list.
func isAlone(s *Spec, session *Session) {
	ids, _ := s.List(Update, session.Item.ID).AsIDs()
	var others []string
	for _, id := range ids[:min(len(ids), mostLookedAt)] {
		other := s.SessionNamed(Update, id)
		if id == session.ID || !isActiveOn(other.Get(), session.Item) {
			continue
		}
		others = append(others, id)
		s.Step("cancel and delete it, so that the item is free")
		other.Cancel()
		other.Delete()
		s.Step("")
	}
	if len(others) > 0 {
		s.Fail(Expected("the item to have one ACTIVE session").Got("%d", 1+len(others)).Detail("beside it were %q", others))
	}
}

func isActiveOn(reply Reply, item Item) bool {
	same, _ := OfItem(item).Match(reply)
	return same && InState(reply, Active)
}
