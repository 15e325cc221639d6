package explore

import (
	"slices"
	"strings"

	"session-conformance/suites/model"
)

// brief is a short life of which the order counts: what a session has just been
// through when it ends, and what it is asked for when it has.
type brief struct {
	service string
	// before are operations right before the end, by their short names.
	before []string
	end    string
}

// livesAtOnce is how many lives a history has, beside the session that gives its item
// files and those that read what was completed, which are one in three.
const livesAtOnce = (model.MaxSessions - 2) * 3 / 4

// behindEnd is how many operations an ended session is asked for.
const behindEnd = 5

// briefs are all pairs of an operation and an end, and ends behind an operation
// that came twice, and behind one that was refused.
func briefs() (all []brief) {
	for _, of := range []struct {
		service string
		// idle changes nothing.
		once, twice, idle []string
		ends              []string
	}{
		{model.UpdateSession, []string{"", "keep_alive", "update", "file.validate", "file.remove", "delete", "file.add", "upload"},
			[]string{"keep_alive", "update", "file.validate"},
			[]string{"get", "list", "file.list", "file.get", "file.get in vain", "file.remove in vain", "complete in vain"},
			[]string{"complete", "cancel", "fail"}},
		{model.DownloadSession, []string{"keep_alive", "file.prepare", "download"},
			[]string{"keep_alive"},
			[]string{"get", "list", "file.list", "file.get", "file.get in vain", "file.prepare in vain"},
			[]string{"cancel", "fail", "delete"}},
	} {
		befores := [][]string{}
		if of.service == model.UpdateSession {
			befores = append(befores, []string{"file.add", "file.remove", "file.add"})
		}
		for _, once := range of.once {
			befores = append(befores, []string{once})
		}
		for _, twice := range of.twice {
			befores = append(befores, []string{twice, twice})
		}
		for _, idle := range of.idle {
			befores = append(befores, []string{idle, "file.list", idle, idle, idle, "keep_alive", idle})
		}
		for _, before := range befores {
			for _, end := range of.ends {
				all = append(all, brief{of.service, before, end})
			}
		}
	}
	return all
}

// briefly are the histories of all short lives, each life in one binding.
func briefly() (all []func(*walk)) {
	number := 0
	for some := range slices.Chunk(briefs(), livesAtOnce) {
		first := number
		all = append(all, func(w *walk) {
			w.fill(0, 3)
			for i, life := range some {
				// The ends come by turns, and each comes in each binding.
				turn := first + i + (first+i)/len(w.bindings)
				w.binding = w.bindings[(uint64(w.options.Seed)+uint64(turn))%uint64(len(w.bindings))]
				w.lead(life)
			}
			w.binding = ""
		})
		number += len(some)
	}
	return all
}

// lead leads the short life to its end. An update session has a file of its own,
// so that it can be completed.
func (w *walk) lead(life brief) {
	session := w.create(life.service, 0)
	if life.service == model.UpdateSession {
		w.do(w.ofFile(session, "add", ownFile))
		w.do(w.upload(session, ownFile))
	} else {
		w.do(w.ofFile(session, "prepare", 0))
	}
	for _, action := range life.before {
		w.act(session, action)
	}
	w.do(w.of(session, life.end))
	if w.state.Sessions[session].In == model.Active {
		// It was refused, since a file is missing.
		w.receiveAll(session)
		w.do(w.of(session, life.end))
	}
	if life.end == "complete" {
		w.readOwn()
	}
	if w.state.Sessions[session].In != model.Gone {
		w.do(w.ofFile(session, "list", 0))
	}
	for range behindEnd {
		w.follow(session, w.demands(session))
	}
	w.do(w.of(session, "get"))
	w.do(w.of(session, "delete"))
}

// readOwn reads the file that a short life has brought.
func (w *walk) readOwn() {
	reader := w.create(model.DownloadSession, 0)
	w.do(w.ofFile(reader, "prepare", ownFile))
	w.do(downloadOf(reader, ownFile))
	w.do(w.of(reader, "delete"))
}

// ownFile is the file that a short life brings, otherFile another one that it adds;
// noFile is one that nobody has.
const ownFile, otherFile, noFile = 3, 4, model.MaxFiles - 1

// act does the operation, to another file than the session's own.
func (w *walk) act(session int, action string) {
	switch action {
	case "":
	case "upload":
		// The one before it was of another file.
		w.do(w.ofFile(session, "add", otherFile))
		w.do(w.upload(session, otherFile))
	case "download":
		w.do(downloadOf(session, 0))
	case "file.add":
		w.do(w.ofFile(session, "add", otherFile))
	case "file.validate":
		w.do(w.ofFile(session, "validate", 0))
	case "file.prepare":
		w.do(w.ofFile(session, "prepare", 1))
	case "list":
		w.do(w.lists(session)[0])
	case "file.list", "file.get":
		w.do(w.ofFile(session, strings.TrimPrefix(action, "file."), 0))
	case "file.get in vain", "file.remove in vain", "file.prepare in vain":
		w.do(w.ofFile(session, strings.TrimSuffix(strings.TrimPrefix(action, "file."), " in vain"), noFile))
	case "complete in vain":
		// The file that it waits for does not come.
		w.do(w.ofFile(session, "add", otherFile))
		w.do(w.of(session, "complete"))
		w.do(w.of(session, "get"))
	case "file.remove":
		files := w.state.Sessions[session].Files[:]
		w.do(w.ofFile(session, "remove", max(0, slices.IndexFunc(files, func(f model.File) bool { return f.In == model.Base }))))
	default:
		w.do(w.of(session, action))
	}
}

// demands are what a session that has ended must refuse.
func (w *walk) demands(session int) []model.Operation {
	now := w.state.Sessions[session]
	if now.In == model.Gone {
		return w.inVain(session)
	}
	all := []model.Operation{w.of(session, "keep_alive"), w.of(session, "cancel"), w.of(session, "fail")}
	if now.Service == model.UpdateSession {
		all = append(all, w.of(session, "complete"), w.of(session, "update"), w.ofFile(session, "validate", 0))
	}
	return all
}
