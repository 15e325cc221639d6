// Package downloadfile is the specs of the service downloadsession.file, a
// file for each page of its documentation, and one for the transfer itself.
package downloadfile

import (
	. "session-conformance/suites/internal/spec"
)

// noFile is a name that no item has.
const noFile = "conformance-no-such-file.bin"

var _ = Describe("Download session file: list",
	Behaviour("downloadsession.file.list.ok", func(s *Spec) {
		session := s.DownloadSession(InUse)

		reply := session.Files().List()

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(HoldFile(s.FileOf(session.Item)))
	}),

	Behaviour("downloadsession.file.list.unknown_id", func(s *Spec) {
		reply := s.Unknown(Download).Files().List()

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("downloadsession.file.list.all_files", func(s *Spec) {
		item := s.Item()
		if !item.Given {
			addSecondFile(s)
		}
		session := s.DownloadSession(Active, On(item))

		reply := session.Files().List()

		s.Expect(reply).To(HoldFiles(s.Files(item)...))
	}).Long(),

	Behaviour("downloadsession.file.list.initial", func(s *Spec) {
		session := s.DownloadSession(Active)
		file := s.FileOf(session.Item)

		reply := session.Files().List()

		s.Expect(reply).To(HoldFile(file))
		s.Expect(reply).To(HoldEach(Show("status", "UNPREPARED"), ShowNo("download_endpoint")))
	}),
)

// addSecondFile gives the behaviour's item a second file, since one alone
// cannot show that all are listed.
func addSecondFile(s *Spec) {
	second := File{Name: "conformance-second.txt", Content: []byte("the second file of the item\n")}
	s.UpdateSession(Done, On(s.OwnItem()), With(second))
}
