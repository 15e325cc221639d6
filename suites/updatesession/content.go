package updatesession

import (
	"slices"
	"time"

	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

// pushed is the file that the behaviours of this service upload, with content.
const pushed = "conformance-pushed.txt"

var content = []byte("pushed by the conformance suite\n")

// showBudget is how long an item may take to show what a DONE session did
// before complete is called broken, and not only its effect late.
const showBudget = 10 * time.Second

// uploaded arranges a file whose upload was accepted. Whether get shows it
// READY is another behaviour's matter: nothing that is not completed may depend
// on it.
func uploaded(s *Spec, session *Session, name string) {
	address := s.Added(session, PushSpec(name))
	defer s.Step("")
	s.Step("arrange: upload the file")
	if upload := s.Upload(address, content); !upload.Accepted {
		s.Block("updatesession.file.push.put", "no uploaded file to test with: PUT answered %s", upload)
	}
}

// sent adds a file and uploads it, and says whether the target took it.
func sent(s *Spec, session *Session, name string) bool {
	defer s.Step("")
	s.Step("arrange: add a file and upload it")
	address := Endpoint(s.AddFile(session, PushSpec(name)), "upload_endpoint")
	return address != "" && s.Upload(address, content).Accepted
}

// withPush arranges a session with a file that the target has received, on an
// item that is the behaviour's to change.
func withPush(s *Spec) *Session {
	session := s.SessionOn(s.OwnItem(), Update, Active)
	uploaded(s, session, pushed)
	settled(s, session)
	return session
}

// waitingBudget is how long a file may be WAITING_FOR_TRANSFER whose upload
// was accepted already. Then complete is tried all the same: a server that
// never shows READY may still have the file.
const waitingBudget = 5 * time.Second

// settled waits until the uploaded file is received.
func settled(s *Spec, session *Session) {
	defer s.Step("")
	s.Step("arrange: get the file, until it is READY")
	var status string
	s.Poll(waitingBudget, func() bool {
		status = FileStatus(s.GetFile(session, pushed))
		return status != "" && status != "WAITING_FOR_TRANSFER"
	})
	if status == "TRANSFERRING" || status == "VALIDATING" {
		status = s.AwaitFile(session, pushed, "READY", "ERROR")
	}
	if status == "ERROR" {
		s.Block("updatesession.file.push.put", "no uploaded file to test with: its status is ERROR after an accepted PUT")
	}
}

// contentOf is session.ContentOf, for bodies in which a session has that name.
func contentOf(s *Spec, item Item) session.Content { return session.ContentOf(s, item) }

// expectFile breaks the behaviour unless the item holds the pushed file now,
// beside the one that the session did not touch.
func expectFile(s *Spec, item Item) {
	files := s.Files(item)
	if !slices.Contains(files, pushed) {
		s.Fail("expected the item to hold the completed file %q, got %q", pushed, files)
	}
	if item.File != "" && !slices.Contains(files, item.File) {
		s.Fail("expected the item to keep the file %q, which the session did not change, got %q", item.File, files)
	}
}

// opensAnother breaks the behaviour unless the item takes a new update session.
func opensAnother(s *Spec, ended *Session) {
	s.Step("a new session on the item")
	reply := s.Create(Update, CreateFor(ended.Item))
	s.Expect(reply).To(Succeed())
	s.Expect(s.Get(s.Made(reply))).To(HaveState(Active))
}
