// Package downloadsession is the specs of the service download_session, a
// file for each page of its documentation.
package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: create",
	Behaviour("download_session.create.ok", sessions.CreateAnswersID),
	Behaviour("download_session.create.active", sessions.StartsActive),
	Behaviour("download_session.create.binds_item", bindsItem).Long(),
	Behaviour("download_session.create.progress_zero", sessions.StartsAtZero),
	Behaviour("download_session.create.expiry_future", sessions.ExpiresLater),
	Behaviour("download_session.create.unknown_item", sessions.CreateRefusesUnknownItem),
	// Refused with invalid_argument, in legacy with any error of the input.
	Behaviour("download_session.create.missing_item_id", sessions.CreateNeedsItemID),
	Behaviour("download_session.create.missing_spec", sessions.CreateNeedsSpec),
	// The run's account makes a session on the item afterwards.
	Behaviour("download_session.create.no_privilege", sessions.CreateNeedsPrivilege),
	// id, state, progress, version, times and errors in the spec do not show in get.
	Behaviour("download_session.create.readonly_ignored", sessions.IgnoresReadonlyFields),
	// The same create three times: one id, listed once, and no other session.
	Behaviour("download_session.create.token_idempotent", sessions.TokenMakesOneSession),
	// Refused with invalid_argument; list holds no other session.
	Behaviour("download_session.create.token_not_uuid", sessions.TokenMustBeUUID),
	// The token of one item's create for another item.
	Behaviour("download_session.create.token_other_spec", sessions.ObserveTokenWithOtherSpec).Long(),
	Behaviour("download_session.create.distinct_ids", sessions.MakesDistinctIDs).Long(),

	Behaviour("download_session.create.token_absent", func(s *Spec) {
		item := s.Item()
		mustHonourToken(s, item)
		first := s.Made(s.Create(Download, CreateFor(item)))

		reply := s.Create(Download, CreateFor(item))

		second := s.Made(reply)
		if second.ID == first.ID {
			s.Fail(Expected("a session of its own for each create").Got("the same one twice").Holding(first.ID).About(reply))
		}
		s.Expect(first.Get()).To(HaveState(Active))
		s.Expect(second.Get()).To(HaveState(Active))
	}),
)

// bindsItem: the session names its item and the content version of that
// moment, also when the item has got another one.
func bindsItem(s *Spec) {
	bound, version := sessions.ExpectBound(s)
	if s.Item().Given || !changeContent(s, version) {
		return
	}

	s.Step("get of the session that is older than the content")
	s.Expect(bound.Get()).To(ShowOwn("library_item_content_version", "the content_version of its beginning", version))
}

// changeContent gives the item other content and says whether it has another version
// for it. What of this does not work is the matter of update sessions.
func changeContent(s *Spec, version string) bool {
	item := s.OwnItem()
	s.Step("give the item other content")
	made := s.Create(Update, CreateFor(item))
	if _, problem := made.AsID(); !made.Succeeded() || problem != "" {
		return false
	}
	update := s.Made(made)
	added := update.Files().Add(PushSpec("conformance-later.txt"))
	if address := Endpoint(added, "upload_endpoint"); address != "" {
		s.Upload(address, []byte("a file that came after the session\n"))
	}
	update.Complete()
	return s.ContentVersion(item) != version
}

// mustHonourToken skips the behaviour where a token makes no difference: then
// nothing can be seen of its absence.
func mustHonourToken(s *Spec, item Item) {
	defer s.Aside("control: a token makes one session of two creates")()
	arguments := WithToken(CreateFor(item), NewToken())
	first, again := s.Create(Download, arguments), s.Create(Download, arguments)
	one, _ := first.AsID()
	if same, problem := again.AsID(); problem != "" || same != one {
		s.Skip("a token makes no difference: the same create with the same token answered %s, and no session that it had made",
			Answer(again))
	}
}
