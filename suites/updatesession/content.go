package updatesession

import (
	"slices"
	"time"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

// pushed is the file that the behaviours of this service upload.
var pushed = File{Name: "conformance-pushed.txt", Content: []byte("pushed by the conformance suite\n")}

// showBudget is how long an item may take to show what a DONE session did
// before complete is called broken, and not only its effect late.
const showBudget = 10 * time.Second

// withUpload arranges a session with an uploaded file that it can be completed
// with, on the item, which is the behaviour's to change.
func withUpload(s *Spec, item Item) *Session {
	session := s.UpdateSession(Active, On(item))
	session.Files().Push(pushed)
	settle(s, session)
	return session
}

// waitingBudget is how long a file may be WAITING_FOR_TRANSFER whose upload
// was accepted already. Then complete is tried all the same: a server that
// never shows READY may still have the file.
const waitingBudget = 5 * time.Second

// settle waits until the uploaded file is received.
func settle(s *Spec, session *Session) {
	defer s.Aside("arrange: get the file, until it is READY")()
	var status string
	s.PollFor("an uploaded file that is not WAITING_FOR_TRANSFER", waitingBudget, func() bool {
		status = FileStatus(session.Files().Get(pushed.Name))
		return status != "" && status != "WAITING_FOR_TRANSFER"
	})
	if status == "TRANSFERRING" || status == "VALIDATING" {
		status = session.Files().Await(pushed.Name, "READY", "ERROR")
	}
	if status == "ERROR" {
		s.Block("updatesession.file.push.put", "no uploaded file to test with: its status is ERROR after an accepted PUT")
	}
}

// refusedIn returns the body of a behaviour in which what decides about an
// item is refused for a session in the state: it neither applies what the
// session has brought, nor takes it back.
func refusedIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := withChange(s, state)
		before := sessions.ContentOf(s, session.Item)

		sessions.ExpectRefused(s, session, state)

		before.Stays(s)
	}
}

// withChange arranges a session in the state that has brought a file to its
// item, or to which one was uploaded.
func withChange(s *Spec, state State) *Session {
	return s.Arranged(Update, state+", with a change", func() *Session { return change(s, state) })
}

// change makes such a session. One without a file is enough where the item is not
// the run's to change, or takes none.
func change(s *Spec, state State) *Session {
	session := s.UpdateSession(Active)
	hasFile := !session.Item.Given && offer(s, session)
	switch {
	case hasFile && state == Done:
		settle(s, session)
	case !hasFile && !session.Item.Given:
		defer s.Aside("arrange: fail, to begin again without a file")()
		session.Fail("to begin again without a file")
		session = s.UpdateSession(Active)
	}
	session.Reach(state)
	if hasFile && state == Done {
		defer s.Aside("arrange: the item's files, until they hold the new one")()
		awaitFile(s, session.Item)
	}
	return session
}

// offer uploads the file and says whether the target took it. A wrong server may
// bring it to the item, which so must be the behaviour's to change.
func offer(s *Spec, session *Session) bool {
	s.OwnItem()
	return session.Files().Offer(pushed)
}

// awaitFile waits until the item holds the pushed file, and returns what it holds
// then, or when the wait was over.
func awaitFile(s *Spec, item Item) (files []string) {
	s.Poll(showBudget, func() bool {
		files = s.Files(item)
		return slices.Contains(files, pushed.Name)
	})
	return files
}

// expectFile breaks the behaviour unless the item's files are the pushed one and
// that which the session did not touch.
func expectFile(s *Spec, item Item, files []string) {
	if !slices.Contains(files, pushed.Name) {
		s.Fail(Expected("the item to hold the completed file %q", pushed.Name).Got("%q", files))
	}
	if item.File != "" && !slices.Contains(files, item.File) {
		s.Fail(Expected("the item to keep the file %q, which the session did not change", item.File).Got("%q", files))
	}
}

// mustBeBusy skips the behaviour where the item takes another session though it
// has one: then nothing can be seen to become free.
func mustBeBusy(s *Spec, item Item) {
	defer s.Aside("control: no second session on the item")()
	if reply := s.Create(Update, CreateFor(item)); reply.Succeeded() {
		s.Skip("the item is never busy, so it cannot be seen to be free: a second create answered %s", Answer(reply))
	}
}

// expectAnother breaks the behaviour unless the item takes a new update session.
func expectAnother(s *Spec, item Item) {
	s.Step("a new session on the item")
	reply := s.Create(Update, CreateFor(item))
	s.Expect(reply).To(Succeed())
	s.Expect(s.Made(reply).Get()).To(HaveState(Active))
}
