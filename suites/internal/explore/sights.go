package explore

import (
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// sights is a session of which all is looked at before and behind each change, so
// that what is shown from memory is seen to be old. The looks go in one binding,
// the changes by turns in it and in the next.
func (w *walk) sights(service string, number int) {
	w.fill(0, 3)
	session := w.create(service, 0)
	w.binding = w.bindings[number%len(w.bindings)]
	turn := number
	change := func(o model.Operation) {
		w.through(w.bindings[(number+turn%2)%len(w.bindings)], o)
		turn++
	}
	w.look(session, 0)
	if service == model.DownloadSession {
		w.changeDownload(session, change)
		w.endBy(session, []string{"cancel", "fail", "delete"}[number%3])
		return
	}
	w.changeUpdate(session, change)
	w.publish(session)
	w.read(0)
}

// through takes the operation in the binding, or in any if that does not have it.
func (w *walk) through(binding wire.Binding, o model.Operation) {
	own := w.binding
	defer func() { w.binding = own }()
	if w.binding = binding; !w.do(o) {
		w.binding = ""
		w.do(o)
	}
}

// changeDownload does all that leaves a download session ACTIVE.
func (w *walk) changeDownload(session int, change func(model.Operation)) {
	prepare := func(file int) model.Operation { return w.ofFile(session, "prepare", file) }
	steps := []struct {
		file int
		next func() model.Operation
	}{
		{0, func() model.Operation { return w.progress(session) }},
		{0, func() model.Operation { return prepare(0) }},
		{0, func() model.Operation { return w.of(session, "keep_alive") }},
		{0, func() model.Operation { return downloadOf(session, 0) }},
		{0, func() model.Operation { return w.progress(session) }},
		{1, func() model.Operation { return prepare(1) }},
		{0, func() model.Operation { return downloadOf(session, 0) }},
		{0, func() model.Operation { return prepare(0) }},
		{1, func() model.Operation { return w.of(session, "keep_alive") }},
		{1, func() model.Operation { return downloadOf(session, 1) }},
		{0, func() model.Operation { return downloadOf(session, 0) }},
	}
	for _, step := range steps {
		change(step.next())
		w.look(session, step.file)
	}
}

// changeUpdate does all that leaves an update session ACTIVE. Of the item's files
// one is replaced, one removed and added again, and one removed; 3 is added twice,
// and 4 removed and added again.
func (w *walk) changeUpdate(session int, change func(model.Operation)) {
	file := func(action string, number int) func() model.Operation {
		return func() model.Operation { return w.ofFile(session, action, number) }
	}
	of := func(action string) func() model.Operation {
		return func() model.Operation { return w.of(session, action) }
	}
	upload := func(number int) func() model.Operation {
		return func() model.Operation { return w.upload(session, number) }
	}
	progress := func() model.Operation { return w.progress(session) }
	steps := []struct {
		file int
		next func() model.Operation
	}{
		{3, progress}, {3, file("add", 3)}, {3, file("validate", 0)}, {3, of("update")}, {3, of("keep_alive")}, {3, upload(3)},
		{3, of("delete")}, {0, file("add", 0)}, {3, progress}, {0, upload(0)}, {0, file("validate", 0)},
		{3, file("add", 3)}, {0, progress}, {3, upload(3)}, {2, file("remove", 2)}, {2, of("keep_alive")},
		{1, file("remove", 1)}, {1, file("add", 1)}, {1, upload(1)},
		{4, file("add", 4)}, {4, file("remove", 4)}, {4, file("remove", 4)}, {2, of("update")}, {2, file("validate", 0)}, {3, progress},
		{4, file("add", 4)}, {4, of("complete")}, {4, of("keep_alive")}, {4, upload(4)},
	}
	for i, step := range steps {
		if i == 0 || steps[i-1].file != step.file {
			w.do(w.ofFile(session, "get", step.file))
		}
		change(step.next())
		w.look(session, step.file)
	}
}

// look looks at all that shows something of an ACTIVE session: at one file by
// itself, by turns at all sessions and those of its item, and at the item. It
// ends with a get or two, so that what follows stands behind them.
func (w *walk) look(session, file int) {
	now := w.state.Sessions[session]
	w.looked++
	w.do(w.ofFile(session, "list", 0))
	w.do(w.ofFile(session, "get", file))
	w.do(w.lists(session)[w.looked/2%2])
	if w.looked%2 == 0 && now.Service == model.UpdateSession {
		w.do(model.Operation{Name: model.ListFiles, Item: int(now.Item)})
	}
	w.do(w.of(session, "get"))
	if w.looked%4 == 0 {
		w.do(w.of(session, "get"))
	}
}
