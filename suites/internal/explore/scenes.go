package explore

import (
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// scenes are the histories with which an exploration begins, whatever its seed: of
// what two or three operations break, they meet the most with the fewest
// requests. What a service does is met in each binding, what sessions do to each
// other in all of them by turns.
func scenes(bindings []wire.Binding) []func(*walk) {
	lives := func(n int) (all []func(*walk)) {
		for _, service := range []string{model.DownloadSession, model.UpdateSession} {
			all = append(all, func(w *walk) { w.rounds(service, n) }, func(w *walk) { w.sights(service, n) })
		}
		return all
	}
	relations := []func(*walk){(*walk).heirs, (*walk).kin, (*walk).twins}
	others := []func(*walk){
		(*walk).pruning, (*walk).tokens, (*walk).manyFiles, (*walk).checksums,
		func(w *walk) { w.often(model.DownloadSession) }, func(w *walk) { w.often(model.UpdateSession) },
	}
	all := slices.Concat([]func(*walk){(*walk).crowd}, lives(0), relations, others)
	for n := range bindings[1:] {
		all = append(all, lives(n+1)...)
	}
	all = append(all, briefly()...)
	for range bindings[1:] {
		all = append(all, relations...)
	}
	return all
}

// heirs are update sessions of one item, one after the other. Each has done all
// that it can when it ends, with a file of its own but for one that replaces one,
// and is still there when the next one begins.
func (w *walk) heirs() {
	w.fill(0, 2)
	last, files := -1, []int{2, 0, 3, 4}
	for n, end := range []string{"cancel", "complete", "fail", "complete"} {
		session, own := w.open(model.UpdateSession, 0), files[n]
		w.look(session, n)
		if last >= 0 {
			w.do(w.of(last, "get"))
			w.do(w.of(last, "cancel"))
			w.do(w.of(session, "get"))
			w.do(w.of(last, "delete"))
			w.look(session, n)
			w.intrude(session)
		}
		w.do(w.progress(session))
		w.do(w.of(session, "update"))
		w.do(w.ofFile(session, "add", own))
		if n%3 == 0 {
			w.do(w.of(session, "complete")) // refused, since a file is missing
		}
		w.do(w.upload(session, own))
		if end != "complete" {
			w.do(w.ofFile(session, "remove", 1))
		}
		w.look(session, own)
		w.do(w.of(session, end))
		w.do(w.of(session, "get"))
		w.do(w.of(session, end))
		w.do(w.progress(session))
		w.do(w.of(session, "get"))
		w.do(model.Operation{Name: model.ListFiles, Item: 0})
		w.do(model.Operation{Name: model.GetItem, Item: 0})
		last = session
	}
	w.read(0)
}

// pruning takes files from an item and brings none, until it has none.
func (w *walk) pruning() {
	w.fill(0, 4)
	for _, removed := range [][]int{{0}, {2, 1}, {3}} {
		w.read(0)
		session := w.create(model.UpdateSession, 0)
		for _, file := range removed {
			w.do(w.ofFile(session, "remove", file))
			w.do(w.progress(session))
			w.do(model.Operation{Name: model.ListFiles, Item: 0})
		}
		w.do(w.ofFile(session, "get", removed[0]))
		w.do(w.ofFile(session, "remove", removed[0]))
		w.do(w.ofFile(session, "list", 0))
		w.do(w.of(session, "complete"))
		w.do(model.Operation{Name: model.GetItem, Item: 0})
		w.do(model.Operation{Name: model.ListFiles, Item: 0})
		w.do(w.of(session, "delete"))
	}
	w.read(0)
}

// kin are download sessions of one item: what happens to one is nothing to the
// others.
func (w *walk) kin() {
	w.fill(0, 2)
	var all []int
	for range 4 {
		session := w.create(model.DownloadSession, 0)
		w.do(w.ofFile(session, "prepare", 0))
		w.do(w.progress(session))
		all = append(all, session)
	}
	look := func() {
		for _, session := range all {
			if w.state.Sessions[session].In != model.Gone {
				w.do(w.of(session, "get"))
			}
		}
		last := all[len(all)-1]
		for _, list := range w.lists(last) {
			w.do(list)
		}
		w.load(last, 1)
		w.do(w.ofFile(last, "list", 0))
	}
	look()
	w.logIn()
	look()
	for n, end := range []string{"cancel", "fail", "fail"} {
		w.do(w.progress(all[n]))
		w.do(downloadOf(all[n], 0))
		w.do(w.of(all[n], end))
		w.do(downloadOf(all[n], 0))
		look()
	}
	for _, over := range all[:3] {
		w.do(w.of(over, "keep_alive"))
		w.do(w.of(over, "delete"))
		look()
	}
	all = append(all, w.create(model.DownloadSession, 0))
	w.do(w.of(all[3], "delete"))
	w.do(downloadOf(all[3], 0))
	look()
	w.meanwhile(all[4])
}

// meanwhile is what update sessions of the item are to an ACTIVE download session,
// and to one that begins while a file is on its way: nothing, until they end.
func (w *walk) meanwhile(reader int) {
	item := int(w.state.Sessions[reader].Item)
	for _, end := range []string{"cancel", "fail", "complete"} {
		session := w.create(model.UpdateSession, item)
		w.do(w.ofFile(session, "add", 0))
		w.do(w.ofFile(session, "add", 5))
		w.do(w.upload(session, 5))
		late := w.create(model.DownloadSession, item)
		w.do(w.ofFile(late, "list", 0))
		w.do(w.ofFile(late, "prepare", 0))
		w.do(w.upload(session, 0))
		w.do(downloadOf(late, 0))
		w.do(w.of(session, end))
		w.do(w.of(reader, "get"))
		w.do(w.progress(reader))
		w.do(w.of(session, "delete"))
		w.do(w.of(reader, "get"))
		w.do(w.of(late, "get"))
	}
}

// twins are update sessions of two items with files of the same names, the first
// and then the second of which acts.
func (w *walk) twins() {
	for actor := range 2 {
		pair := []int{w.open(model.UpdateSession, 0), w.open(model.UpdateSession, 1)}
		one, other := pair[actor], pair[1-actor]
		look := func() {
			w.do(w.of(one, "get"))
			w.do(w.of(other, "get"))
			w.do(w.ofFile(other, "list", 0))
			w.do(w.ofFile(one, "list", 0))
		}
		for file := range 2 {
			w.do(w.ofFile(one, "add", file))
			w.do(w.ofFile(other, "add", file))
		}
		w.logIn()
		look()
		w.do(w.upload(one, 0))
		look()
		w.do(w.ofFile(one, "validate", 0)) // refused, since the last file is missing
		w.do(w.of(one, "complete"))
		w.do(w.upload(other, 1))
		look()
		w.do(w.ofFile(other, "validate", 0)) // refused, since the first one is missing
		w.do(w.of(other, "complete"))
		w.do(w.progress(one))
		w.do(w.of(one, "update"))
		look()
		w.do(w.upload(other, 0))
		w.do(w.upload(one, 1))
		w.do(w.of(one, []string{"complete", "cancel"}[actor]))
		look()
		w.do(w.of(one, "delete"))
		look()
		for item := range model.MaxItems {
			w.do(model.Operation{Name: model.UpdateSession + ".list", Item: item})
			w.do(model.Operation{Name: model.ListFiles, Item: item})
		}
		w.do(w.of(other, "complete"))
		w.do(w.of(other, "delete"))
		w.read(0)
		w.read(1)
	}
	w.pair()
}

// pair are download sessions of two items, one of which fails.
func (w *walk) pair() {
	first := w.create(model.DownloadSession, 0)
	w.do(w.of(first, "fail"))
	second := w.create(model.DownloadSession, 1)
	for item := range model.MaxItems {
		w.do(model.Operation{Name: model.DownloadSession + ".list", Item: item})
	}
	w.do(w.of(first, "delete"))
	w.do(w.of(second, "get"))
	w.do(w.lists(second)[0])
}

// checksums are files whose checksum is announced. Of the first session, one is
// uploaded wrongly and then rightly, of the second another one wrongly twice, of the
// third one wrongly that the item has.
func (w *walk) checksums() {
	w.fill(0, 1)
	first := w.open(model.UpdateSession, 0)
	w.announce(first, 1, true)
	w.announce(first, 2, false)
	w.announce(first, 2, true)
	w.do(w.of(first, "complete"))
	w.do(w.of(first, "delete"))
	w.read(0)
	second := w.open(model.UpdateSession, 0)
	w.announce(second, 3, true)
	for range 3 {
		w.announce(second, 4, false)
	}
	again := w.upload(second, 4)
	again.Content = w.nextContent()
	w.do(again)
	w.do(w.of(second, "complete"))
	w.do(w.of(second, "get"))
	w.do(model.Operation{Name: model.ListFiles, Item: 0})
	w.do(w.of(second, "cancel"))
	w.do(w.of(second, "delete"))
	third := w.open(model.UpdateSession, 0)
	w.announce(third, 0, false)
	w.do(w.of(third, "complete"))
	w.do(w.of(third, "get"))
	w.read(0)
}

// announce adds a file with a checksum and uploads it, rightly or with others bytes.
func (w *walk) announce(session, file int, rightly bool) {
	add := w.ofFile(session, "add", file)
	add.Sum = w.nextContent()
	w.do(add)
	upload := w.upload(session, file)
	if !rightly {
		upload.Content = w.nextContent()
	}
	w.do(upload)
	w.do(w.ofFile(session, "get", file))
}
