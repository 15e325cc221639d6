package model

// follow is the state after an answer that the option accepts.
func (m *Model) follow(s State, o Operation, chosen option, a Answer) State {
	switch o.action() {
	case "create":
		return m.afterCreate(s, o, chosen, a)
	case "list", GetItem, ListFiles, LogIn:
		return s
	case Download:
		return s.afterDownload(o, a)
	case Upload:
		return s.afterUpload(o, a)
	}
	before := s.Sessions[o.Session]
	session := &s.Sessions[o.Session]
	session.In = chosen.next
	if chosen.rests != "" && o.action() != "get" && o.action() != "file.get" && o.action() != "file.list" {
		session.rests, session.binding = chosen.then, o.Binding
	}
	switch {
	case chosen.open:
		s.loosen(o)
	case a.OK:
		s.affect(o, before, a)
	default:
		session.refuse(o)
	}
	return s
}

// refuse notes what must not show.
func (s *Session) refuse(o Operation) {
	switch o.action() {
	case "keep_alive":
		s.Refused.Progress = int16(o.Progress)
	case "fail":
		s.Refused.Message = int16(o.Message)
	case "update":
		s.Refused.Warning = int16(o.Warning)
	}
}

// affect is what success does beside the session's state.
func (s *State) affect(o Operation, before Session, a Answer) {
	session := &s.Sessions[o.Session]
	item := &s.Items[session.Item]
	file := &session.Files[o.File]
	switch o.action() {
	case "keep_alive":
		if o.Progress > 0 {
			session.Past.Progress, session.Progress = session.Progress, int16(o.Progress)
		}
		session.Kept = session.Expires > 0
		session.Extended = session.Extended || a.Apart && session.Kept
	case "update":
		if o.Warning > 0 {
			session.Past.Warning, session.Warning, session.Warns = session.Warning, int16(o.Warning), NotRead
		}
	case "fail":
		session.Message = int16(o.Message)
		item.restOn(o, "fail.item_unchanged")
	case "cancel":
		item.restOn(o, map[string]string{DownloadSession: "cancel.item_unchanged", UpdateSession: "cancel.discards"}[session.Service])
	case "complete":
		s.publish(o, before)
	case "file.prepare":
		file.Prepared, file.Asked, file.Loaded = true, true, false
	case "file.add":
		file.In, file.Sum = file.In&Received|Waiting, int16(o.Sum)
		item.restOn(o, "complete.not_visible_before")
	case "file.remove":
		file.In = Absent
		if before.Files[o.File].In&(Waiting|Received|Spoiled) != 0 && has(*item, o.File) != no {
			file.In |= Base
		}
		item.restOn(o, "file.remove.deferred")
	}
}

func (i *Item) restOn(o Operation, short string) {
	if rests := o.behaviour(short); rests != "" {
		i.rests, i.binding, i.unseen = rests, o.Binding, true
	}
}

// shownVersion is the content_version that a new session of the item must show; Open
// where another one would say as much of what came before.
func (i Item) shownVersion() int16 {
	if i.unseen {
		return Open
	}
	return i.Version
}

// publish makes the session's files its item's. Other sessions of the item show
// what no document says.
func (s *State) publish(o Operation, before Session) {
	item := &s.Items[before.Item]
	defer s.hideFiles(before.Item, o.Session)
	if spoiled(before, *item, 0) != no {
		item.keep(before)
		item.restOn(o, "file.push.checksum_bad")
		return
	}
	changed := changes(before, *item)
	for i, file := range before.Files {
		switch file.In &^ Waiting {
		case Base:
		case Absent:
			item.Files[i] = 0
		case Received:
			item.Files[i] = file.Content
		default:
			item.Files[i] = Open
		}
	}
	if changed != no {
		item.Was, item.Version = item.Version, Open
	}
	if changed != surely {
		item.Was = Open
	}
	item.restOn(o, "complete.item_updated")
}

// hideFiles forgets the files of the item's other sessions.
func (s *State) hideFiles(item int16, but int) {
	for i, other := range s.Sessions {
		if other.Item == item && i != but {
			s.Sessions[i].forgetFiles()
		}
	}
}

