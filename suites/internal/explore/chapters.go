package explore

import (
	"session-conformance/suites/model"
)

// chapters are what may happen to items, by turns.
var chapters = []func(w *walk){
	(*walk).publication, (*walk).siblings, (*walk).failures, (*walk).replacement,
	(*walk).sideBySide, func(w *walk) { w.often(w.anyService()) }, (*walk).manyFiles, (*walk).succession, (*walk).tokens,
}

// The most steps of each part of a session's life.
const (
	mostActive = 14
	mostShort  = 7
	mostEnded  = 5
	mostGone   = 3
	crowdSize  = 14
	// someFiles are the files that most histories have.
	someFiles = 3
)

// publication gives an item what a long session made, and reads it.
func (w *walk) publication() {
	session := w.open(model.UpdateSession, 0)
	w.live(session, mostActive)
	w.publish(session)
	w.read(0)
	w.meddle(session)
}

// replacement completes one session of an item after the other: files are
// added, replaced and removed. Another session of the item sees it.
func (w *walk) replacement() {
	w.fill(0, 2)
	reader := w.open(model.DownloadSession, 0)
	for range 2 {
		session := w.open(model.UpdateSession, 0)
		w.do(w.ofFile(session, "add", 0))
		w.live(session, mostShort)
		w.publish(session)
		w.read(0)
		w.retire(session)
	}
	w.do(w.of(reader, "get"))
	w.do(w.progress(reader))
	w.do(w.of(reader, "get"))
}

// failures ends one session of an item after the other and completes the last:
// what they left behind would be in it.
func (w *walk) failures() {
	if w.random.IntN(2) == 0 {
		w.fill(0, 2)
	}
	first := w.open(model.UpdateSession, 0)
	w.live(first, mostShort)
	w.bring(first)
	w.do(w.progress(first))
	w.failed++
	ends := []string{"cancel", "fail"}
	w.endBy(first, ends[w.failed%2])
	next := w.meddle(first)
	w.do(w.progress(next))
	w.endBy(next, ends[(w.failed+1)%2])
	last := w.meddle(next)
	w.publish(last)
	w.read(0)
}

// meddle uses a session that has ended while the next one of its item is
// ACTIVE, deletes it, and looks whether the next one still is; it returns the
// next one.
func (w *walk) meddle(old int) int {
	now := w.state.Sessions[old]
	next := w.open(now.Service, int(now.Item))
	for range 2 {
		w.live(old, 2)
		w.live(next, 2)
	}
	w.retire(old)
	w.do(w.of(next, "get"))
	if now.Service == model.UpdateSession {
		w.intrude(next)
	}
	return next
}

// succession is one download session of an item after the other.
func (w *walk) succession() {
	w.fill(0, 2)
	for range 3 {
		session := w.open(model.DownloadSession, 0)
		w.do(w.progress(session))
		w.live(session, mostShort)
		w.end(session)
		w.retire(session)
	}
}

// siblings are download sessions of one item side by side.
func (w *walk) siblings() {
	w.fill(0, 2+w.random.IntN(2))
	sessions := []int{w.open(model.DownloadSession, 0), w.open(model.DownloadSession, 0)}
	if w.random.IntN(2) == 0 {
		sessions = append(sessions, w.open(model.DownloadSession, 0))
	}
	w.together(sessions, mostActive)
	w.endAll(sessions)
}

// sideBySide are sessions of both services and of two items.
func (w *walk) sideBySide() {
	w.fill(1, 1+w.random.IntN(2))
	sessions := []int{w.open(model.UpdateSession, 0), w.open(model.UpdateSession, 1), w.open(model.DownloadSession, 1)}
	w.random.Shuffle(len(sessions), func(i, j int) { sessions[i], sessions[j] = sessions[j], sessions[i] })
	w.together(sessions, mostActive)
	w.endAll(sessions)
	w.read(w.random.IntN(2))
}

// often keeps a session alive again and again, to the end of its progress.
func (w *walk) often(service string) {
	w.fill(0, 1)
	session := w.open(service, 0)
	for _, progress := range []int{0, 30, 60, 0, 0, 100, 0} {
		keep := w.of(session, "keep_alive")
		keep.Progress = progress
		w.do(keep)
		w.do(w.of(session, "get"))
	}
	w.live(session, mostShort)
	w.end(session)
	for range 3 {
		w.do(w.of(session, "keep_alive"))
	}
	w.do(w.of(session, "get"))
}

// tokens makes sessions with client tokens, again and again and by turns.
func (w *walk) tokens() {
	binding := string(w.binding)
	if binding == "" {
		binding = string(w.bindings[w.random.IntN(len(w.bindings))])
	}
	made := map[int]int{}
	create := func(service string, item, token int) {
		if !w.isFull() {
			o := model.Operation{Name: service + ".create", Session: w.made, Item: item, Token: token, Binding: binding}
			w.do(o)
			if w.made > o.Session {
				made[token] = o.Session
			}
		}
	}
	for _, token := range []int{1, 2, 1, 2, 1} {
		create(model.DownloadSession, token-1, token)
		w.do(w.of(made[token], "get"))
		w.do(w.progress(made[token]))
	}
	create(model.UpdateSession, 0, 1)
	create(model.UpdateSession, 1, 3)
	create(model.UpdateSession, 0, 1)
	w.live(made[1], 2)
	// A token that was refused is one that made nothing.
	create(model.UpdateSession, 0, 4)
	w.do(w.of(made[1], "cancel"))
	create(model.UpdateSession, 0, 4)
	create(model.UpdateSession, 1, 3)
	for session := range w.made {
		w.do(w.of(session, "get"))
	}
	w.do(w.lists(0)[0])
}

// manyFiles gives an item as many files as a history has, changes some, and
// reads all.
func (w *walk) manyFiles() {
	w.files = model.MaxFiles
	w.fill(0, model.MaxFiles)
	session := w.open(model.UpdateSession, 0)
	files := w.random.Perm(model.MaxFiles)
	added, removed := files[:3], files[3:5]
	for _, file := range added {
		w.do(w.ofFile(session, "add", file))
	}
	w.do(w.ofFile(session, "validate", 0))
	w.random.Shuffle(len(added), func(i, j int) { added[i], added[j] = added[j], added[i] })
	for _, file := range added {
		w.do(w.upload(session, file))
		w.do(w.ofFile(session, "validate", 0))
	}
	for _, file := range removed {
		w.do(w.ofFile(session, "remove", file))
	}
	w.publish(session)
	w.read(0)
}

func (w *walk) anyService() string {
	if w.random.IntN(2) == 0 {
		return model.DownloadSession
	}
	return model.UpdateSession
}

// borrow uses an item of the user's, to which nothing is published.
func (w *walk) borrow() {
	session := w.open(w.anyService(), w.random.IntN(model.MaxItems))
	w.live(session, mostActive)
	w.end(session)
}

// crowd is many sessions at once, some of which were kept alive.
func (w *walk) crowd() {
	for range crowdSize {
		w.create(model.DownloadSession, 0)
	}
	for _, session := range []int{0, crowdSize / 2} {
		w.do(w.of(session, "keep_alive"))
	}
	for _, list := range w.lists(0) {
		w.do(list)
	}
	for session := range crowdSize {
		w.do(w.of(session, "delete"))
	}
}
