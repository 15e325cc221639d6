package sessions

import (
	. "session-conformance/suites/internal/spec"
)

// DeleteRemovesSession: delete removes a session that is over.
func DeleteRemovesSession(s *Spec) {
	session := s.Session(Ended)

	reply := session.Delete()

	s.Expect(reply).To(BeDocumented())
	s.Expect(session.Get()).To(BeGone())
}

// GetFindsNoDeleted: what was deleted is not known any more.
func GetFindsNoDeleted(s *Spec) {
	session := s.Session(Ended)

	s.Expect(session.Delete()).To(Succeed())

	s.Expect(session.Get()).To(BeGone())
}

// DeleteFindsNoDeleted: the second delete finds nothing.
func DeleteFindsNoDeleted(s *Spec) {
	session := s.Session(Ended)
	s.Expect(session.Delete()).To(Succeed())

	s.Step("the second delete")
	reply := session.Delete()

	s.Expect(reply).To(BeRefusedWith(NotFound))
}

// DeletesCanceled: a canceled update session can be deleted; where cancel has
// done so, as documents of 6.0 and 6.5 say, it is not found.
func DeletesCanceled(s *Spec) {
	session := s.CanceledUpdate()

	reply := session.Delete()

	if session.Gone {
		s.Expect(reply).To(BeRefusedWith(NotFound))
		return
	}
	s.Expect(reply).To(Succeed())
	s.Expect(session.Get()).To(BeGone())
}

// DeletesIn returns the body of a behaviour in which a session in the state
// can be deleted.
func DeletesIn(state State) func(*Spec) {
	return func(s *Spec) {
		session := s.Session(state)

		s.Expect(session.Delete()).To(Succeed())

		s.Expect(session.Get()).To(BeGone())
	}
}

// NothingFindsDeleted: no operation knows what was deleted; get and a second
// delete are other behaviours.
func NothingFindsDeleted(s *Spec) {
	session := s.Session(Ended)
	s.Step("control: get before the delete")
	if before := session.Get(); !before.Succeeded() {
		s.Block(s.Service()+".get.ok", "no session that could be deleted: get answered %s", Answer(before))
	}
	s.Step("delete")
	if reply := session.Delete(); !reply.Succeeded() {
		s.Block(s.Service()+".delete.ok", "no deleted session to test with: delete answered %s", Answer(reply))
	}

	for _, call := range everyUse(session) {
		s.Step(call.Operation + " of the deleted session")
		s.Expect(s.Send(call)).To(BeRefusedWith(NotFound))
	}
}

// everyUse are the operations on a session and its files, but for get and
// delete, as they would be right for an ACTIVE one.
func everyUse(session *Session) []Call {
	files, file := session.Files(), "conformance.txt"
	calls := []Call{
		session.Call("keep_alive", Progress(10).Argument(session.Service)),
		session.Call("cancel", nil),
		session.Call("fail", ClientError(clientMessage)),
		files.Call("list", nil),
		files.Call("get", FileName(file)),
	}
	if session.Service == Download {
		return append(calls, files.Call("prepare", FileName(file)))
	}
	return append(calls, session.Call("complete", nil), files.Call("add", OneSpec("file_spec", PushSpec(file))),
		files.Call("remove", FileName(file)), files.Call("validate", nil))
}
