package updatefile

import (
	"fmt"
	"slices"

	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session file: remove",
	Behaviour("updatesession.file.remove.ok", func(s *Spec) {
		session, file := withFile(s)

		s.Expect(session.Files().Remove(file)).To(BeDocumented())
	}),

	Behaviour("updatesession.file.remove.unknown_id", func(s *Spec) {
		s.OwnItem() // what its control removes a file from

		reply := s.Unknown(Update).Files().Remove(noFile)

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.remove.unknown_file", func(s *Spec) {
		session := s.UpdateSession(InUse)
		files := s.Files(session.Item)
		s.Step("list before the removal")
		before := session.Files().List()

		s.Step("remove what is not there")
		reply := session.Files().Remove(noFile)

		s.Expect(reply).To(BeRefusedWith(InvalidArgument))
		s.Step("look at the session and its files")
		s.Expect(session.Get()).To(HaveState(Active))
		expectFiles(s, session, files)
		s.Expect(session.Files().List()).To(HoldFiles(FileNames(s.Infos(before))...))
	}),

	Behaviour("updatesession.file.remove.deferred", func(s *Spec) {
		session, file := withFile(s)

		s.Expect(session.Files().Remove(file)).To(Succeed())

		if !slices.Contains(s.Files(session.Item), file) {
			s.Fail(Expected("the item to keep the file %q until complete", file).Got("an item without it"))
		}
		s.Step("control: complete takes the file away")
		session.Reach(Done)
		if slices.Contains(s.Files(session.Item), file) {
			s.Block("updatesession.file.remove.effective", "the file %q is still there after complete, so nothing was deferred", file)
		}
	}),

	Behaviour("updatesession.file.remove.effective", func(s *Spec) {
		session, file := withFile(s)

		s.Expect(session.Files().Remove(file)).To(Succeed())

		s.Step("complete")
		s.Expect(session.Complete()).To(Succeed())
		s.Expect(session.Await(Done, Errored)).To(HaveState(Done))
		s.Step("")
		if slices.Contains(s.Files(session.Item), file) {
			s.Fail(Expected("the item to be without the file %q after complete", file).Got("one that still has it"))
		}
	}),

	Behaviour("updatesession.file.remove.session_survives", func(s *Spec) {
		session, file := withFile(s)

		s.Expect(session.Files().Remove(file)).To(Succeed())

		s.Expect(session.Get()).To(HaveState(Active))
		s.Step("control: the file is gone from the session")
		if list := session.Files().List(); list.Succeeded() && slices.Contains(FileNames(s.Infos(list)), file) {
			s.Skip("the file is listed as before, so nothing was removed that the session could have survived")
		}
	}),

	Behaviour("updatesession.file.remove.just_added", func(s *Spec) {
		session := s.UpdateSession(Active)
		session.Files().Announce(PushSpec(added))

		reply := session.Files().Remove(added)

		list := session.Files().List()
		left := "list answered " + Answer(list)
		if list.Succeeded() {
			left = fmt.Sprintf("list holds %q", FileNames(s.Infos(list)))
		}
		s.Observe("remove of a file that only this session has answered %s; then %s", Answer(reply), left)
	}),

	Behaviour("updatesession.file.remove.not_active", func(s *Spec) {
		file := s.FileOf(s.OwnItem())
		observeAfterTheEnd(s, func(session *Session) Reply { return session.Files().Remove(file) })
	}).Long(),
)

// withFile arranges a session on an item of the run's own, and names the file
// that the item holds.
func withFile(s *Spec) (session *Session, file string) {
	item := s.OwnItem()
	file = s.FileOf(item)
	return s.UpdateSession(Active, On(item)), file
}

// expectFiles expects that the item still holds these files and no others.
func expectFiles(s *Spec, session *Session, want []string) {
	got := s.Files(session.Item)
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		s.Fail(Expected("the item's files to stay").Got("others").CompareLines(want, got).
			Detail("it held %q, and holds %q", want, got))
	}
}
