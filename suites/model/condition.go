package model

// condition says whether a cell applies: surely, maybe or not. It is what the
// files of the session decide.
type condition func(s Session, item Item, file int) truth

type truth int

const (
	no truth = iota
	maybe
	surely
)

// among says whether the file is one of the set.
func (f File) among(set FileStates) truth {
	switch {
	case f.In&set == 0:
		return no
	case f.In&^set == 0:
		return surely
	}
	return maybe
}

func (t truth) not() truth { return surely - t }

// The files of a download session are its item's.
func offered(s Session, _ Item, file int) truth    { return s.Files[file].among(Base) }
func notOffered(s Session, _ Item, file int) truth { return s.Files[file].among(Absent) }

func unprepared(s Session, _ Item, file int) truth {
	if s.Files[file].Prepared {
		return no
	}
	return s.Files[file].among(Base)
}

func prepared(s Session, _ Item, file int) truth {
	if !s.Files[file].Prepared {
		return no
	}
	return s.Files[file].among(Base)
}

// inItem: the session shows the file as its item has it.
func inItem(s Session, item Item, file int) truth {
	return min(s.Files[file].among(Base), has(item, file))
}

// justAdded: the session has added the file, and may be the only one that knows it.
func justAdded(s Session, _ Item, file int) truth {
	return s.Files[file].among(Waiting | Received | Spoiled)
}

// removed: only the item has the file.
func removed(s Session, item Item, file int) truth {
	return min(s.Files[file].among(Absent), has(item, file))
}

// unknown: neither has the file.
func unknown(s Session, item Item, file int) truth {
	return min(s.Files[file].among(Absent), has(item, file).not())
}

func inSession(s Session, _ Item, file int) truth {
	return s.Files[file].among(anyFile&^Absent | Spoiled)
}

func has(item Item, file int) truth {
	switch item.Files[file] {
	case 0:
		return no
	case Open:
		return maybe
	}
	return surely
}

// waiting: a file was announced and not uploaded.
func waiting(s Session, _ Item, _ int) truth { return anyIs(s, Waiting) }

// spoiled: a file was uploaded with other bytes than announced.
func spoiled(s Session, _ Item, _ int) truth { return anyIs(s, Spoiled) }

func anyIs(s Session, states FileStates) truth {
	found := no
	for _, file := range s.Files {
		found = max(found, file.among(states))
	}
	return found
}

// changes: the session's files are other than the item's.
func changes(s Session, item Item) truth {
	found := no
	for i, file := range s.Files {
		found = max(found, file.among(Waiting|Received|Spoiled), removed(s, item, i))
	}
	return found
}

func empty(s Session, _ Item, _ int) truth {
	all := surely
	for _, file := range s.Files {
		all = min(all, file.among(Absent))
	}
	return all
}

// complete: there are files, and every one is there.
func complete(s Session, item Item, file int) truth {
	return min(anyIs(s, Waiting|Spoiled).not(), empty(s, item, file).not())
}

// received: every file that the session changes is there.
func received(s Session, item Item, file int) truth {
	return min(anyIs(s, Waiting|Spoiled).not(), changes(s, item))
}

func unchanged(s Session, item Item, _ int) truth { return changes(s, item).not() }
