package updatefile

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// otherBytes are not what is sent: their digest is a wrong one.
var otherBytes = []byte("other bytes")

// withChecksum is the spec of a file whose checksum is announced.
func withChecksum(name, algorithm, checksum string) wire.Object {
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
		return upload, session.Files().Watch(name, "READY", "ERROR")
	}
	return upload, []Reply{session.Files().Get(name)}
}

// expectReady expects the file that was uploaded to be READY in the end.
func expectReady(s *Spec, what string, upload Transfer, infos []Reply) {
	if status := FileStatus(last(infos)); status != "READY" {
		s.Fail(Expected("%s to become READY", what).
			Got("%s, after a PUT that answered %s", status, upload).Of("status").About(last(infos)))
	}
}

// expectTaken expects that nothing was found wrong with what was uploaded. That
// files come to READY is push.put's matter: where they do not, complete tells.
func expectTaken(s *Spec, session *Session, what string, upload Transfer, infos []Reply) {
	switch status := FileStatus(last(infos)); {
	case status == "READY":
	case !upload.Accepted || status == "ERROR":
		expectReady(s, what, upload, infos)
	case session.Item.Given || s.OwnItem().By != string(s.Variant.Binding):
		s.Block("updatesession.file.push.put", "no received file to test with: its status is %s after an accepted PUT", status)
	}
}

// arrive is the control of neverArrives: the files with right values become
// READY; if one does not, the behaviour is blocked by the one that promises it.
func arrive(s *Spec, promise string, specs ...wire.Object) {
	session := s.UpdateSession(Active, On(s.OwnItem()))
	for _, spec := range specs {
		s.Step("control: add a file with right values")
		reply := session.Files().Add(spec)
		s.Step("control: upload it")
		if !reply.Succeeded() {
			s.Block(promise, "right values are not accepted either: add answered %s%s", Answer(reply), Body(reply))
		}
		name, _ := spec.Get("name")
		upload, infos := send(s, session, name.(string), uploadURL(s, reply), sent)
		status := FileStatus(last(infos))
		if !upload.Accepted || status == "ERROR" || status != "READY" && s.Item().By != string(s.Variant.Binding) {
			s.Block(promise, "right values are not accepted either: PUT answered %s, the file is %s", upload, status)
		}
	}
	s.Step("cancel, for the item to be free")
	session.Cancel()
}

// neverArrives expects that the content fails somewhere on its way to the item
// and that the item stays as it was before. Where it fails is not documented: the
// upload, the file's status, or complete.
func neverArrives(s *Spec, before sessions.Content, what string, spec wire.Object) {
	session := s.UpdateSession(Active, On(s.OwnItem()))
	s.Step("add a file with " + what)
	reply := session.Files().Add(spec)
	s.Expect(reply).To(Succeed())
	s.Step("upload the file with " + what)
	upload, infos := send(s, session, added, uploadURL(s, reply), sent)
	status := FileStatus(last(infos))

	s.Step("complete, with " + what)
	completed := session.Complete()
	state := reply
	if completed.Succeeded() {
		state = session.Await(Done, Errored)
	}

	refused := completed.Status >= 400 && completed.Status < 500
	if upload.Accepted && status != "ERROR" && !refused && !InState(state, Errored) {
		s.Fail(Expected("a file with %s to fail", what).
			Got("%s for the PUT, status %s, and complete answered %s", upload, status, Answer(completed)).Unseen().About(completed))
	}
	if InState(state, Done) {
		before.FilesStay(s)
		return
	}
	before.Stays(s)
	s.Step("cancel, for the item to be free")
	session.Cancel()
}
