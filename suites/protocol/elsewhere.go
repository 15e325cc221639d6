package protocol

import (
	"net/http"
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// elsewhere is another binding than the behaviour's own: what is done by the one
// shows in the other.
type elsewhere struct {
	*Spec
	variant wire.Variant
}

// does uses an operation there, which has to know what was made here. Whether it
// works at all is for its own behaviour.
func (e elsewhere) does(call Call) Reply {
	reply := e.finds(call)
	if !reply.Succeeded() {
		e.Block(call.Operation+".ok", "nothing to compare: %s answered %s in %s", call.Operation, Answer(reply), e.variant.Binding)
	}
	return reply
}

// finds uses an operation there that may be refused, as the removal of a file
// that was only just added, but not since it does not know the session.
func (e elsewhere) finds(call Call) Reply {
	e.Step(call.Operation + " through " + string(e.variant.Binding))
	defer e.Step(call.Operation + " as the behaviour's own binding shows it")
	reply := e.Send(call, In(e.variant))
	if reply.Status == http.StatusNotFound {
		e.Fail(Expected("%s in %s to find what was made in %s", call.Operation, e.variant.Binding, e.Variant.Binding).GotAnswer(reply))
	}
	return reply
}

// seesDownload: a download session made here is used there.
func (e elsewhere) seesDownload() {
	session := e.DownloadSession(Active)
	file := heldBy(e.Spec, session.Item)
	e.sees(session)
	if file != refusedFile {
		e.does(session.Files().Call("list", nil))
		e.does(session.Files().Call("get", FileName(file)))
		e.does(session.Files().Call("prepare", FileName(file)))
		if status := FileStatus(session.Files().Get(file)); status == "UNPREPARED" {
			e.Fail(Expected("the file that %s prepared on its way", e.variant.Binding).Got("status %s", status).Of("status"))
		}
	}
	e.cancels(session)
}

// seesUpdate: an update session made here is used there.
func (e elsewhere) seesUpdate() {
	session := e.UpdateSession(Active)
	e.sees(session)
	e.does(session.Call("update", Warning(SelfSigned)))
	e.Expect(session.Get()).To(ShowIgnored(SelfSigned))
	e.does(session.Files().Call("validate", nil))
	e.does(session.Files().Call("add", OneSpec("file_spec", PushSpec(walkedFile))))
	e.lists(session, true)
	e.does(session.Files().Call("list", nil))
	e.does(session.Files().Call("get", FileName(walkedFile)))
	if e.finds(session.Files().Call("remove", FileName(walkedFile))).Succeeded() {
		e.lists(session, false)
	}
	e.cancels(session)
}

// lists: here the session's files have, or have not, what was changed there.
func (e elsewhere) lists(session *Session, has bool) {
	if names := FileNames(e.Infos(session.Files().List())); slices.Contains(names, walkedFile) != has {
		e.Fail(Expected("the files that %s left", e.variant.Binding).Got("others").CompareLines(nil, names))
	}
}

// sees: get, list and keep_alive there are about the session here.
func (e elsewhere) sees(session *Session) {
	seen := e.does(session.Call("get", nil))
	e.Expect(seen).To(HaveState(Active))
	e.Expect(seen).To(OfItem(session.Item))
	e.Expect(e.does(Call{Operation: session.Service + ".list", Subject: session.Item.ID})).To(Hold("the session", session))
	e.does(session.Call("keep_alive", Progress(walkedProgress).Argument(session.Service)))
	after := session.Get()
	e.same(after, e.does(session.Call("get", nil)))
}

// cancels: canceled there the session is over here, and deleted here it is gone there.
func (e elsewhere) cancels(session *Session) {
	e.does(session.Call("cancel", nil))
	after := session.Get()
	e.Expect(after).To(BeOver())
	e.same(after, e.does(session.Call("get", nil)))
	e.Step("delete")
	e.Expect(session.Delete()).To(Succeed())
	e.Step("the deleted session as " + string(e.variant.Binding) + " shows it")
	e.Expect(session.Get(In(e.variant))).To(BeGone())
}

// same: both bindings show the session alike.
func (e elsewhere) same(here, there Reply) {
	if field := difference(here, there); field != "" {
		e.Fail(Expected("the same session in %s as in %s", e.variant.Binding, e.Variant.Binding).
			Got("another %s", field).Of(field).About(there).Since(here.Exchange))
	}
}

// ends: made there and ended there, the session is in the state here.
func (e elsewhere) ends(service, operation string, arguments wire.Object, states ...State) {
	session := e.Made(e.does(Call{Operation: service + ".create", Arguments: CreateFor(e.Item())}))
	if operation == "complete" {
		session.Change()
	}
	e.does(session.Call(operation, arguments))
	e.Expect(session.Await(states...)).To(BeOver())
	if operation == "complete" {
		e.does(session.Call("delete", nil))
		e.Expect(session.Get()).To(BeGone())
	}
}
