package explore

import (
	"session-conformance/suites/model"
)

// mostRounds are those of a session: each path of as many steps is part of them.
const mostRounds = 4

// rounds is a history of a service for each binding. Each session goes round all
// that leaves it ACTIVE until every short path lies behind it, by bindings in turn, since most targets have one table
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

// round does all that leaves a session ACTIVE and changes something, each once, in
// an order in which they did not follow each other before.
func (w *walk) round(session int) {
	done := map[string]bool{}
	for {
		var left []model.Operation
		for _, o := range w.deeds(session) {
			if !done[o.Name] {
				left = append(left, o)
			}
		}
		if !w.follow(session, left) {
			return
		}
		done[w.script.Steps[len(w.script.Steps)-1].Name] = true
	}
}

// deeds are what leaves a session ACTIVE and changes something, as far as it can be
// done now.
func (w *walk) deeds(session int) []model.Operation {
	now := w.state.Sessions[session]
	if now.Service == model.DownloadSession {
		all := []model.Operation{w.progress(session), w.ofFile(session, "prepare", 0), w.ofFile(session, "get", 0)}
		if now.Files[0].Prepared {
			all = append(all, downloadOf(session, 0))
		}
		return all
	}
	all := []model.Operation{w.progress(session), w.of(session, "update"), w.ofFile(session, "add", 0),
		w.ofFile(session, "validate", 0), w.of(session, "delete")}
	if now.Files[0].In&model.Waiting != 0 {
		all = append(all, w.upload(session, 0))
	}
	if now.Files[0].In&(model.Base|model.Received|model.Waiting) != 0 {
		all = append(all, w.ofFile(session, "remove", 0))
	}
	return all
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
