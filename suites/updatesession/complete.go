package updatesession

import (
	"net/http"
	"slices"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: complete",
	Behaviour("update_session.complete.ok", func(s *Spec) {
		if item := s.Item(); item.Given {
			// Nothing may change there: an empty session is completed, as in
			// every arrangement of a DONE one.
			session := s.UpdateSession(Active, On(item))
			s.Expect(session.Complete()).To(BeDocumented())
			s.Expect(session.Await(Done, Errored)).To(BeOver())
			return
		}
		session := withUpload(s, s.OwnItem())

		reply := session.Complete()

		s.Expect(reply).To(BeDocumented())
		s.Step("get, until the session has ended")
		if InState(session.Await(Done, Errored, Canceled), Done) {
			// That it is there at once is item_updated.
			expectFile(s, session.Item, awaitFile(s, session.Item))
			return
		}
		expectFile(s, session.Item, s.Files(session.Item))
	}).Long(),

	Behaviour("update_session.complete.unknown_id", sessions.RefusesUnknownID),
	Behaviour("update_session.complete.not_active", refusedIn(Done)),
	Behaviour("update_session.complete.not_active_canceled", refusedIn(Canceled)),
	Behaviour("update_session.complete.not_active_error", refusedIn(Errored)),

	Behaviour("update_session.complete.state_done", func(s *Spec) {
		session := withUpload(s, s.BlankItem())

		s.Expect(session.Complete()).To(Succeed())

		s.Expect(session.Await(Done, Errored, Canceled)).To(HaveState(Done))
	}).Long(),

	// A session that is still ACTIVE after complete is one whose completion is
	// under way. As soon as it is over, the item is not given any more time.
	Behaviour("update_session.complete.item_updated", func(s *Spec) {
		session := withUpload(s, s.OwnItem())

		s.Expect(session.Complete()).To(Succeed())

		session.Await(Done, Errored, Canceled)
		expectFile(s, session.Item, s.Files(session.Item))
	}).Long(),

	Behaviour("update_session.complete.content_version_changes", func(s *Spec) {
		session := withUpload(s, s.BlankItem())
		got := session.Get()
		model, _ := got.AsMembers()
		before, shown := model.String("library_item_content_version")
		if !shown {
			s.Block("update_session.get.fields", "no library_item_content_version in the session to compare with")
		}

		s.Expect(session.Complete()).To(Succeed())

		session.Await(Done, Errored, Canceled)
		if now := s.ContentVersion(session.Item); now == before {
			s.Fail(Expected("the item to have a content_version other than the session's").Got("the same").
				Of("content_version").Detail("it is %q", now).Since(got.Exchange))
		}
	}).Long(),

	Behaviour("update_session.complete.not_visible_before", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.BlankItem()))
		before := sessions.ContentOf(s, session.Item)

		session.Files().Push(pushed)

		before.Stays(s)
		s.Step("control: the item shows the file after complete")
		settle(s, session)
		session.Reach(Done)
		if files := s.Files(session.Item); !slices.Contains(files, pushed.Name) {
			s.Block("update_session.complete.item_updated", "the file is not on the item after complete either: it holds %q", files)
		}
	}).Long(),

	Behaviour("update_session.complete.missing_push", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		before := sessions.ContentOf(s, session.Item)
		address := session.Files().Announce(PushSpec(pushed.Name))

		s.Step("complete before any file")
		s.Expect(session.Complete()).To(BeRefusedWith(NotAllowedInCurrentState))
		before.Stays(s)

		s.Step("get, to see whether files may still be added")
		if InState(session.Get(), Active) && allButOne(s, session, address) {
			s.Step("complete before one of the files")
			s.Expect(session.Complete()).To(BeRefusedWith(NotAllowedInCurrentState))
			before.Stays(s)
		}
	}).Long(),

	Behaviour("update_session.complete.incomplete_ovf", func(s *Spec) {
		item := s.OVFItem()
		session := s.UpdateSession(Active, On(item), With(sessions.Descriptor()))

		s.Step("complete without the disk")
		refused := session.Complete()
		now := session.Get()
		if refused.Succeeded() {
			now = session.Await(Done, Errored, Canceled)
		}
		files := s.Files(item)

		s.Step("control: complete with the disk")
		if refused.Succeeded() || !InState(now, Active) {
			session.Cancel()
			session.Delete()
			session = s.UpdateSession(Active, On(item), With(sessions.Descriptor()))
		}
		session.Files().Push(sessions.DiskFile())
		sessions.CompleteOVF(s, session)
		s.Expect(refused).To(BeRefusedWith(NotAllowedInCurrentState))
		if len(files) > 0 {
			s.Fail(Expected("no file of an OVF whose complete was refused").Got("%q on the item", files))
		}
	}).Long(),

	Behaviour("update_session.complete.warning", func(s *Spec) {
		item := s.OVFItem()
		session := withSigned(s, item)
		session.Files().Settle()
		if len(warningsIn(awaitPreview(s, session))) == 0 {
			s.Skip("get shows no warning of a self-signed OVF, so there is none that could fail the session")
		}

		s.Step("complete, with a warning that is not ignored")
		var ended Reply
		if completed := session.Complete(); completed.Succeeded() {
			ended = session.Await(Done, Errored, Canceled)
		}
		files := s.Files(item)
		s.Step("cancel, for the item to be free")
		session.Cancel()

		s.Step("control: complete with all warnings ignored")
		control := withSigned(s, item)
		s.Expect(control.Update(IgnoreWarnings())).To(Succeed())
		sessions.CompleteOVF(s, control)
		if InState(ended, Done) {
			s.Fail(Expected("a session that is not DONE, since a warning is not ignored").Got("state DONE").Of("state").About(ended))
		}
		if len(files) > 0 {
			s.Fail(Expected("no file of a session that a warning fails").Got("%q on the item", files))
		}
	}).Long(),

	Behaviour("update_session.complete.after_missing_push_state", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		session.Files().Announce(PushSpec(pushed.Name))

		reply := session.Complete()

		seen := session.Get()
		if model, problem := seen.AsMembers(); problem == "" {
			state, _ := model.String("state")
			s.Observe("complete was answered %s; get shows state %s", Answer(reply), state)
			return
		}
		s.Observe("complete was answered %s; get answered %s", Answer(reply), Answer(seen))
	}),

	Behaviour("update_session.complete.pull_async", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		s.Step("arrange: add a file to be pulled")
		if reply := session.Files().Add(PullSpec(pushed.Name, s.PullSource(pushed.Content), len(pushed.Content))); !reply.Succeeded() {
			s.Block("updatesession.file.add.pull", "no file to be pulled: add answered %s%s", Answer(reply), Body(reply))
		}

		s.Step("complete, whether the file has arrived or not")
		s.Expect(session.Complete()).To(Succeed())

		s.Step("get, until the session has ended")
		last := session.Await(Done, Errored)
		s.Expect(last).To(ShowOneOf("state", string(Done), string(Errored)))
		if InState(last, Done) {
			expectFile(s, session.Item, s.Files(session.Item))
		}
	}).Long(),

	Behaviour("update_session.complete.removed_all", func(s *Spec) {
		item := s.OwnItem()
		s.FileOf(item)
		session := s.UpdateSession(Active, On(item))
		for _, name := range s.Files(item) {
			s.Step("arrange: remove a file")
			if reply := session.Files().Remove(name); !reply.Succeeded() {
				s.Block("updatesession.file.remove.effective", "no removed file to test with: remove answered %s%s",
					Answer(reply), Body(reply))
			}
		}

		s.Step("control: the session is still there")
		if now := session.Get(); now.Status == http.StatusNotFound {
			s.Block("updatesession.file.remove.session_survives", "no session to complete: after remove, get answered %s",
				Answer(now))
		}

		s.Step("complete")
		s.Expect(session.Complete()).To(Succeed())

		s.Expect(session.Await(Done, Errored, Canceled)).To(HaveState(Done))
		if files := s.Files(item); len(files) > 0 {
			s.Fail(Expected("the item to be empty").Got("%q", files))
		}
	}).Long(),
)

// allButOne uploads the first and the last of three files, and says whether
// the target took them. The first was added before, at the address.
func allButOne(s *Spec, session *Session, address string) bool {
	s.Step("arrange: upload the first of three files, and the last")
	return s.Upload(address, pushed.Content).Accepted &&
		session.Files().Add(PushSpec("conformance-missing.txt")).Succeeded() &&
		session.Files().Offer(File{Name: "conformance-last.txt", Content: pushed.Content})
}
