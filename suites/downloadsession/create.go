// Package downloadsession is the specs of the service download_session, a
// file for each page of its documentation.
package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: create",
	Behaviour("download_session.create.ok", session.CreateOK),
	Behaviour("download_session.create.active", session.StartsActive),
	Behaviour("download_session.create.binds_item", bindsItem).Long(),
	Behaviour("download_session.create.progress_zero", session.StartsAtZero),
	Behaviour("download_session.create.expiry_future", session.ExpiresLater),
	Behaviour("download_session.create.unknown_item", session.UnknownItem),
	Behaviour("download_session.create.missing_item_id", session.MissingItemID),
	Behaviour("download_session.create.missing_spec", session.MissingSpec),
	Behaviour("download_session.create.readonly_ignored", session.ReadonlyIgnored),
	Behaviour("download_session.create.token_idempotent", session.TokenIdempotent),
	Behaviour("download_session.create.token_idempotent_concurrent", session.TokenAtOnce).Long(),
	Behaviour("download_session.create.token_not_uuid", session.TokenNotUUID),
	Behaviour("download_session.create.token_other_spec", session.TokenOtherSpec).Long(),
	Behaviour("download_session.create.distinct_ids", session.DistinctIDs).Long(),
	Behaviour("download_session.create.distinct_ids_concurrent", session.DistinctAtOnce).Long(),

	Behaviour("download_session.create.token_absent", func(s *Spec) {
		item := s.Item()
		first := s.Made(s.Create(Download, CreateFor(item)))

		second := s.Made(s.Create(Download, CreateFor(item)))

		if second.ID == first.ID {
			s.Fail("expected a session of its own for each create, got the same one twice\nit was %s", first.ID)
		}
		s.Expect(s.Get(first)).To(HaveState(Active))
		s.Expect(s.Get(second)).To(HaveState(Active))
	}),
)

// bindsItem: the session names its item and the content version of that
// moment, also when the item has got another one.
func bindsItem(s *Spec) {
	bound, version := session.Bound(s)
	if s.Item().Given || !updated(s, version) {
		return
	}

	s.Step("get of the session that is older than the content")
	s.Expect(s.Get(bound)).To(ShowOwn("library_item_content_version", "the content_version of its beginning", version))
}

// updated gives the item other content and says whether it has another version
// for it. What of this does not work is the matter of update sessions.
func updated(s *Spec, version string) bool {
	item := s.OwnItem()
	s.Step("give the item other content")
	made := s.Create(Update, CreateFor(item))
	if _, problem := made.AsID(); !made.Succeeded() || problem != "" {
		return false
	}
	update := s.Made(made)
	added := s.AddFile(update, PushSpec("conformance-later.txt"))
	if address := Endpoint(added, "upload_endpoint"); address != "" {
		s.Upload(address, []byte("a file that came after the session\n"))
	}
	s.Complete(update)
	return s.ContentVersion(item) != version
}
