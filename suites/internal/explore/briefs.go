package explore

import (
	"slices"

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

// sessionsOfBriefs is how many lives a history has, beside the session that
// gives its item files.
const sessionsOfBriefs = model.MaxSessions - 1

// behindEnd is how many operations an ended session is asked for.
const behindEnd = 5

// briefs are all pairs of an operation and an end, and ends behind an operation
// that came twice.
func briefs() (all []brief) {
	for _, of := range []struct {
		service     string
		once, twice []string
		ends        []string
	}{
		{model.UpdateSession, []string{"", "keep_alive", "update", "file.validate", "file.remove", "delete", "file.add", "upload"},
			[]string{"keep_alive", "update", "file.validate"}, []string{"complete", "cancel", "fail"}},
		{model.DownloadSession, []string{"keep_alive", "file.prepare", "download"},
			[]string{"keep_alive"}, []string{"cancel", "fail", "delete"}},
	} {
		for _, end := range of.ends {
			if of.service == model.UpdateSession {
				all = append(all, brief{of.service, []string{"file.add", "file.remove", "file.add"}, end})
			}
			for _, once := range of.once {
				all = append(all, brief{of.service, []string{once}, end})
			}
			for _, twice := range of.twice {
				all = append(all, brief{of.service, []string{twice, twice}, end})
			}
		}
	}
	return all
}

// briefly are the histories of all short lives, each life in one binding.
func briefly() (all []func(*walk)) {
	number := 0
	for some := range slices.Chunk(briefs(), sessionsOfBriefs) {
		first := number
		all = append(all, func(w *walk) {
			w.fill(0, 3)
			for i, life := range some {
				w.binding = w.bindings[(uint64(w.options.Seed)+uint64(first+i))%uint64(len(w.bindings))]
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
	for range behindEnd {
		w.follow(session, w.demands(session))
	}
	w.do(w.of(session, "get"))
	w.do(w.of(session, "delete"))
}

// ownFile is the file that a short life brings, otherFile another one that it adds.
const ownFile, otherFile = 3, 4

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
