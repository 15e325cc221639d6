package explore

import (
	"session-conformance/suites/model"
)

// candidates are the operations that are worth taking in the session's state:
// those of which the documents say something there.
func (w *walk) candidates(session int) []model.Operation {
	now := w.state.Sessions[session]
	switch {
	case now.Service == "":
		return nil
	case now.In == model.Active && now.Service == model.DownloadSession:
		return append(w.looks(session), w.changesOfDownload(session)...)
	case now.In == model.Active:
		return append(w.looks(session), w.changesOfUpdate(session)...)
	case now.In == model.Gone:
		return w.inVain(session)
	}
	return w.refusals(session)
}

// of is an operation on the session.
func (w *walk) of(session int, action string) model.Operation {
	o := model.Operation{Name: w.state.Sessions[session].Service + "." + action, Session: session}
	switch action {
	case "fail":
		o.Message = w.nextNumber()
	case "update":
		o.Warning = 1 + w.random.IntN(len(warnings))
	}
	return o
}

// ofFile is an operation on a file of the session.
func (w *walk) ofFile(session int, action string, file int) model.Operation {
	return model.Operation{Name: model.WholeName(w.state.Sessions[session].Service, "file."+action), Session: session, File: file}
}

// upload sends new bytes of a file, or those whose checksum was announced;
// downloadOf gets those that it has.
func (w *walk) upload(session, file int) model.Operation {
	content := w.otherContent(session, file)
	if announced := w.state.Sessions[session].Files[file].Sum; announced > 0 {
		content = int(announced)
	}
	return model.Operation{Name: model.Upload, Session: session, File: file, Content: content}
}

func downloadOf(session, file int) model.Operation {
	return model.Operation{Name: model.Download, Session: session, File: file}
}

// progress keeps the session alive with more progress than before.
func (w *walk) progress(session int) model.Operation {
	o := w.of(session, "keep_alive")
	o.Progress = min(int(max(w.state.Sessions[session].Progress, 0))+1+w.random.IntN(12), 100)
	return o
}

func (w *walk) lists(session int) []model.Operation {
	all, own := w.of(session, "list"), w.of(session, "list")
	all.Item, own.Item = model.Open, int(w.state.Sessions[session].Item)
	if w.script.uses(1-own.Item) && w.random.IntN(3) == 0 {
		own.Item = 1 - own.Item
	}
	return []model.Operation{all, own}
}

// looks change nothing.
func (w *walk) looks(session int) []model.Operation {
	all := append(w.lists(session), w.of(session, "get"), w.ofFile(session, "list", 0))
	for file := range w.files {
		all = append(all, w.ofFile(session, "get", file))
	}
	return all
}

func (w *walk) changesOfDownload(session int) []model.Operation {
	all := append(w.again(session), w.of(session, "keep_alive"), w.progress(session))
	for file, one := range w.state.Sessions[session].Files[:w.files] {
		if one.Prepared {
			all = append(all, downloadOf(session, file))
		}
		if !one.Prepared || w.random.IntN(oneOf) == 0 {
			all = append(all, w.ofFile(session, "prepare", file))
		}
	}
	return all
}

func (w *walk) changesOfUpdate(session int) []model.Operation {
	item := int(w.state.Sessions[session].Item)
	all := append(w.again(session), w.of(session, "keep_alive"), w.progress(session),
		w.of(session, "update"), w.of(session, "delete"),
		w.ofFile(session, "validate", 0), model.Operation{Name: model.ListFiles, Item: item})
	if !w.isFull() {
		all = append(all, model.Operation{Name: model.UpdateSession + ".create", Session: w.made, Item: item})
	}
	waits := false
	for file, one := range w.state.Sessions[session].Files[:w.files] {
		all = append(all, w.ofFile(session, "remove", file))
		if one.In == model.Waiting {
			waits = true
			all = append(all, w.upload(session, file))
		} else {
			all = append(all, w.ofFile(session, "add", file))
		}
	}
	if waits {
		all = append(all, w.of(session, "complete"))
	}
	return all
}

// again is a create with the token of the session.
func (w *walk) again(session int) []model.Operation {
	now := w.state.Sessions[session]
	if now.Token == 0 || w.isFull() {
		return nil
	}
	return []model.Operation{{Name: now.Service + ".create", Session: w.made, Item: int(now.Item),
		Token: int(now.Token), Binding: now.TokenBinding}}
}

// refusals are what a session that has ended must refuse, and looks.
func (w *walk) refusals(session int) []model.Operation {
	now := w.state.Sessions[session]
	all := append(w.lists(session), w.of(session, "get"), w.of(session, "cancel"), w.of(session, "fail"),
		w.of(session, "keep_alive"), w.progress(session))
	if now.Service == model.UpdateSession {
		all = append(all, w.of(session, "update"), w.of(session, "complete"), w.ofFile(session, "validate", 0),
			model.Operation{Name: model.ListFiles, Item: int(now.Item)})
	}
	return append(all, w.deadURLs(session)...)
}

// deadURLs are transfers to URLs that ended with the session.
func (w *walk) deadURLs(session int) (all []model.Operation) {
	for file, one := range w.state.Sessions[session].Files {
		switch {
		case one.Prepared:
			all = append(all, downloadOf(session, file))
		case one.In == model.Waiting && w.state.Sessions[session].In != model.Gone:
			all = append(all, w.upload(session, file))
		}
	}
	return all
}

// inVain is what is asked of a deleted session.
func (w *walk) inVain(session int) []model.Operation {
	actions, files := []string{"get", "keep_alive", "cancel", "fail", "delete"}, []string{"list", "get", "prepare"}
	if w.state.Sessions[session].Service == model.UpdateSession {
		actions, files = append(actions, "complete", "update"), []string{"list", "get", "add", "remove", "validate"}
	}
	all := append(w.lists(session), w.deadURLs(session)...)
	for _, action := range actions {
		all = append(all, w.of(session, action))
	}
	for _, action := range files {
		all = append(all, w.ofFile(session, action, 0))
	}
	return all
}
