package updatesession

import (
	"net/http"
	"slices"

	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: complete",
	Behaviour("update_session.complete.ok", func(s *Spec) {
		if item := s.Item(); item.Given {
			// Nothing may change there: an empty session is completed, as in
			// every arrangement of a DONE one.
			session := s.SessionOn(item, Update, Active)
			s.Expect(s.Complete(session)).To(BeDocumented())
			s.Expect(s.AwaitState(session, Done, Errored)).To(BeOver())
			return
		}
		session := withPush(s)

		reply := s.Complete(session)

		s.Expect(reply).To(BeDocumented())
		s.Step("get, until the session has ended")
		if InState(s.AwaitState(session, Done, Errored, Canceled), Done) {
			// That it is there at once is item_updated.
			s.Poll(showBudget, func() bool { return slices.Contains(s.Files(session.Item), pushed) })
		}
		expectFile(s, session.Item)
	}).Long(),

	Behaviour("update_session.complete.unknown_id", session.UnknownID),
	Behaviour("update_session.complete.not_active", refusedIn(Done)),
	Behaviour("update_session.complete.not_active_canceled", refusedIn(Canceled)),
	Behaviour("update_session.complete.not_active_error", refusedIn(Errored)),

	Behaviour("update_session.complete.state_done", func(s *Spec) {
		session := withPush(s)

		s.Expect(s.Complete(session)).To(Succeed())

		s.Expect(s.AwaitState(session, Done, Errored, Canceled)).To(HaveState(Done))
	}).Long(),

	// A session that is still ACTIVE after complete is one whose completion is
	// under way. As soon as it is over, the item is not given any more time.
	Behaviour("update_session.complete.item_updated", func(s *Spec) {
		session := withPush(s)

		s.Expect(s.Complete(session)).To(Succeed())

		s.AwaitState(session, Done, Errored, Canceled)
		expectFile(s, session.Item)
	}).Long(),

	Behaviour("update_session.complete.content_version_changes", func(s *Spec) {
		session := withPush(s)
		model, _ := s.Get(session).AsMembers()
		before, shown := model.String("library_item_content_version")
		if !shown {
			s.Block("update_session.get.fields", "no library_item_content_version in the session to compare with")
		}

		s.Expect(s.Complete(session)).To(Succeed())

		s.AwaitState(session, Done, Errored, Canceled)
		if now := s.ContentVersion(session.Item); now == before {
			s.Fail("expected the item to have a content_version other than the session's, got the same\nit is %q", now)
		}
	}).Long(),

	Behaviour("update_session.complete.not_visible_before", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		before := contentOf(s, session.Item)

		uploaded(s, session, pushed)

		before.Stays(s)
		s.Step("control: the item shows the file after complete")
		settled(s, session)
		s.Completed(session)
		if files := s.Files(session.Item); !slices.Contains(files, pushed) {
			s.Block("update_session.complete.item_updated", "the file is not on the item after complete either: it holds %q", files)
		}
	}).Long(),

	Behaviour("update_session.complete.missing_push", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		before := contentOf(s, session.Item)
		address := s.Added(session, PushSpec(pushed))

		s.Step("complete before any file")
		s.Expect(s.Complete(session)).To(BeRefusedWith(NotAllowedInCurrentState))
		before.Stays(s)

		s.Step("get, to see whether files may still be added")
		if InState(s.Get(session), Active) && allButOne(s, session, address) {
			s.Step("complete before one of the files")
			s.Expect(s.Complete(session)).To(BeRefusedWith(NotAllowedInCurrentState))
			before.Stays(s)
		}
	}),

	Behaviour("update_session.complete.after_missing_push_state", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		s.Added(session, PushSpec(pushed))

		reply := s.Complete(session)

		seen := s.Get(session)
		if model, problem := seen.AsMembers(); problem == "" {
			state, _ := model.String("state")
			s.Observe("complete was answered %s; get shows state %s", Answer(reply), state)
			return
		}
		s.Observe("complete was answered %s; get answered %s", Answer(reply), Answer(seen))
	}),

	Behaviour("update_session.complete.pull_async", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		s.Step("arrange: add a file to be pulled")
		if reply := s.AddFile(session, PullSpec(pushed, s.PullSource(content))); !reply.Succeeded() {
			s.Block("updatesession.file.add.pull", "no file to be pulled: add answered %s%s", Answer(reply), Body(reply))
		}

		s.Step("complete, whether the file has arrived or not")
		s.Expect(s.Complete(session)).To(Succeed())

		s.Step("get, until the session has ended")
		last := s.AwaitState(session, Done, Errored)
		s.Expect(last).To(ShowOneOf("state", string(Done), string(Errored)))
		if InState(last, Done) {
			expectFile(s, session.Item)
		}
	}).Long(),

	Behaviour("update_session.complete.removed_all", func(s *Spec) {
		item := s.OwnItem()
		s.FileOf(item)
		session := s.SessionOn(item, Update, Active)
		for _, name := range s.Files(item) {
			s.Step("arrange: remove a file")
			if reply := s.RemoveFile(session, name); !reply.Succeeded() {
				s.Block("updatesession.file.remove.effective", "no removed file to test with: remove answered %s%s", Answer(reply), Body(reply))
			}
		}

		s.Step("control: the session is still there")
		if now := s.Get(session); now.Status == http.StatusNotFound {
			s.Block("updatesession.file.remove.session_survives", "no session to complete: after remove, get answered %s", Answer(now))
		}

		s.Step("complete")
		s.Expect(s.Complete(session)).To(Succeed())

		s.Expect(s.AwaitState(session, Done, Errored, Canceled)).To(HaveState(Done))
		if files := s.Files(item); len(files) > 0 {
			s.Fail("expected the item to be empty, got %q", files)
		}
	}).Long(),
)

// allButOne uploads the first and the last of three files, and says whether
// the target took them. The first was added before, at the address.
func allButOne(s *Spec, session *Session, address string) bool {
	s.Step("arrange: upload the first of three files, and the last")
	return s.Upload(address, content).Accepted &&
		s.AddFile(session, PushSpec("conformance-missing.txt")).Succeeded() &&
		sent(s, session, "conformance-last.txt")
}