// keep is the item after a session with a spoiled file: whatever became of the
// others, that is not on it.
func (i *Item) keep(session Session) {
	for number, file := range session.Files {
		if file.In != Spoiled && file.In != Base {
			i.Files[number] = Open
		}
	}
	i.Version, i.Was = Open, Open
}

func (s *Session) forgetFiles() {
	for i := range s.Files {
		s.Files[i].In, s.Files[i].Content = anyFile, Open
	}
}

// loosen forgets what an answer may have changed that no document speaks of.
func (s *State) loosen(o Operation) {
	session := &s.Sessions[o.Session]
	switch o.action() {
	case "get", "delete", "file.get", "file.list":
	case "keep_alive":
		session.Progress = Open
	case "update":
		session.Warning = Open
	case "file.prepare":
		session.Files[o.File] = File{In: anyFile, Content: Open, Asked: true, Fetched: true}
	default:
		session.forgetFiles()
		session.Message = Open
		if session.Service == UpdateSession && session.In&(Active|Completing|Done) != 0 {
			s.Items[session.Item].forget()
		}
	}
}

func (i *Item) forget() {
	for file := range i.Files {
		i.Files[file] = Open
	}
	i.Version, i.Was, i.rests = Open, Open, ""
}

// afterCreate is the state with the session that a create made.
func (m *Model) afterCreate(s State, o Operation, chosen option, a Answer) State {
	if !a.OK || a.Session != o.Session {
		return s
	}
	if o.service() == UpdateSession && chosen.rests == "" && m.judges(o.behaviour("create.busy"), o.Binding) {
		// Whoever gets a session on the item learns that no other is ACTIVE, where
		// items are busy at all.
		for i, other := range s.Sessions {
			if rest := other.In &^ (Active | Completing); other.Service == UpdateSession && int(other.Item) == o.Item && rest != 0 {
				s.Sessions[i].In = rest
			}
		}
	}
	item := s.Items[o.Item]
	made := Session{
		Service: o.service(), Item: int16(o.Item), In: Active, Token: int16(o.Token), Version: item.shownVersion(),
		rests: o.behaviour("create.active"), binding: o.Binding,
	}
	if o.Token != 0 {
		made.TokenBinding = o.Binding
	}
	if m.broken(made.rests, o.Binding) {
		made.In = anyState
	}
	for i, content := range item.Files {
		made.Files[i] = File{In: Base, Content: content}
		switch content {
		case 0:
			made.Files[i].In = Absent
		case Open:
			made.Files[i].In = Base | Absent
		}
	}
	if s.completing(int16(o.Item)) {
		made.forgetFiles()
		made.Version = Open
	}
	s.Sessions[o.Session] = made
	return s
}

// afterUpload: the bytes of a session that has ended go nowhere.
func (s State) afterUpload(o Operation, a Answer) State {
	session := &s.Sessions[o.Session]
	file := &session.Files[o.File]
	announced := file.Sum == 0 || int(file.Sum) == o.Content
	switch {
	case session.In&(Active|Completing) == 0:
	case session.In == Active && !announced && file.In == Spoiled:
	case session.In == Active && !announced && file.In == Waiting && file.Sum > 0:
		if file.In = Spoiled; !a.OK {
			file.In |= Waiting
		}
	case !a.OK:
	case session.In == Active && announced && file.In&^(Waiting|Received) == 0 && file.In&Waiting != 0:
		file.In, file.Content = Received, int16(o.Content)
	default:
		file.In, file.Content = file.In|Received, Open
	}
	return s
}

// afterDownload: a URL that is known to be right gave all of the file, or not.
func (s State) afterDownload(o Operation, a Answer) State {
	session := &s.Sessions[o.Session]
	file := &session.Files[o.File]
	file.Fetched = true
	file.Loaded = a.OK && session.In == Active && file.Prepared && file.Content > 0 && a.Content == int(file.Content)
	return s
}
