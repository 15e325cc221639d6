package model

import "fmt"

// sight is one thing that an answer shows: what it is said to be by a
// behaviour, and what it is.
type sight struct {
	rests, expected, got string
}

// look compares what the answer shows with the state, and narrows the state to
// it. The first thing that cannot be is the deviation.
func (m *Model) look(s State, o Operation, a Answer) (State, *Deviation) {
	var seen []sight
	switch {
	case !a.OK:
	case a.Unreadable != "":
		seen = []sight{{o.behaviour(o.action() + ".ok"), "an answer of the documented shape",
			"one that cannot be read: " + a.Unreadable}}
	case a.Shown != nil:
		seen = s.lookAtSession(o, *a.Shown)
	case a.Listed != nil:
		seen = s.lookAtList(o, *a.Listed)
		if a.Strangers {
			seen = append(seen, sight{o.behaviour("list.filter_miss"), "a list of nothing but the item's sessions", "one with another id"})
		}
	case a.Files != nil:
		if seen = s.lookAtFiles(o, *a.Files); a.Infos != nil {
			seen = append(seen, s.lookAtInfos(o, *a.Infos)...)
		}
	case a.HasErrors != nil:
		seen = s.lookAtValidation(o, *a.HasErrors)
	case a.Contents != nil:
		seen = s.lookAtItemFiles(o, *a.Contents)
	case o.Name == GetItem:
		seen = s.lookAtItem(o, a.Version)
	case o.Name == Download:
		seen = s.lookAtBytes(o, a.Content)
	}
	for _, one := range seen {
		if m.judges(one.rests, o.Binding) {
			return s, &Deviation{Behaviour: one.rests, Level: m.LevelOf(one.rests, o.Binding), Expected: one.expected, Got: one.got}
		}
	}
	return s, nil
}

func (s *State) lookAtList(o Operation, listed [MaxSessions]bool) []sight {
	var seen []sight
	for i := range s.Sessions {
		session := &s.Sessions[i]
		filtered, own := o.Item != Open, int(session.Item) == o.Item
		name := fmt.Sprintf("session %d", i+1)
		switch {
		case session.Service != o.service():
		case !listed[i] && session.In&^(Active|Completing) == 0 && !filtered:
			seen = append(seen, sight{o.behaviour("list.contains_own"), "a list with " + name + ", which is ACTIVE", "one without it"})
		case !listed[i] && session.In&^(Active|Completing) == 0 && own:
			seen = append(seen, sight{o.behaviour("list.filter_hit"),
				"a list with " + name + ", which is ACTIVE and of the item", "one without it"})
		case listed[i] && filtered && !own:
			seen = append(seen, sight{o.behaviour("list.filter_miss"),
				"a list without " + name + ", which is of another item", "one with it"})
		case listed[i] && session.In == Gone:
			seen = append(seen, sight{o.behaviour("list.after_delete"), "a list without " + name + ", which is deleted", "one with it"})
		case listed[i]:
			session.In &^= Gone
		}
	}
	return seen
}

// lookAtFiles compares files with those of an ACTIVE session; 0 is one that the
// answer does not speak of. Whether a file was received already is not judged:
// it may take its time.
func (s *State) lookAtFiles(o Operation, files [MaxFiles]FileStates) []sight {
	session := &s.Sessions[o.Session]
	if session.In != Active {
		return nil
	}
	var seen []sight
	for i := range files {
		file := &session.Files[i]
		shown := files[i]
		if shown&(Waiting|Received) != 0 {
			shown |= Waiting | Received | Spoiled
		}
		switch possible := file.In & shown; {
		case shown == 0:
		case shown == Twice:
			seen = append(seen, sight{o.behaviour("file.add.same_name_updates"),
				fmt.Sprintf("file %d listed once", i+1), "listed more than once"})
		case possible == 0:
			seen = append(seen, sight{o.behaviour(o.fileShown(file.In)), fmt.Sprintf("file %d %s", i+1, file.In), shown.String()})
			file.In, file.Content = anyFile, Open
		default:
			file.In = possible
		}
	}
	return seen
}

