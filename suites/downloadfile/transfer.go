package downloadfile

import (
	"bytes"
	"net/http"
	"time"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// noticeBudget is how long a right server may take to note that the last byte
// was fetched; the documents set no limit.
const noticeBudget = 10 * time.Second

var _ = Describe("Download session file: transfer",
	Behaviour("downloadsession.file.transfer.get_bytes", func(s *Spec) {
		session := s.DownloadSession(InUse)
		address := session.DownloadURL()

		s.Step("GET of the download URL, without any header")
		download := s.DownloadBare(address)

		expectWhole(s, session, download)
		if !download.Accepted {
			s.Fail(Expected("the download URL to serve the file to whoever has it").
				Got("%s", download).AboutExchange(download.Exchange))
		}
		if session.Item.Given {
			compareWithInfo(s, session, download.Answer)
			return
		}
		if want := session.Item.Content; !bytes.Equal(download.Answer, want) {
			s.Fail(Expected("the %d bytes that were uploaded", len(want)).Got("%d bytes that differ", len(download.Answer)).
				Compare(string(want), string(download.Answer)).AboutExchange(download.Exchange))
		}
	}),

	Behaviour("downloadsession.file.transfer.other_requests", func(s *Spec) {
		address := s.DownloadSession(Active).DownloadURL()
		s.Step("HEAD")
		head := s.AskURL(address, wire.Request{Method: http.MethodHead})
		s.Step("GET of the first four bytes")
		part := s.AskURL(address, wire.Request{Method: http.MethodGet, Header: http.Header{"Range": {"bytes=0-3"}}})

		s.Observe("HEAD was answered %s, GET of the first four bytes %s", head, part)
	}),

	Behaviour("downloadsession.file.transfer.size", func(s *Spec) {
		session := s.DownloadSession(InUse)
		content := contentOf(s, session)

		s.Step("get, until it shows a size")
		reply := infoWith(s, session, "size")

		s.Expect(reply).To(ShowNumber("size", int64(len(content))))
	}),

	Behaviour("downloadsession.file.transfer.checksum_not_before", func(s *Spec) {
		session := s.DownloadSession(Active)
		file := s.FileOf(session.Item)
		s.Step("get before any prepare")
		s.Expect(session.Files().Get(file)).To(ShowNo("checksum_info"))

		address := session.DownloadURL()

		s.Step("get, with the file ready for download")
		s.Expect(session.Files().Get(file)).To(ShowNo("checksum_info"))
		s.Step("control: get after the download shows one")
		s.Download(address)
		if info, _ := infoWith(s, session, "checksum_info").AsMembers(); !info.Has("checksum_info") {
			s.Skip("no checksum_info is shown after the download either, so none could come too early")
		}
	}),

	Behaviour("downloadsession.file.transfer.checksum", func(s *Spec) {
		session := s.DownloadSession(Active)
		content := contentOf(s, session)

		s.Step("get, until it shows a size: then the download is complete")
		reply := infoWith(s, session, "size")

		s.Expect(reply).To(FitChecksum(content))
		if info, _ := reply.AsMembers(); !info.Has("checksum_info") {
			s.Skip("no checksum_info was shown after the download")
		}
	}),
)

// contentOf downloads the item's file whole.
func contentOf(s *Spec, session *Session) []byte {
	address := session.DownloadURL()
	s.Step("download the file")
	download := s.Download(address)
	expectWhole(s, session, download)
	if !download.Accepted {
		s.Block("downloadsession.file.transfer.get_bytes", "no complete download to test with: the URL answered %s", download)
	}
	return download.Answer
}

// expectWhole skips the behaviour where the file is one of the user's that is longer
// than what a transcript holds.
func expectWhole(s *Spec, session *Session, download Transfer) {
	if download.Truncated && session.Item.Given {
		s.Skip("needs a file of less than 1 MiB to download whole; the one of the item that you named is longer")
	}
}

// infoWith gets the item's file until its info has the field.
func infoWith(s *Spec, session *Session, field string) Reply {
	var reply Reply
	s.PollFor(field+" of a downloaded file", noticeBudget, func() bool {
		reply = session.Files().Get(s.FileOf(session.Item))
		info, problem := reply.AsMembers()
		return problem != "" || info.Has(field)
	})
	return reply
}

// compareWithInfo compares bytes of which only the target knows what they
// should be with what it says about them, if it does.
func compareWithInfo(s *Spec, session *Session, content []byte) {
	s.Step("get, for size and checksum")
	reply := infoWith(s, session, "size")
	s.Expect(reply).To(FitChecksum(content))
	if info, _ := reply.AsMembers(); info.Has("size") {
		s.Expect(reply).To(ShowNumber("size", int64(len(content))))
	}
}
