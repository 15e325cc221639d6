package model

// option is one way in which the target may go on.
type option struct {
	answer Kind
	// next is what the session of the operation may be in afterwards.
	next States
	// rests is the behaviour of the answer, then that of what follows; rests is
	// empty where nothing is judged.
	rests, then string
	// open says that nothing is known of what follows.
	open bool
	// session is which one a create has to name.
	session int
}

// union is all that the options let follow.
func union(options []option) option {
	all := options[0]
	for _, one := range options[1:] {
		all.next |= one.next
		all.open = all.open || one.open
		if all.rests == "" {
			all.rests, all.then = one.rests, one.then
		}
	}
	return all
}

// options lists the ways in which the target may go on.
func (m *Model) options(s *State, o Operation) []option {
	switch o.action() {
	case "create":
		return m.createOptions(s, o)
	case "list":
		return []option{m.openUnlessJudged(o, option{answer: OK, rests: o.behaviour("list.ok")})}
	case Upload:
		return m.uploadOptions(s, o)
	case Download:
		return m.downloadOptions(s, o)
	case GetItem, ListFiles, LogIn:
		return []option{{answer: Any}}
	}
	return m.sessionOptions(s, o)
}

// sessionOptions reads the table of the session's service.
func (m *Model) sessionOptions(s *State, o Operation) []option {
	session := s.Sessions[o.Session]
	item := s.Items[session.Item]
	var options []option
	action := o.action()
	for state := Active; state <= Gone; state <<= 1 {
		if session.In&state == 0 {
			continue
		}
		before := len(options)
		for i := range tables[session.Service] {
			cell := &tables[session.Service][i]
			if cell.operation != action || cell.in&state == 0 || cell.when != nil && cell.when(session, item, o.File) == no {
				continue
			}
			options = append(options, m.optionOf(*cell, state, o))
		}
		if len(options) == before {
			options = append(options, option{answer: Any, next: anyState, open: true})
		}
	}
	return options
}

func (m *Model) optionOf(cell cell, state States, o Operation) option {
	one := option{answer: cell.answer, next: cell.next, rests: o.behaviour(cell.rests), then: o.behaviour(cell.then)}
	if one.next == 0 {
		one.next = state
	}
	if m.atOnce {
		one.next &^= Completing
	}
	if one.then == "" {
		one.then = one.rests
	}
	if cell.rests == "" {
		one.open = state&terminal != 0
		return one
	}
	if o.Name == UpdateSession+".cancel" && state == Active && m.cancelMayDelete(o.Binding) {
		one.next |= Gone
	}
	if m.broken(one.then, o.Binding) {
		one.next, one.open = anyState, true
	}
	return m.openUnlessJudged(o, one)
}

// openUnlessJudged opens the option if its behaviour cannot be held against the target.
func (m *Model) openUnlessJudged(o Operation, one option) option {
	if m.judges(one.rests, o.Binding) {
		return one
	}
	return option{answer: Any, next: anyState, open: true, session: Open}
}

// createOptions: a known token has its session, and an item has one ACTIVE
// update session.
func (m *Model) createOptions(s *State, o Operation) []option {
	made := option{answer: OK, rests: o.behaviour("create.ok"), then: o.behaviour("create.active"), session: o.Session}
	if known, repeated := s.withToken(o); repeated {
		first := s.Sessions[known]
		// Whether bindings share their tokens is not written.
		if first.In == Active && int(first.Item) == o.Item && first.TokenBinding == o.Binding {
			return []option{m.openUnlessJudged(o, option{answer: OK, rests: o.behaviour("create.token_idempotent"), session: known})}
		}
		return []option{{answer: Any, open: true, session: Open}}
	}
	if o.service() == DownloadSession {
		return []option{m.openUnlessJudged(o, made)}
	}
	switch surely, maybe := s.busy(int16(o.Item)); {
	case surely:
		return []option{m.openUnlessJudged(o, option{answer: Busy, rests: o.behaviour("create.busy")})}
	case maybe:
		return []option{{answer: Any, session: o.Session}}
	}
	made.rests = o.behaviour(s.frees(o))
	return []option{m.openUnlessJudged(o, made)}
}

// frees is why a create on the item must succeed.
func (s *State) frees(o Operation) string {
	why := "create.ok"
	for _, session := range s.Sessions {
		switch {
		case session.Service != UpdateSession:
		case int(session.Item) == o.Item && session.In == Canceled:
			return "cancel.frees_item"
		case int(session.Item) == o.Item && session.In == Failed:
			return "fail.frees_item"
		case int(session.Item) != o.Item && session.In == Active:
			why = "create.other_item_not_busy"
		}
	}
	return why
}

func (m *Model) uploadOptions(s *State, o Operation) []option {
	session := s.Sessions[o.Session]
	file := session.Files[o.File]
	if session.In == Active && file.In == Waiting && (file.Sum == 0 || int(file.Sum) == o.Content) {
		return []option{m.openUnlessJudged(o, option{answer: OK, rests: UpdateFile + ".push.put"})}
	}
	return []option{{answer: Any}}
}

func (m *Model) downloadOptions(s *State, o Operation) []option {
	session := s.Sessions[o.Session]
	file := session.Files[o.File]
	if session.In == Active && file.In == Base && file.Prepared {
		return []option{m.openUnlessJudged(o, option{answer: OK, rests: DownloadFile + ".transfer.get_bytes"})}
	}
	return []option{{answer: Any}}
}
