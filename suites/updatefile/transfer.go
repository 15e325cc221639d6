package updatefile

import (
	"fmt"
	"net/http"
	"slices"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// sent is what the behaviours of this file upload.
var sent = []byte("the content of a file that is checked on its way\n")

var _ = Describe("Update session file: transfer",
	Behaviour("updatesession.file.push.put", func(s *Spec) {
		session := s.UpdateSession(Active)
		reply := session.Files().Add(PushSpec(added))
		s.Expect(reply).To(Succeed())

		s.Step("PUT of the bytes to the upload endpoint")
		upload, infos := send(s, session, added, uploadURL(s, reply), sent)

		if !upload.Accepted {
			s.Fail(Expected("success for the PUT to the upload endpoint").Got("%s", upload).AboutExchange(upload.Exchange))
		}
		expectReady(s, "the file", upload, infos)
		s.Expect(last(infos)).To(ShowNumber("size", int64(len(sent))))
		s.Expect(last(infos)).To(ShowNumber("bytes_transferred", int64(len(sent))))
	}),

	// The status before complete is no evidence: the item is looked at, after it.
	Behaviour("updatesession.file.add.pull", func(s *Spec) {
		session := s.UpdateSession(Active)
		address := s.PullSource(sent)

		reply := session.Files().Add(PullSpec(added, address, len(sent)))

		s.Expect(reply).To(Show("source_type", "PULL"))
		s.Expect(reply).To(ShowEndpointAt("source_endpoint", address))
		s.Expect(reply).To(ShowNo("upload_endpoint"))
		if session.Item.Given {
			s.Observe("taken; not completed and read back, since the item is one that you named")
			return
		}
		expectPulled(s, session, address)
	}).Long(),

	Behaviour("updatesession.file.add.pull_no_size", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.BlankItem()))
		reply := session.Files().Add(PullSpec(added, s.PullSource(sent), 0).Without("size"))

		s.Step("complete")
		completed := session.Complete()
		if !reply.Succeeded() || !completed.Succeeded() {
			s.Observe("add was answered %s, complete %s", Answer(reply), Answer(completed))
			return
		}
		ended := session.Await(Done, Errored)
		s.Observe("add and complete succeed; then %s", pulledWithoutSize(s, session, ended))
	}).Long(),

	Behaviour("updatesession.file.add.pull_unreachable", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		before := sessions.ContentOf(s, session.Item)

		reply := session.Files().Add(PullSpec(added, s.PullNowhere(), len(sent)))

		if !reply.Succeeded() {
			// Who looks at the source at once may say so at once.
			s.Expect(reply).To(BeRejected())
			before.Stays(s)
			return
		}
		s.Step("complete, which may wait for the file")
		if completed := session.Complete(); completed.Succeeded() {
			s.Expect(session.Await(Done, Errored, Canceled)).To(HaveState(Errored))
		} else {
			s.Expect(completed).To(BeRejected())
		}
		before.Stays(s)
	}).Long(),

	Behaviour("updatesession.file.add.pull_trusted", func(s *Spec) {
		address, certificate := s.SecureSource(sent)
		s.Step("add a file by https, with the thumbprint of its source")
		pull := Trusting(PullSpec(added, address, len(sent)), thumbprint, certificate.Thumbprint)
		expectPulledTo(s, s.UpdateSession(Active, On(s.OwnItem())), pull, address)
	}).Long(),

	Behaviour("updatesession.file.add.pull_thumbprint", func(s *Spec) {
		address, certificate := s.SecureSource(sent)
		pull := PullSpec(added, address, len(sent))
		s.Step("control: add a file by https, with the thumbprint of its source")
		control := s.UpdateSession(Active, On(s.OwnItem()))
		reply, ended := pullTo(s, control, Trusting(pull, thumbprint, certificate.Thumbprint))
		if !InState(ended, Done) || !slices.Contains(s.Files(s.OwnItem()), added) {
			s.ExpectFetched(address)
			s.Skip("nothing is pulled by https at all, so nothing shows whom the target trusts: the last answer was %s", Answer(reply))
		}

		s.Step("delete, for the item to be free")
		control.Delete()
		s.Step("add another file by https, with another thumbprint")
		session := s.UpdateSession(Active, On(s.OwnItem()))
		pullTo(s, session, Trusting(pull.With("name", untrusted), thumbprint, noThumbprint))
		if files := s.Files(session.Item); slices.Contains(files, untrusted) {
			s.Fail(Expected("no file from a source that has another thumbprint").Got("it on the item").Unseen().
				Detail("the item holds %q", files))
		}
	}).Long(),

	Behaviour("updatesession.file.add.pull_certificate", func(s *Spec) {
		address, certificate := s.SecureSource(sent)
		s.Step("add a file by https, with the certificate of its source and another thumbprint")
		both := Trusting(PullSpec(added, address, len(sent)), thumbprint, noThumbprint)
		expectPulledTo(s, s.UpdateSession(Active, On(s.OwnItem())), Trusting(both, "ssl_certificate", certificate.PEM), address)
	}).Long(),

	Behaviour("updatesession.file.push.again", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		address := session.Files().Announce(PushSpec(added))
		s.Step("PUT of a part of the file")
		part := s.AskURL(address, wire.Request{Method: http.MethodPut, Body: sent[:4],
			Header: http.Header{"Content-Range": {fmt.Sprintf("bytes 0-3/%d", len(sent))}}})
		s.Step("PUT of the whole file")
		first := s.Upload(address, sent)
		s.Step("PUT of another file")
		second := s.Upload(address, otherBytes)
		s.Step("complete")
		completed := session.Complete()
		s.Step("PUT after complete")
		late := s.Upload(address, otherBytes)

		s.Observe("a part was answered %s, the whole %s, a second PUT %s, complete %s, and a PUT after it %s",
			part, first, second, Answer(completed), late)
	}),

	Behaviour("updatesession.file.push.size_mismatch", func(s *Spec) {
		arrive(s, "updatesession.file.push.put", PushSpec(added).With("size", len(sent)))
		before := sessions.ContentOf(s, s.OwnItem())
		neverArrives(s, before, "a size that is too large", PushSpec(added).With("size", len(sent)+1))
		neverArrives(s, before, "a size that is too small", PushSpec(added).With("size", len(sent)-1))
	}).Long(),

	Behaviour("updatesession.file.push.checksum_ok", func(s *Spec) {
		session, ready := s.UpdateSession(Active), false
		for _, algorithm := range algorithms(s) {
			name := "conformance-" + algorithm + ".bin"
			s.Step("add a file with its " + algorithm)
			reply := session.Files().Add(withChecksum(name, algorithm, Digest(algorithm, sent)))
			s.Expect(reply).To(Succeed())
			s.Step("upload the file with its " + algorithm)
			upload, infos := send(s, session, name, uploadURL(s, reply), sent)
			what := "a file with its right " + algorithm
			if ready {
				expectReady(s, what, upload, infos)
				continue
			}
			expectTaken(s, session, what, upload, infos)
			ready = FileStatus(last(infos)) == "READY"
		}
	}).Long(),

	Behaviour("updatesession.file.push.checksum_default", func(s *Spec) {
		session := s.UpdateSession(Active, On(s.OwnItem()))
		reply := session.Files().Add(withChecksum(added, "", Digest("SHA1", sent)))
		s.Expect(reply).To(Succeed())

		s.Step("upload the file with its SHA1, which the spec does not name as such")
		upload, infos := send(s, session, added, uploadURL(s, reply), sent)

		expectTaken(s, session, "a file with its SHA1, given without algorithm,", upload, infos)
		s.Step("cancel, for the item to be free")
		session.Cancel()
		before := sessions.ContentOf(s, s.OwnItem())
		neverArrives(s, before, "a wrong checksum without algorithm", withChecksum(added, "", Digest("SHA1", otherBytes)))
	}).Long(),

	Behaviour("updatesession.file.push.checksum_bad", func(s *Spec) {
		var right []wire.Object
		for _, algorithm := range algorithms(s) {
			right = append(right, withChecksum("conformance-"+algorithm+".bin", algorithm, Digest(algorithm, sent)))
		}
		arrive(s, "updatesession.file.push.checksum_ok", right...)
		before := sessions.ContentOf(s, s.OwnItem())
		for _, algorithm := range algorithms(s) {
			neverArrives(s, before, "a wrong "+algorithm, withChecksum(added, algorithm, Digest(algorithm, otherBytes)))
		}
	}).Long(),
)

// pulledWithoutSize says in words what became of the file.
func pulledWithoutSize(s *Spec, session *Session, ended Reply) string {
	if !InState(ended, Done) {
		return "the session is not DONE"
	}
	if !slices.Contains(s.Files(session.Item), added) {
		return "the session is DONE without the file"
	}
	return fmt.Sprintf("the session is DONE, and the item's file has %d of %d bytes",
		len(s.FileContent(session.Item, added)), len(sent))
}
