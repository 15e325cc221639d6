package explore

import (
	"session-conformance/suites/model"
)

// open makes a session and looks at it.
func (w *walk) open(service string, item int) int {
	session := w.create(service, item)
	if w.state.Sessions[session].Service != "" {
		w.do(w.of(session, "get"))
		w.do(w.ofFile(session, "list", 0))
		w.do(w.lists(session)[w.random.IntN(2)])
	}
	if service == model.UpdateSession {
		w.do(model.Operation{Name: model.GetItem, Item: item})
	}
	if w.random.IntN(2) == 0 {
		w.do(w.progress(session))
	}
	return session
}

// logIn logs in once more.
func (w *walk) logIn() {
	if w.options.LogIn != nil {
		w.do(model.Operation{Name: model.LogIn})
	}
}

// together takes steps of several sessions, in any order.
func (w *walk) together(sessions []int, steps int) {
	for range steps {
		w.live(sessions[w.random.IntN(len(sessions))], 1)
	}
}

// endAll ends the sessions one after the other, and looks at the others.
func (w *walk) endAll(sessions []int) {
	for i, session := range sessions {
		w.end(session)
		for _, other := range sessions[i+1:] {
			w.do(w.of(other, "get"))
			w.do(w.ofFile(other, "list", 0))
			w.load(other, 1)
		}
	}
}

// publish completes the session with at least one file.
func (w *walk) publish(session int) {
	if w.state.Sessions[session].In != model.Active {
		return
	}
	w.lookAt(session)
	w.receiveAll(session)
	w.replace(session)
	w.complete(session)
	w.afterwards(session, "complete")
}

// replace uploads other bytes of a file that was uploaded.
func (w *walk) replace(session int) {
	for file, one := range w.state.Sessions[session].Files {
		if one.In == model.Received {
			w.do(w.ofFile(session, "get", file))
			w.do(w.ofFile(session, "add", file))
			w.receiveAll(session)
			w.do(w.ofFile(session, "list", 0))
			w.do(w.ofFile(session, "get", file))
			return
		}
	}
}

// bring uploads a file if none was.
func (w *walk) bring(session int) {
	if !w.changes(session) {
		w.do(w.ofFile(session, "add", w.random.IntN(w.files)))
		w.receiveAll(session)
	}
}

// complete completes the session; one that changes nothing gets a file, since
// the documents do not say what becomes of it.
func (w *walk) complete(session int) {
	w.bring(session)
	w.do(w.of(session, "complete"))
}

func (w *walk) changes(session int) bool {
	for _, file := range w.state.Sessions[session].Files {
		if file.In == model.Received {
			return true
		}
	}
	return false
}

// receiveAll uploads what was announced.
func (w *walk) receiveAll(session int) {
	for file, one := range w.state.Sessions[session].Files {
		if one.In&model.Waiting != 0 {
			w.do(w.upload(session, file))
		}
	}
}

// fill gives an item files, and leaves no session behind: one that is DONE may
// keep others from the item.
func (w *walk) fill(item, files int) {
	session := w.create(model.UpdateSession, item)
	for file := range files {
		w.do(w.ofFile(session, "add", file))
	}
	w.receiveAll(session)
	w.do(w.of(session, "complete"))
	w.do(model.Operation{Name: model.ListFiles, Item: item})
	w.do(w.of(session, "delete"))
}

// read downloads every file of the item.
func (w *walk) read(item int) {
	if w.isFull() {
		return
	}
	session := w.create(model.DownloadSession, item)
	w.do(w.of(session, "get"))
	w.prepareAll(session)
	w.load(session, model.MaxFiles)
	w.do(w.ofFile(session, "list", 0))
	for file, one := range w.state.Sessions[session].Files {
		if one.Prepared {
			w.do(w.ofFile(session, "get", file))
		}
	}
	w.load(session, 1)
}

// prepareAll prepares the files that were not, in any order.
func (w *walk) prepareAll(session int) {
	for _, file := range w.random.Perm(model.MaxFiles) {
		if one := w.state.Sessions[session].Files[file]; one.In == model.Base && !one.Prepared {
			w.do(w.ofFile(session, "prepare", file))
		}
	}
}

// load downloads some of the files that were prepared.
func (w *walk) load(session, most int) {
	for _, file := range w.random.Perm(model.MaxFiles) {
		if w.state.Sessions[session].Files[file].Prepared && most > 0 {
			w.do(downloadOf(session, file))
			most--
		}
	}
}
