package updatefile

import (
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// expectPulled completes the session and expects the pulled file on the item. A
// target that could not even ask for it is not judged.
func expectPulled(s *Spec, session *Session, address string) {
	s.FileOf(s.OwnItem()) // without a file on it, complete does not work for anyone
	expectDone(s, session, address)
	expectContent(s, session.Item, added, sent)
}

// expectDone completes the session with a file that is pulled from the address.
func expectDone(s *Spec, session *Session, address string) {
	completed, ended := complete(s, session)
	if !InState(ended, Done) {
		s.ExpectFetched(address)
	}
	s.Expect(completed).To(Succeed())
	s.Expect(ended).To(HaveState(Done))
}

// complete completes the session and waits for its end.
func complete(s *Spec, session *Session) (completed, ended Reply) {
	s.Step("complete, which may wait for the file")
	if completed = session.Complete(); completed.Succeeded() {
		ended = session.Await(Done, Errored, Canceled)
	}
	return completed, ended
}

// The member of a source endpoint that names the SHA-1 of its certificate, one
// that no certificate has, and a file that it keeps away.
const (
	thumbprint   = "ssl_certificate_thumbprint"
	noThumbprint = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33"
	untrusted    = "conformance-untrusted.bin"
)

// pullTo adds a file to be pulled, completes the session and waits for its end;
// the first answer is that of what was refused.
func pullTo(s *Spec, session *Session, pull wire.Object) (answer, ended Reply) {
	if answer = session.Files().Add(pull); !answer.Succeeded() {
		return answer, ended
	}
	return complete(s, session)
}

// expectPulledTo expects a file that is pulled by https to come to the item.
func expectPulledTo(s *Spec, session *Session, pull wire.Object, address string) {
	reply := session.Files().Add(pull)
	if !reply.Succeeded() {
		s.ExpectFetched(address)
	}
	s.Expect(reply).To(Succeed())
	expectDone(s, session, address)
	if files := s.Files(session.Item); !slices.Contains(files, added) {
		s.Fail(Expected("the item to hold the pulled file %q", added).Got("%q", files))
	}
}
