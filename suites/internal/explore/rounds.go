package explore

import (
	"session-conformance/suites/model"
)

// mostRounds are those of a session: each path of as many steps is part of them.
const mostRounds = 4

// rounds is a history of a service for each binding. Each session goes round all that leaves it ACTIVE until every short
// path lies behind it, by bindings in turn, since most targets have one table
// for all. Only then the binding is asked for all that the session can do, so
// that no cell is met in one binding alone.
func (w *walk) rounds(service string, number int) {
	at := w.bindings[number]
	w.fill(0, 2)
	ends := map[string][]string{
		model.DownloadSession: {"cancel", "fail", "delete"}, model.UpdateSession: {"cancel", "fail", "complete"},
	}
	for _, end := range ends[service] {
		w.binding = w.bindings[(number+1)%len(w.bindings)]
		session := w.create(service, 0)
		w.binding = ""
		for range mostRounds {
			w.round(session)
		}
		ask := func(o model.Operation) {
			o.Binding = string(at)
			w.do(o)
		}
		w.askAll(session, ask)
		ask(w.of(session, end))
		for _, dead := range w.deadURLs(session) {
			w.do(dead)
		}
		for _, binding := range w.bindings {
			w.through(binding, w.of(session, "get"))
		}
		for _, action := range []string{"get", "keep_alive", end, "get", "delete"} {
			ask(w.of(session, action))
		}
		w.do(model.Operation{Name: model.ListFiles, Item: 0})
	}
}

// round does all that leaves a session ACTIVE and changes something.
func (w *walk) round(session int) {
	if w.state.Sessions[session].Service == model.DownloadSession {
		w.do(w.progress(session))
		w.do(w.ofFile(session, "prepare", 0))
		w.do(w.ofFile(session, "get", 0))
		return
	}
	w.do(w.progress(session))
	w.do(w.ofFile(session, "add", 0))
	w.do(w.of(session, "update"))
	w.do(w.upload(session, 0))
	w.do(w.ofFile(session, "remove", 0))
	w.do(w.ofFile(session, "validate", 0))
}

// askAll asks an ACTIVE session for all that does not end it.
func (w *walk) askAll(session int, ask func(model.Operation)) {
	for _, list := range w.lists(session) {
		ask(list)
	}
	ask(w.of(session, "get"))
	ask(w.ofFile(session, "list", 0))
	ask(w.ofFile(session, "get", 1))
	ask(w.progress(session))
	ask(w.of(session, "get"))
	if w.state.Sessions[session].Service == model.DownloadSession {
		ask(w.ofFile(session, "prepare", 1))
		return
	}
	ask(w.of(session, "update"))
	ask(w.ofFile(session, "add", 2))
	w.do(w.upload(session, 2))
	ask(w.ofFile(session, "get", 2))
	ask(w.ofFile(session, "remove", 1))
	ask(w.ofFile(session, "validate", 0))
	ask(w.of(session, "delete"))
}
