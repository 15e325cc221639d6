// Package updatefile is the specs of the service updatesession.file, a file
// for each page of its documentation, and one for the transfer itself.
package updatefile

import (
	. "session-conformance/suites/internal/spec"
)

// Names of files: one that the run adds, and one that is nowhere.
const (
	added  = "conformance-added.bin"
	noFile = "conformance-no-such-file.bin"
)

var _ = Describe("Update session file: list",
	Behaviour("updatesession.file.list.ok", func(s *Spec) {
		s.Expect(s.ListFiles(s.UpdateSession(Active))).To(BeDocumented())
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
		s.Added(session, PushSpec(added))

		s.Expect(s.ListFiles(session)).To(HoldFile(added, Show("source_type", "PUSH")))
	}),

	Behaviour("updatesession.file.remove.not_listed", func(s *Spec) {
		item := s.OwnItem()
		file := s.FileOf(item)
		session := s.SessionOn(item, Update, Active)
		s.Step("remove the item's file")
		if removed := s.RemoveFile(session, file); !removed.Succeeded() {
			s.Block("updatesession.file.remove.ok", "no removed file to look for: remove answered %s%s", Answer(removed), Body(removed))
		}

		s.Step("list")
		s.Expect(s.ListFiles(session)).To(NotHoldFile(file))
	}),
)
