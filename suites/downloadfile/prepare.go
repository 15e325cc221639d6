package downloadfile

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session file: prepare",
	Behaviour("downloadsession.file.prepare.ok", func(s *Spec) {
		session := s.DownloadSession(InUse)
		file := s.FileOf(session.Item)

		reply := session.Files().Prepare(file)

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(Show("name", file))
	}),

	Behaviour("downloadsession.file.prepare.unknown_id", func(s *Spec) {
		reply := s.Unknown(Download).Files().Prepare(noFile)

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("downloadsession.file.prepare.unknown_file", func(s *Spec) {
		session := s.DownloadSession(InUse)

		reply := session.Files().Prepare(noFile)

		s.Expect(reply).To(BeRefusedWith(InvalidArgument))
		s.Expect(session.Files().List()).To(NotHoldFile(noFile))
	}),

	Behaviour("downloadsession.file.prepare.reaches_prepared", func(s *Spec) {
		session := s.DownloadSession(Active)
		file := s.FileOf(session.Item)

		s.Expect(session.Files().Prepare(file)).To(Succeed())

		s.Step("get until it is PREPARED")
		seen := session.Files().Watch(file, "PREPARED", "ERROR")
		last := seen[len(seen)-1]
		s.Expect(last).To(Show("status", "PREPARED"))
		s.Expect(last).To(ShowEndpoint("download_endpoint"))
	}),

	Behaviour("downloadsession.file.prepare.default_https", func(s *Spec) {
		address := s.DownloadSession(Active).DownloadURL()

		parsed, err := url.Parse(address)
		if err != nil || !slices.Contains([]string{"http", "https"}, parsed.Scheme) {
			s.Fail(Expected("an http or https URL where no endpoint type was asked for").
				Got("another address").Detail("it was %q", address))
		}
	}),

	Behaviour("downloadsession.file.prepare.direct_no_priv", func(s *Spec) {
		session := s.SessionOfOther(Download)
		file := s.FileOf(session.Item)

		s.Step("prepare with endpoint_type DIRECT, as the second account")
		reply := sessions.PrepareDirect(s, session, file)
		s.Step("get, which must show no endpoint")
		after := session.Files().Get(file, As(s.Other()))
		s.Step("control: the second account prepares without DIRECT")
		control := session.Files().Prepare(file, As(s.Other()))

		if !control.Succeeded() {
			s.Skip("the second account may not prepare this file at all, so the refusal says nothing about DIRECT")
		}
		sessions.SkipIfStorageIsOpen(s, reply.Succeeded(), func() Reply {
			return sessions.PullFromStorage(s, s.SessionOfOther(Update))
		})
		s.Expect(reply).To(BeRefusedWith(Unauthorized))
		s.Expect(after).To(ShowNo("download_endpoint"))
	}),

	Behaviour("downloadsession.file.prepare.bad_endpoint_type", func(s *Spec) {
		session := s.DownloadSession(Active)

		reply := session.Files().Use("prepare", FileName(s.FileOf(session.Item)).With("endpoint_type", "FTP"))

		s.Observe("prepare with endpoint_type FTP answered %s", Answer(reply))
	}),

	Behaviour("downloadsession.file.prepare.repeat", func(s *Spec) {
		session := s.DownloadSession(Active)
		first := session.DownloadURL()

		s.Step("the second prepare")
		reply := session.Files().Prepare(s.FileOf(session.Item))

		again := "without an address"
		switch Endpoint(reply, "download_endpoint") {
		case "":
		case first:
			again = "with the same address"
		default:
			again = "with another address"
		}
		s.Observe("a second prepare answered %s, %s", Answer(reply), again)
	}),

	Behaviour("downloadsession.file.any.terminal_session", func(s *Spec) {
		var seen []string
		for _, state := range []State{Canceled, Errored} {
			session := s.DownloadSession(state)
			file := s.FileOf(session.Item)
			seen = append(seen, fmt.Sprintf("in %s list answered %s, get %s, prepare %s", state,
				Answer(session.Files().List()), Answer(session.Files().Get(file)), Answer(session.Files().Prepare(file))))
		}
		s.Observe("%s", strings.Join(seen, "; "))
	}),
)
