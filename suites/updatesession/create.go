// Package updatesession is the specs of the service update_session, a file
// for each page of its documentation.
package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: create",
	Behaviour("update_session.create.ok", session.CreateOK),
	Behaviour("update_session.create.active", session.StartsActive),
	Behaviour("update_session.create.binds_item", session.BindsItem),
	Behaviour("update_session.create.progress_zero", session.StartsAtZero),
	Behaviour("update_session.create.expiry_future", session.ExpiresLater),
	Behaviour("update_session.create.unknown_item", session.UnknownItem),
	Behaviour("update_session.create.missing_item_id", session.MissingItemID),
	Behaviour("update_session.create.missing_spec", session.MissingSpec),
	Behaviour("update_session.create.readonly_ignored", session.ReadonlyIgnored),
	Behaviour("update_session.create.token_idempotent", session.TokenIdempotent),
	Behaviour("update_session.create.token_idempotent_concurrent", session.TokenAtOnce).Long(),
	Behaviour("update_session.create.token_absent", busy),
	Behaviour("update_session.create.token_not_uuid", session.TokenNotUUID),
	Behaviour("update_session.create.token_other_spec", session.TokenOtherSpec).Long(),
	Behaviour("update_session.create.distinct_ids", session.DistinctIDs).Long(),
	Behaviour("update_session.create.busy", busy),
	Behaviour("update_session.create.busy_concurrent", session.BusyAtOnce).Long(),

	Behaviour("update_session.create.other_item_not_busy", func(s *Spec) {
		items := s.Items(2)
		first := s.Made(s.Create(Update, CreateFor(items[0])))

		second := s.Made(s.Create(Update, CreateFor(items[1])))

		s.Expect(s.Get(second)).To(OfItem(items[1]))
		s.Expect(s.Get(first)).To(HaveState(Active))
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

// busy: an item takes one ACTIVE update session, however often another is
// asked for, and the one that is there does not suffer from the attempts.
func busy(s *Spec) {
	first := s.UpdateSession(Active)

	for _, attempt := range []string{"the second create", "the third create"} {
		s.Step(attempt)
		reply := s.Create(Update, CreateFor(first.Item))

		s.Expect(reply).To(BeRefusedWith(s.ResourceBusy()))
		s.MetBusy(reply)
	}
	s.Step("")
	s.Expect(s.Get(first)).To(HaveState(Active))
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
		other := &Session{Service: Update, ID: id}
		if id == session.ID || !isActiveOn(s.Get(other), session.Item) {
			continue
		}
		others = append(others, id)
		s.Step("cancel and delete it, so that the item is free")
		s.Cancel(other)
		s.Delete(other)
		s.Step("")
	}
	if len(others) > 0 {
		s.Fail("expected the item to have one ACTIVE session, got %d\nbeside it were %q", 1+len(others), others)
	}
}

func isActiveOn(reply Reply, item Item) bool {
	same, _ := OfItem(item).Match(reply)
	return same && InState(reply, Active)
}
