package explore

import (
	"session-conformance/suites/model"
)

// end ends an ACTIVE session, each time in another way, after a look at it.
func (w *walk) end(session int) {
	ends := []string{"cancel", "fail", "complete"}
	service := w.state.Sessions[session].Service
	switch {
	case service == model.DownloadSession:
		ends = []string{"cancel", "delete", "fail"}
	case w.options.Given:
		ends = []string{"cancel", "fail"}
	}
	w.ends[service]++
	w.endBy(session, ends[w.ends[service]%len(ends)])
}

// endBy ends an ACTIVE session by the operation.
func (w *walk) endBy(session int, end string) {
	if w.state.Sessions[session].In != model.Active {
		return
	}
	w.lookAt(session)
	if end == "complete" {
		w.receiveAll(session)
		w.complete(session)
	} else {
		w.do(w.of(session, end))
	}
	w.afterwards(session, end)
}

// lookAt looks at all that an ACTIVE session shows.
func (w *walk) lookAt(session int) {
	w.do(w.of(session, "get"))
	w.do(w.ofFile(session, "list", 0))
	w.do(w.ofFile(session, "get", w.random.IntN(w.files)))
	for _, list := range w.lists(session) {
		w.do(list)
	}
	if w.state.Sessions[session].Service != model.UpdateSession {
		w.prepareAll(session)
		return
	}
	// It is refused, and refused again.
	for range 2 {
		w.do(w.of(session, "delete"))
	}
	w.intrude(session)
}

// intrude asks for another update session of an item that has an ACTIVE one.
func (w *walk) intrude(session int) {
	if !w.isFull() {
		w.do(model.Operation{Name: model.UpdateSession + ".create", Session: w.made, Item: int(w.state.Sessions[session].Item)})
	}
}

// afterwards does to a session that has ended what it must refuse, and looks at
// what is left of it in every binding.
func (w *walk) afterwards(session int, end string) {
	now := w.state.Sessions[session]
	if now.In&(model.Done|model.Canceled|model.Failed) == 0 {
		for _, dead := range w.deadURLs(session) {
			w.do(dead)
		}
		w.live(session, mostGone)
		return
	}
	w.do(w.of(session, "get"))
	for range 2 {
		w.do(w.of(session, end))
	}
	for _, dead := range w.deadURLs(session) {
		w.do(dead)
	}
	w.live(session, mostEnded)
	for _, binding := range w.bindings {
		look := w.of(session, "get")
		look.Binding = string(binding)
		w.do(look)
	}
	if w.script.uses(1 - int(now.Item)) {
		other := w.of(session, "list")
		other.Item = 1 - int(now.Item)
		w.do(other)
	}
	if now.Service == model.UpdateSession {
		w.do(model.Operation{Name: model.ListFiles, Item: int(now.Item)})
		w.do(model.Operation{Name: model.GetItem, Item: int(now.Item)})
	}
}

// retire deletes a session that has ended, and asks for what is deleted.
func (w *walk) retire(session int) {
	if w.state.Sessions[session].In&(model.Done|model.Canceled|model.Failed) == 0 {
		return
	}
	w.do(w.of(session, "delete"))
	w.live(session, mostGone)
	for _, list := range w.lists(session) {
		w.do(list)
	}
}

// finish ends and deletes what is there, and asks for what is deleted.
func (w *walk) finish() {
	for session := range w.made {
		now := w.state.Sessions[session]
		if now.Service == "" || now.In == model.Gone {
			continue
		}
		if w.made < crowdSize {
			w.do(w.of(session, "get"))
		}
		if now.In == model.Active && now.Service == model.UpdateSession {
			w.do(w.of(session, "cancel"))
		}
		w.do(w.of(session, "delete"))
		if w.made < crowdSize {
			w.live(session, mostGone)
		}
	}
}
