package updatefile

import (
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// sent is what the behaviours of this file upload.
var sent = []byte("the content of a file that is checked on its way\n")

var _ = Describe("Update session file: transfer",
	Behaviour("updatesession.file.push.put", func(s *Spec) {
		session := s.UpdateSession(Active)
		reply := s.AddFile(session, PushSpec(added))
		s.Expect(reply).To(Succeed())

		s.Step("PUT of the bytes to the upload endpoint")
		upload, infos := send(s, session, added, uploadURL(s, reply), sent)

		if !upload.Accepted {
			s.Fail("expected success for the PUT to the upload endpoint, got %s", upload)
		}
		expectReady(s, "the file", upload, infos)
		s.Expect(last(infos)).To(ShowNumber("size", int64(len(sent))))
		s.Expect(last(infos)).To(ShowNumber("bytes_transferred", int64(len(sent))))
	}),

	Behaviour("updatesession.file.add.pull", func(s *Spec) {
		session := s.UpdateSession(Active)
		address := s.PullSource(sent)

		reply := s.AddFile(session, PullSpec(added, address))

		s.Expect(reply).To(Show("source_type", "PULL"))
		s.Expect(reply).To(ShowEndpointAt("source_endpoint", address))
		s.Expect(reply).To(ShowNo("upload_endpoint"))
		s.Step("get, until it is fetched")
		info := last(s.WatchFile(session, added, "READY", "ERROR"))
		if ready, _ := Show("status", "READY").Match(info); !ready {
			s.ExpectFetched(address)
		}
		s.Expect(info).To(Show("status", "READY"))
		if session.Item.Given {
			s.Observe("READY; not completed and read back, since the item is one that you named")
			return
		}
		expectOnItem(s, session, added, sent)
	}).Long(),

	Behaviour("updatesession.file.add.pull_unreachable", func(s *Spec) {
		session := s.UpdateSession(Active)
		files, version := s.Files(session.Item), s.ContentVersion(session.Item)

		s.Expect(s.AddFile(session, PullSpec(added, s.PullNowhere()))).To(Succeed())

		s.Step("get, until the transfer has failed")
		info := last(s.WatchFile(session, added, "READY", "ERROR"))
		s.Expect(info).To(Show("status", "ERROR"))
		s.Expect(info).To(ShowSome("error_message"))
		expectUnchanged(s, session, files, version)
	}),

	Behaviour("updatesession.file.push.size_mismatch", func(s *Spec) {
		arrives(s, "updatesession.file.push.put", PushSpec(added).With("size", len(sent)))
		neverArrives(s, "a size that is too large", PushSpec(added).With("size", len(sent)+1))
		neverArrives(s, "a size that is too small", PushSpec(added).With("size", len(sent)-1))
	}).Long(),

	Behaviour("updatesession.file.push.checksum_ok", func(s *Spec) {
		session := s.UpdateSession(Active)
		for _, algorithm := range algorithms(s) {
			name := "conformance-" + algorithm + ".bin"
			s.Step("add a file with its " + algorithm)
			reply := s.AddFile(session, checked(name, algorithm, Digest(algorithm, sent)))
			s.Expect(reply).To(Succeed())
			s.Step("upload the file with its " + algorithm)
			upload, infos := send(s, session, name, uploadURL(s, reply), sent)
			expectReady(s, "a file with its right "+algorithm, upload, infos)
		}
	}).Long(),

	Behaviour("updatesession.file.push.checksum_default", func(s *Spec) {
		session := s.SessionOn(s.OwnItem(), Update, Active)
		reply := s.AddFile(session, checked(added, "", Digest("SHA1", sent)))
		s.Expect(reply).To(Succeed())

		s.Step("upload the file with its SHA1, which the spec does not name as such")
		upload, infos := send(s, session, added, uploadURL(s, reply), sent)

		expectReady(s, "a file with its SHA1, given without algorithm,", upload, infos)
		s.Step("cancel, for the item to be free")
		s.Cancel(session)
		neverArrives(s, "a wrong checksum without algorithm", checked(added, "", Digest("SHA1", otherBytes)))
	}).Long(),

	Behaviour("updatesession.file.push.checksum_bad", func(s *Spec) {
		for _, algorithm := range algorithms(s) {
			arrives(s, "updatesession.file.push.checksum_ok", checked(added, algorithm, Digest(algorithm, sent)))
			neverArrives(s, "a wrong "+algorithm, checked(added, algorithm, Digest(algorithm, otherBytes)))
		}
	}).Long(),
)

// otherBytes are not what is sent: their digest is a wrong one.
var otherBytes = []byte("other bytes")

// checked is the spec of a file whose checksum is announced.
func checked(name, algorithm, checksum string) wire.Object {
	info := wire.Object{{Name: "checksum", Value: checksum}}
	if algorithm != "" {
		info = info.With("algorithm", algorithm)
	}
	return PushSpec(name).With("checksum_info", info)
}

// algorithms are those that the documents of every release name which the
// target may be of; the legacy pages are of 6.0.
func algorithms(s *Spec) []string {
	if s.Variant.Binding != wire.Legacy && s.Since("6.7u1") {
		return []string{"SHA1", "MD5", "SHA256", "SHA512"}
	}
	return []string{"SHA1", "MD5"}
}

func last(replies []Reply) Reply { return replies[len(replies)-1] }

// uploadURL is where the answer to add wants the bytes.
func uploadURL(s *Spec, reply Reply) string {
	address := Endpoint(reply, "upload_endpoint")
	if address == "" {
		s.Block("updatesession.file.add.push", "nowhere to send the bytes to: add answered %s%s", Answer(reply), Body(reply))
	}
	return address
}

// send uploads the content and returns the file's infos until it is settled; a
// file whose upload was refused may never be.
func send(s *Spec, session *Session, name, address string, content []byte) (Transfer, []Reply) {
	upload := s.Upload(address, content)
	if upload.Accepted {
		return upload, s.WatchFile(session, name, "READY", "ERROR")
	}
	return upload, []Reply{s.GetFile(session, name)}
}

// expectReady expects the file that was uploaded to be READY in the end.
func expectReady(s *Spec, what string, upload Transfer, infos []Reply) {
	if status := FileStatus(last(infos)); status != "READY" {
		s.Fail("expected %s to become READY, got %s, after a PUT that answered %s%s", what, status, upload, Body(last(infos)))
	}
}

// arrives is the control of neverArrives: the file with right values becomes
// READY; if not, the behaviour is blocked by the one that promises it.
func arrives(s *Spec, promise string, spec wire.Object) {
	session := s.SessionOn(s.OwnItem(), Update, Active)
	s.Step("control: add the file with right values")
	reply := s.AddFile(session, spec)
	s.Step("control: upload it")
	if !reply.Succeeded() {
		s.Block(promise, "right values are not accepted either: add answered %s%s", Answer(reply), Body(reply))
	}
	upload, infos := send(s, session, added, uploadURL(s, reply), sent)
	if status := FileStatus(last(infos)); status != "READY" {
		s.Block(promise, "right values are not accepted either: PUT answered %s, the file is %s", upload, status)
	}
	s.Step("cancel, for the item to be free")
	s.Cancel(session)
}

// neverArrives expects that the content fails somewhere on its way to the item
// and that the item stays as it was. Where it fails is not documented: the
// upload, the file's status, or complete.
func neverArrives(s *Spec, what string, spec wire.Object) {
	session := s.SessionOn(s.OwnItem(), Update, Active)
	files, version := s.Files(session.Item), s.ContentVersion(session.Item)
	s.Step("add a file with " + what)
	reply := s.AddFile(session, spec)
	s.Expect(reply).To(Succeed())
	s.Step("upload the file with " + what)
	upload, infos := send(s, session, added, uploadURL(s, reply), sent)
	status := FileStatus(last(infos))

	s.Step("complete, with " + what)
	completed := s.Complete(session)
	state := reply
	if completed.Succeeded() {
		state = s.AwaitState(session, Done, Errored)
	}

	refused := completed.Status >= 400 && completed.Status < 500
	if upload.Accepted && status != "ERROR" && !refused && !InState(state, Errored) {
		s.Fail("expected a file with %s to fail, got %s for the PUT, status %s, and complete answered %s", what, upload, status, Answer(completed))
	}
	if InState(state, Done) {
		expectFiles(s, session, files)
		return
	}
	expectUnchanged(s, session, files, version)
	s.Step("cancel, for the item to be free")
	s.Cancel(session)
}

// expectUnchanged expects the item as it was: its files and content_version.
func expectUnchanged(s *Spec, session *Session, files []string, version string) {
	expectFiles(s, session, files)
	if now := s.ContentVersion(session.Item); now != version {
		s.Fail("expected the item's content_version to stay, got another one\nwant %q, got %q", version, now)
	}
}
