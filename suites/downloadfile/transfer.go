package downloadfile

import (
	"bytes"
	"time"

	. "session-conformance/suites/internal/spec"
)

// noticeBudget is how long a right server may take to note that the last byte
// was fetched; the documents set no limit.
const noticeBudget = 10 * time.Second

var _ = Describe("Download session file: transfer",
	Behaviour("downloadsession.file.transfer.get_bytes", func(s *Spec) {
		session := s.DownloadSession(Active)
		address := s.PreparedURL(session)

		s.Step("GET of the download URL, without any header")
		download := s.DownloadBare(address)

		whole(s, session, download)
		if !download.Accepted {
			s.Fail("expected the download URL to serve the file to whoever has it, got %s", download)
		}
		if session.Item.Given {
			compareWithInfo(s, session, download.Answer)
			return
		}
		if want := session.Item.Content; !bytes.Equal(download.Answer, want) {
			s.Fail("expected the %d bytes that were uploaded, got %d bytes that differ\nwant %.80q, got %.80q",
				len(want), len(download.Answer), want, download.Answer)
		}
	}),

	Behaviour("downloadsession.file.transfer.size", func(s *Spec) {
		session := s.DownloadSession(Active)
		content := downloaded(s, session)

		s.Step("get, until it shows a size")
		reply := infoWith(s, session, "size")

		s.Expect(reply).To(ShowNumber("size", int64(len(content))))
	}),

	Behaviour("downloadsession.file.transfer.checksum", func(s *Spec) {
		session := s.DownloadSession(Active)
		content := downloaded(s, session)

		s.Step("get, until it shows a size: then the download is complete")
		reply := infoWith(s, session, "size")

		s.Expect(reply).To(FitChecksum(content))
		if info, _ := reply.AsMembers(); !info.Has("checksum_info") {
			s.Observe("no checksum_info was shown after the download")
		}
	}),
)

// downloaded downloads the item's file whole.
func downloaded(s *Spec, session *Session) []byte {
	address := s.PreparedURL(session)
	s.Step("download the file")
	download := s.Download(address)
	whole(s, session, download)
	if !download.Accepted {
		s.Block("downloadsession.file.transfer.get_bytes", "no complete download to test with: the URL answered %s", download)
	}
	return download.Answer
}

// whole skips the behaviour where the file is one of the user's that is longer
// than what a transcript holds.
func whole(s *Spec, session *Session, download Transfer) {
	if download.Truncated && session.Item.Given {
		s.Skip("needs a file of less than 1 MiB to download whole; the one of the item that you named is longer")
	}
}

// infoWith gets the item's file until its info has the field.
func infoWith(s *Spec, session *Session, field string) Reply {
	var reply Reply
	s.Poll(noticeBudget, func() bool {
		reply = s.GetFile(session, s.FileOf(session.Item))
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
