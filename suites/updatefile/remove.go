package updatefile

import (
	"fmt"
	"slices"

	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session file: remove",
	Behaviour("updatesession.file.remove.ok", func(s *Spec) {
		session, file := removable(s)

		s.Expect(s.RemoveFile(session, file)).To(BeDocumented())
	}),

	Behaviour("updatesession.file.remove.unknown_id", func(s *Spec) {
		s.OwnItem() // what its control removes a file from

		reply := s.RemoveFile(s.Unknown(Update), noFile)

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.remove.unknown_file", func(s *Spec) {
		session, _ := removable(s)
		files := s.Files(session.Item)
		s.Step("list before the removal")
		before := s.ListFiles(session)

		s.Step("remove what is not there")
		reply := s.RemoveFile(session, noFile)

		s.Expect(reply).To(BeRefusedWith(InvalidArgument))
		s.Step("look at the session and its files")
		s.Expect(s.Get(session)).To(HaveState(Active))
		expectFiles(s, session, files)
		s.Expect(s.ListFiles(session)).To(HoldFiles(FileNames(s.Infos(before))...))
	}),

	Behaviour("updatesession.file.remove.deferred", func(s *Spec) {
		session, file := removable(s)

		s.Expect(s.RemoveFile(session, file)).To(Succeed())

		if !slices.Contains(s.Files(session.Item), file) {
			s.Fail("expected the item to keep the file %q until complete, got an item without it", file)
		}
	}),

	Behaviour("updatesession.file.remove.effective", func(s *Spec) {
		session, file := removable(s)

		s.Expect(s.RemoveFile(session, file)).To(Succeed())

		s.Step("complete")
		s.Expect(s.Complete(session)).To(Succeed())
		s.Expect(s.AwaitState(session, Done, Errored)).To(HaveState(Done))
		s.Step("")
		if slices.Contains(s.Files(session.Item), file) {
			s.Fail("expected the item to be without the file %q after complete, got one that still has it", file)
		}
	}),

	Behaviour("updatesession.file.remove.session_survives", func(s *Spec) {
		session, file := removable(s)

		s.Expect(s.RemoveFile(session, file)).To(Succeed())

		s.Expect(s.Get(session)).To(HaveState(Active))
	}),

	Behaviour("updatesession.file.remove.just_added", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Added(session, PushSpec(added))

		reply := s.RemoveFile(session, added)

		list := s.ListFiles(session)
		left := "list answered " + Answer(list)
		if list.Succeeded() {
			left = fmt.Sprintf("list holds %q", FileNames(s.Infos(list)))
		}
		s.Observe("remove of a file that only this session has answered %s; then %s", Answer(reply), left)
	}),

	Behaviour("updatesession.file.remove.not_active", func(s *Spec) {
		file := s.FileOf(s.OwnItem())
		observeAfterTheEnd(s, func(session *Session) Reply { return s.RemoveFile(session, file) })
	}).Long(),
)

// removable arranges a session on an item of the run's own, and names the file
// that the item holds.
func removable(s *Spec) (session *Session, file string) {
	item := s.OwnItem()
	file = s.FileOf(item)
	return s.SessionOn(item, Update, Active), file
}

// expectFiles expects that the item still holds these files and no others.
func expectFiles(s *Spec, session *Session, want []string) {
	got := s.Files(session.Item)
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		s.Fail("expected the item's files to stay %q, got %q", want, got)
	}
}
