package model

// The most of each that a history may have.
const (
	MaxSessions = 16
	MaxItems    = 2
	MaxFiles    = 6
)

// Open is a number of which nothing is known.
const Open = -1

// States is the set of the states that a session may be in.
type States uint16

// The states. Completing is between a complete that was accepted and its end;
// get shows it as ACTIVE. Gone is deleted, or never made.
const (
	Active States = 1 << iota
	Completing
	Done
	Canceled
	Failed
	Gone

	anyState = Active | Completing | Done | Canceled | Failed | Gone
)

// FileStates is the set of what a file of a session may be.
type FileStates uint16

// What a file may be: not in the session, as the item has it, announced by add
// and not uploaded, uploaded, or uploaded with other bytes than those whose
// checksum was announced.
const (
	Absent FileStates = 1 << iota
	Base
	Waiting
	Received
	Spoiled
	// Twice is a file that a list shows more than once: nothing may be that.
	Twice

	anyFile = Absent | Base | Waiting | Received
)

// State is what may be true on the target of the sessions and items of one
// history. It is a value: it is never changed, and comparable.
type State struct {
	Sessions [MaxSessions]Session
	Items    [MaxItems]Item
}

// Session is one session; Service is empty where none was made.
type Session struct {
	Service string
	Item    int16
	In      States
	// Token is the number of the client token that it was made with, 0 for none;
	// TokenBinding is the binding that took it.
	Token        int16
	TokenBinding string
	// Progress is client_progress, Message the number of the client's error
	// message, Warning that of the warning_behavior, Version that of the item's
	// content_version when the session was made; Open if nothing is known.
	Progress, Message, Warning, Version int16
	// Refused are the arguments of the last keep_alive, fail and update that were
	// refused: nothing of them may show.
	Refused Arguments
	// Past are those that the session was given before its present ones: what shows
	// them is late, and has not taken what it refused.
	Past Arguments
	// Warns says whether get showed the warning_behavior at the last look.
	Warns Presence
	// Expires is the expiration_time that was shown last, 0 if none was; Kept says
	// that a keep_alive has come since, Extended that one came so much later that it
	// is another time now.
	Expires        int64
	Kept, Extended bool
	Files          [MaxFiles]File
	// rests is the behaviour that its state rests on, by that named binding.
	rests, binding string
}

// File is one file of a session.
type File struct {
	In FileStates
	// Content is the number of the bytes that were uploaded, or that the item
	// had when a download session was made.
	Content int16
	// Sum is the number of the bytes whose checksum was announced, 0 if none was.
	Sum int16
	// Prepared says that a download URL of it was asked for and given, Asked that
	// it was asked for, Fetched that its URL was used, and Loaded that all of it was
	// downloaded.
	Prepared, Asked, Fetched, Loaded bool
}

// Presence is whether an optional field was shown.
type Presence int8

// What is known of an optional field.
const (
	NotRead Presence = iota
	NotShown
	IsShown
	// Lost is what is not shown by a target that shows it else.
	Lost
)

// Arguments are those that a session keeps, 0 for none.
type Arguments struct{ Progress, Message, Warning int16 }

// Item is a library item. It holds a number for the bytes of each file, 0 for
// none, and one for its content_version; it differs from the version Was.
type Item struct {
	Files        [MaxFiles]int16
	Version, Was int16
	// unseen says that nobody has looked at its content_version since something was
	// tried that may change it.
	unseen bool
	// rests is the behaviour that its files rest on.
	rests, binding string
}

// Start is the state in which no session is; contents are the numbers of the
// bytes of the items' files.
func Start(contents ...[MaxFiles]int16) State {
	var s State
	for i := range s.Items {
		s.Items[i].Version = Open
		if i < len(contents) {
			s.Items[i].Files = contents[i]
		}
	}
	return s
}

// Plain is the state without the behaviours that it rests on: what equals
// another state's means the same.
func (s State) Plain() State {
	for i := range s.Sessions {
		s.Sessions[i].rests, s.Sessions[i].binding = "", ""
	}
	for i := range s.Items {
		s.Items[i].rests, s.Items[i].binding = "", ""
	}
	return s
}

// busy says whether the item surely has, and whether it may have, an update
// session that blocks another; DONE may (reference, section 5, row 12).
func (s *State) busy(item int16) (surely, maybe bool) {
	for i := range s.Sessions {
		session := &s.Sessions[i]
		if session.Service != UpdateSession || session.Item != item {
			continue
		}
		surely = surely || session.In == Active
		maybe = maybe || session.In&(Active|Completing|Done) != 0
	}
	return surely, maybe
}

// completing says whether the item's files may change at any moment.
func (s *State) completing(item int16) bool {
	for i := range s.Sessions {
		session := &s.Sessions[i]
		if session.Service == UpdateSession && session.Item == item && session.In&Completing != 0 {
			return true
		}
	}
	return false
}

// withToken finds the session that was made with the token.
func (s *State) withToken(o Operation) (int, bool) {
	for i := range s.Sessions {
		session := &s.Sessions[i]
		if session.Service == o.service() && int(session.Token) == o.Token && o.Token != 0 {
			return i, true
		}
	}
	return 0, false
}

// Or is the state in which all may be true that may be in either; false where
// they do not have the same sessions.
func (s State) Or(other State) (State, bool) {
	for i := range s.Sessions {
		one, another := &s.Sessions[i], other.Sessions[i]
		if one.Service != another.Service || one.Item != another.Item || one.Token != another.Token ||
			one.TokenBinding != another.TokenBinding {
			return s, false
		}
		one.widen(another)
	}
	for i := range s.Items {
		one, another := &s.Items[i], other.Items[i]
		for file := range one.Files {
			widen(&one.Files[file], another.Files[file])
		}
		widen(&one.Version, another.Version)
		widen(&one.Was, another.Was)
		one.unseen = one.unseen || another.unseen
		if one.rests != another.rests || one.binding != another.binding {
			one.rests, one.binding = "", ""
		}
	}
	return s, true
}

// widen opens a number that another says otherwise.
func widen(one *int16, another int16) {
	if *one != another {
		*one = Open
	}
}

func (s *Session) widen(other Session) {
	s.In |= other.In
	widen(&s.Progress, other.Progress)
	widen(&s.Message, other.Message)
	widen(&s.Warning, other.Warning)
	widen(&s.Version, other.Version)
	if s.Refused != other.Refused || s.Past != other.Past {
		s.Refused, s.Past = Arguments{}, Arguments{}
	}
	if s.Warns != other.Warns {
		s.Warns = NotRead
	}
	if s.Expires != other.Expires || s.Kept != other.Kept || s.Extended != other.Extended {
		s.Expires, s.Kept, s.Extended = 0, false, false
	}
	if s.rests != other.rests || s.binding != other.binding {
		s.rests, s.binding = "", ""
	}
	for i := range s.Files {
		file, another := &s.Files[i], other.Files[i]
		if file.In |= another.In; file.Prepared != another.Prepared {
			file.In, file.Prepared = anyFile, false
		}
		file.Asked, file.Fetched = file.Asked || another.Asked, file.Fetched || another.Fetched
		file.Loaded = file.Loaded && another.Loaded
		widen(&file.Content, another.Content)
		widen(&file.Sum, another.Sum)
	}
}