// fileShown is the behaviour that says what is shown of a file.
func (o Operation) fileShown(expected FileStates) string {
	gets := o.action() == "file.get"
	switch {
	case o.service() == DownloadSession && gets:
		return "file.get.ok"
	case o.service() == DownloadSession:
		return "file.list.all_files"
	case expected == Absent && !gets:
		return "file.remove.not_listed"
	case expected == Base && gets:
		return "file.get.existing"
	case expected == Base:
		return "file.list.snapshot"
	case gets:
		return "file.get.added"
	}
	return "file.list.added"
}

func (s *State) lookAtValidation(o Operation, hasErrors bool) []sight {
	session := s.Sessions[o.Session]
	if session.In != Active || !hasErrors || complete(session, s.Items[session.Item], o.File) != surely {
		return nil
	}
	return []sight{{o.behaviour("file.validate.clean"), "has_errors false, since every file was received", "true"}}
}

// lookAtItemFiles narrows the item to the files that it shows.
func (s *State) lookAtItemFiles(o Operation, contents [MaxFiles]int16) []sight {
	item := &s.Items[o.Item]
	if s.completing(int16(o.Item)) {
		return nil
	}
	var seen []sight
	for i, content := range contents {
		switch {
		case content == 0 && item.Files[i] > 0:
			seen = append(seen, sight{item.rests, fmt.Sprintf("the item with file %d", i+1), "it without"})
			item.Files[i] = Open
		case content != 0 && item.Files[i] == 0:
			rests := item.rests
			if rests == UpdateSession+".complete.item_updated" {
				rests = UpdateFile + ".remove.effective"
			}
			seen = append(seen, sight{rests, fmt.Sprintf("the item without file %d", i+1), "it with the file"})
			item.Files[i] = Open
		case content == 0:
			item.Files[i] = 0
		}
	}
	return seen
}

// lookAtItem narrows the item to its content_version.
func (s *State) lookAtItem(o Operation, version int) []sight {
	item := &s.Items[o.Item]
	if s.completing(int16(o.Item)) || version == Open {
		return nil
	}
	var seen []sight
	switch {
	case item.Version != Open && int(item.Version) != version && item.rests != UpdateSession+".complete.item_updated":
		seen = append(seen, sight{item.rests, "the content_version that the item had", "another one"})
	case item.Version == Open && item.Was > 0 && int(item.Was) == version:
		seen = append(seen, sight{UpdateSession + ".complete.content_version_changes",
			"another content_version, since the files changed", "the same"})
	}
	item.Version, item.Was, item.unseen = int16(version), Open, false
	return seen
}

// lookAtBytes compares what a download URL gave.
func (s *State) lookAtBytes(o Operation, content int) []sight {
	session := &s.Sessions[o.Session]
	file := &session.Files[o.File]
	item := &s.Items[session.Item]
	ends := map[States]string{Canceled: "cancel", Failed: "fail", Gone: "delete"}[session.In]
	switch {
	case ends != "" && content != Open && int(file.Content) == content:
		return []sight{{DownloadSession + "." + ends + ".invalidates_urls",
			"a download URL that is dead, since its session is " + session.In.String(), "the file"}}
	case session.In != Active || !file.Prepared:
		return nil
	case file.Content == Open:
		file.Content = int16(content)
		if item.Files[o.File] == Open {
			item.Files[o.File] = int16(content)
		}
		return nil
	case int(file.Content) == content:
		return nil
	}
	rests, got := DownloadFile+".transfer.get_bytes", "other bytes"
	switch {
	case item.rests == UpdateFile+".push.checksum_bad":
		rests = item.rests
	case content != Open && item.rests == UpdateSession+".complete.item_updated":
		// What an earlier upload or the item had is there instead of the last.
		rests, got = UpdateFile+".add.same_name_updates", "those of an earlier upload"
	}
	return []sight{{rests, fmt.Sprintf("the bytes of file %d that were uploaded last", o.File+1), got}}
}
