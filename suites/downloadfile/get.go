package downloadfile

import (
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Download session file: get",
	Behaviour("downloadsession.file.get.ok", func(s *Spec) {
		session := s.DownloadSession(InUse)
		file := s.FileOf(session.Item)

		reply := session.Files().Get(file)

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(Show("name", file))
	}),

	Behaviour("downloadsession.file.get.unknown_id", func(s *Spec) {
		reply := s.Unknown(Download).Files().Get(noFile)

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("downloadsession.file.get.unknown_file", func(s *Spec) {
		reply := s.DownloadSession(InUse).Files().Get(noFile)

		s.Expect(reply).To(BeRefusedWith(InvalidArgument))
	}),

	Behaviour("downloadsession.file.get.name_required", func(s *Spec) {
		session := s.DownloadSession(InUse)

		s.Step("get without a file name")
		reply := session.Files().Use("get", wire.Object{})

		if s.Variant.Binding == wire.API {
			s.Observe("without file_name the URL is that of list; it answered %s", Answer(reply))
			return
		}
		s.Expect(reply).To(BeAnsweredWith(400))
		s.Step("get without any argument")
		s.Expect(session.Files().Use("get", nil)).To(BeAnsweredWith(400))
	}),

	Behaviour("downloadsession.file.info.required", func(s *Spec) {
		for _, info := range downloadStory(s) {
			s.Expect(info).To(ShowEveryFileField(DownloadFile))
		}

		s.Step("list, which shows the same fields")
		s.Expect(s.DownloadSession(Active).Files().List()).To(HoldEach(ShowEveryFileField(DownloadFile)))
	}),

	Behaviour("downloadsession.file.info.endpoint_only_prepared", func(s *Spec) {
		s.ExpectOnlyIn(downloadStory(s), "PREPARED", "download_endpoint",
			"the file was PREPARED from the start, so no other status could show an endpoint")
	}),

	Behaviour("downloadsession.file.info.error_only_on_error", func(s *Spec) {
		s.ExpectOnlyIn(downloadStory(s), "ERROR", "error_message",
			"the file was in ERROR all the time, so no other status could show an error_message")
	}),
)

// downloadStory takes the item's file through a download and returns every
// info of it that was seen on the way.
func downloadStory(s *Spec) []Reply {
	session := s.DownloadSession(Active)
	file := s.FileOf(session.Item)
	s.Step("get before any prepare")
	seen := []Reply{session.Files().Get(file)}
	s.Step("prepare")
	prepared := session.Files().Prepare(file)
	if !prepared.Succeeded() {
		s.Block("downloadsession.file.prepare.ok", "no prepared file to look at: prepare answered %s%s",
			Answer(prepared), Body(prepared))
	}
	s.Step("get until it is PREPARED")
	seen = append(append(seen, prepared), session.Files().Watch(file, "PREPARED", "ERROR")...)
	if address := Endpoint(seen[len(seen)-1], "download_endpoint"); address != "" {
		s.Step("download")
		s.Download(address)
		s.Step("get after the download")
		seen = append(seen, session.Files().Get(file))
	}
	return seen
}
