// Package updatefile is the specs of the service updatesession.file, a file
// for each page of its documentation, and one for the transfer itself.
package updatefile

import (
	"slices"

	. "session-conformance/suites/internal/spec"
)

// Names of files: one that the run adds, and one that is nowhere.
const (
	added  = "conformance-added.bin"
	noFile = "conformance-no-such-file.bin"
)

var _ = Describe("Update session file: list",
	Behaviour("updatesession.file.list.ok", func(s *Spec) {
		reply := s.ListFiles(s.UpdateSession(Active))

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(HoldEach(ShowSome("name")))
	}),

	Behaviour("updatesession.file.list.unknown_id", func(s *Spec) {
		reply := s.ListFiles(s.Unknown(Update))

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.list.snapshot", func(s *Spec) {
		session := s.UpdateSession(Active)
		file := s.FileOf(session.Item)

		reply := s.ListFiles(session)

		s.Expect(reply).To(HoldFile(file))
		s.Expect(reply).To(HoldEach(Show("source_type", "NONE")))
	}),

	Behaviour("updatesession.file.list.empty", func(s *Spec) {
		session := s.SessionOn(s.EmptyItem(), Update, Active)

		s.Expect(s.ListFiles(session)).To(HoldFiles())
	}),

	Behaviour("updatesession.file.list.added", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("list before the add, which no later list may repeat")
		s.ListFiles(session)
		s.Added(session, PushSpec(added))

		s.Step("list")
		s.Expect(s.ListFiles(session)).To(HoldFile(added, Show("source_type", "PUSH")))
	}),

	Behaviour("updatesession.file.remove.not_listed", func(s *Spec) {
		session, file := removable(s)
		s.Added(session, PushSpec(added))
		s.Step("list before the removal")
		before := s.ListFiles(session)
		s.Step("remove the item's file")
		if removed := s.RemoveFile(session, file); !removed.Succeeded() {
			s.Block("updatesession.file.remove.ok", "no removed file to look for: remove answered %s%s", Answer(removed), Body(removed))
		}

		s.Step("list, which must hold the other files")
		list := s.ListFiles(session)
		s.Expect(list).To(NotHoldFile(file))
		others := FileNames(s.Infos(before))
		if !slices.Contains(others, file) {
			s.Block("updatesession.file.list.snapshot", "the file %q was not listed before it was removed either", file)
		}
		s.Expect(list).To(HoldFiles(slices.DeleteFunc(others, func(name string) bool { return name == file })...))
	}),
)
