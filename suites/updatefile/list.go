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
		session := s.UpdateSession(InUse)
		reply := session.Files().List()
		infos, isList := reply.Result.([]any)
		if reply.Succeeded() && reply.Problem == "" && len(infos) == 0 && (isList || reply.Result == nil) {
			// An empty list, or the null in its place, is list.empty's matter.
			session.Files().Announce(PushSpec(added))
			s.Step("list with an added file")
			reply = session.Files().List()
		}

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(HoldEach(ShowSome("name")))
		if len(s.Infos(reply)) == 0 {
			s.Skip("no file is listed, neither one of the item nor one that was added")
		}
	}),

	Behaviour("updatesession.file.list.unknown_id", func(s *Spec) {
		reply := s.Unknown(Update).Files().List()

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.list.snapshot", func(s *Spec) {
		session := s.UpdateSession(Active)
		file := s.FileOf(session.Item)

		reply := session.Files().List()

		s.Expect(reply).To(HoldFile(file))
		s.Expect(reply).To(HoldEach(Show("source_type", "NONE")))
	}),

	Behaviour("updatesession.file.list.empty", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.EmptyItem()))

		s.Expect(session.Files().List()).To(HoldFiles())

		s.Step("control: a file that is added is listed")
		session.Files().Announce(PushSpec(added))
		if list := session.Files().List(); len(s.Infos(list)) == 0 {
			s.Skip("the list is empty with a file in the session, too, so nothing tells an empty one")
		}
	}),

	Behaviour("updatesession.file.list.added", func(s *Spec) {
		session := s.UpdateSession(Active)
		s.Step("list before the add, which no later list may repeat")
		session.Files().List()
		session.Files().Announce(PushSpec(added))

		s.Step("list")
		s.Expect(session.Files().List()).To(HoldFile(added, Show("source_type", "PUSH")))
	}),

	Behaviour("updatesession.file.remove.not_listed", func(s *Spec) {
		session, file := withFile(s)
		session.Files().Announce(PushSpec(added))
		s.Step("list before the removal")
		before := session.Files().List()
		s.Step("remove the item's file")
		if removed := session.Files().Remove(file); !removed.Succeeded() {
			s.Block("updatesession.file.remove.ok", "no removed file to look for: remove answered %s%s",
				Answer(removed), Body(removed))
		}

		s.Step("list, which must hold the other files")
		list := session.Files().List()
		s.Expect(list).To(NotHoldFile(file))
		others := FileNames(s.Infos(before))
		if !slices.Contains(others, file) {
			s.Block("updatesession.file.list.snapshot", "the file %q was not listed before it was removed either", file)
		}
		s.Expect(list).To(HoldFiles(slices.DeleteFunc(others, func(name string) bool { return name == file })...))
	}),
)
