package updatefile

import (
	"bytes"
	"slices"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

// odd is a name that cannot stand in a path as it is.
const odd = "conformance #1 of 2.bin"

var _ = Describe("Update session file: get",
	// Of the item's own file or, where get knows none of these, of an added one:
	// which of them it knows are other behaviours.
	Behaviour("updatesession.file.get.ok", func(s *Spec) {
		session := s.UpdateSession(InUse)
		file := s.FileOf(session.Item)
		reply := session.Files().Get(file)

		if got, _ := reply.AsMembers(); !reply.Succeeded() || len(got) == 0 {
			session.Files().Announce(PushSpec(added))
			file = added
			s.Step("get of an added file")
			reply = session.Files().Get(file)
		}

		s.Expect(reply).To(BeDocumented())
		s.Expect(reply).To(Show("name", file))
	}),

	Behaviour("updatesession.file.get.unknown_id", func(s *Spec) {
		reply := s.Unknown(Update).Files().Get(noFile)

		s.Expect(reply).To(BeRefusedWith(NotFound))
	}),

	Behaviour("updatesession.file.get.unknown_file", func(s *Spec) {
		reply := s.UpdateSession(InUse).Files().Get(noFile)

		s.Expect(reply).To(BeRefusedWith(InvalidArgument))
	}),

	Behaviour("updatesession.file.get.existing", func(s *Spec) {
		session := s.UpdateSession(InUse)
		file := s.FileOf(session.Item)

		reply := session.Files().Get(file)

		s.Expect(reply).To(Show("name", file))
		s.Expect(reply).To(Show("source_type", "NONE"))
	}),

	Behaviour("updatesession.file.get.added", func(s *Spec) {
		session := s.UpdateSession(Active)
		session.Files().Announce(PushSpec(added))

		reply := session.Files().Get(added)

		s.Expect(reply).To(Show("name", added))
		s.Expect(reply).To(Show("source_type", "PUSH"))
		s.Expect(reply).To(ShowOneOf("status", "WAITING_FOR_TRANSFER", "TRANSFERRING", "READY", "VALIDATING", "ERROR"))
	}),

	Behaviour("updatesession.file.get.name_encoding", func(s *Spec) {
		session := s.UpdateSession(Active)
		address := session.Files().Announce(PushSpec(odd))

		s.Expect(session.Files().Get(odd)).To(Show("name", odd))

		if session.Item.Given {
			s.Observe("found; not completed and read back, since the item is one that you named")
			return
		}
		content := []byte("the file with the odd name\n")
		s.Step("upload the file")
		if upload, infos := send(s, session, odd, address, content); FileStatus(last(infos)) != "READY" {
			s.Block("updatesession.file.push.put", "no uploaded file to test with: PUT answered %s, the file is %s",
				upload, FileStatus(last(infos)))
		}
		expectOnItem(s, session, odd, content)
	}).Long(),

	Behaviour("updatesession.file.info.required", func(s *Spec) {
		session := s.UpdateSession(Active)
		for _, info := range uploadStory(s, session) {
			s.Expect(info).To(ShowEveryFileField(UpdateFile))
		}
		s.Step("list")
		s.Expect(session.Files().List()).To(HoldEach(ShowEveryFileField(UpdateFile)))
	}),

	Behaviour("updatesession.file.info.keep_in_storage", func(s *Spec) {
		item, descriptor := s.OVFItem(), sessions.Diskless()
		session := s.UpdateSession(Active, On(item))
		for _, file := range []File{sessions.ManifestOf(descriptor), descriptor} {
			session.Files().Push(file)
		}
		shown := session.Files().Get(sessions.Manifest)

		s.Step("complete")
		sessions.CompleteOVF(s, session)
		files := s.Files(item)
		if !slices.Contains(files, sessions.OVF) {
			s.Block("update_session.complete.item_updated", "no completed OVF to look at: the item holds %q", files)
		}
		s.Expect(shown).To(NotShowTrue("keep_in_storage"))
		if slices.Contains(files, sessions.Manifest) {
			s.Fail(Expected("the item to hold the descriptor alone").Got("%q", files))
		}
	}).Long(),

	Behaviour("updatesession.file.push.size_only_ready", func(s *Spec) {
		infos := uploadStory(s, s.UpdateSession(Active))
		if FileStatus(last(infos)) != "READY" {
			s.Skip("the file never came to READY, so there was no size to come too early")
		}
		s.ExpectOnlyIn(infos, "READY", "size", "the file was READY from the start, so no other status could show a size")
	}),

	Behaviour("updatesession.file.push.error_message", func(s *Spec) {
		session := s.UpdateSession(Active)
		address := session.Files().Announce(withChecksum(added, "SHA1", Digest("SHA1", otherBytes)))

		s.Step("upload bytes that do not have the checksum")
		upload, infos := send(s, session, added, address, []byte("bytes with another checksum\n"))

		failures := 0
		for _, info := range infos {
			if FileStatus(info) == "ERROR" {
				failures++
				s.Expect(info).To(ShowSome("error_message"))
			}
		}
		if failures == 0 {
			s.Skip("no file came to ERROR: the upload of bytes with a wrong checksum answered %s, and left the file %s",
				upload, FileStatus(last(infos)))
		}
	}),
)

// uploadStory takes a file, whose size is announced, through an upload and
// returns every info of it that was seen on the way.
func uploadStory(s *Spec, session *Session) []Reply {
	content := []byte("a file whose size is announced\n")
	s.Step("add a file and announce its size")
	reply := session.Files().Add(PushSpec(added).With("size", len(content)))
	if !reply.Succeeded() {
		s.Block("updatesession.file.add.ok", "no file to look at: add answered %s%s", Answer(reply), Body(reply))
	}
	s.Step("get before the upload")
	seen := []Reply{reply, session.Files().Get(added)}
	s.Step("upload the file")
	_, infos := send(s, session, added, uploadURL(s, reply), content)
	return append(seen, infos...)
}

// expectOnItem completes the session and reads the file through a download
// session, as every client would.
func expectOnItem(s *Spec, session *Session, name string, content []byte) {
	item := s.OwnItem()
	session.Reach(Done)
	expectContent(s, item, name, content)
}

// expectContent expects the item to hold the file with the content.
func expectContent(s *Spec, item Item, name string, content []byte) {
	if files := s.Files(item); !slices.Contains(files, name) {
		s.Fail(Expected("the item to hold the file %q after complete", name).Got("%q", files))
	}
	if got := s.FileContent(item, name); !bytes.Equal(got, content) {
		s.Fail(Expected("the item's file %q to hold the %d bytes that were sent last", name, len(content)).
			Got("%d bytes that differ", len(got)).Compare(string(content), string(got)))
	}
}
