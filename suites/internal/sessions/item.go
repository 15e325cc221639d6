package sessions

import (
	"slices"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// Content is what an item held at one moment.
type Content struct {
	item    Item
	version string
	files   []string
	// looked is the answer with the version.
	looked wire.Exchange
}

// ContentOf looks at what the item holds.
func ContentOf(s *Spec, item Item) Content {
	version, looked := s.ContentVersion(item), s.LastLook()
	return Content{item, version, sortedFiles(s, item), looked}
}

// Holds breaks the behaviour unless the item holds the file that the run gave
// it, if it did: the behaviours of which the item was before take none.
func (c Content) Holds(s *Spec) {
	if file := c.item.File; file != "" && !slices.Contains(c.files, file) {
		s.Fail(Expected("the item to hold the file %q that the run gave it", file).Got("%q", c.files).
			Detail("something that was done to its sessions before has taken it"))
	}
}

// Lacks breaks the behaviour if the item held the file then; which says what the
// file was.
func (c Content) Lacks(s *Spec, name, which string) {
	if slices.Contains(c.files, name) {
		s.Fail(Expected("the item to be without the file %q, %s", name, which).Got("%q", c.files))
	}
}

// MustBeOver blocks the behaviour where the operation has left the session ACTIVE:
// of what ends with a session nothing can be seen then.
func MustBeOver(s *Spec, session *Session) {
	defer s.Aside("get, to see that the session is over")()
	if reply := session.Get(); InState(reply, Active) {
		s.Block(s.Service()+"."+s.Behaviour.Operation+".ok", "the session is ACTIVE as before, so nothing shows: get answered %s%s",
			Answer(reply), Body(reply))
	}
}

// FilesStay breaks the behaviour if the item holds other files by now.
func (c Content) FilesStay(s *Spec) {
	if now := sortedFiles(s, c.item); !slices.Equal(now, c.files) {
		s.Fail(Expected("the item's files to stay").Got("others").CompareLines(c.files, now).
			Detail("it held %q, and holds %q", c.files, now))
	}
}

// Stays breaks the behaviour if the item holds something else by now.
func (c Content) Stays(s *Spec) {
	c.FilesStay(s)
	if now := s.ContentVersion(c.item); now != c.version {
		s.Fail(Expected("the item's content_version to stay").Got("another one").Of("content_version").
			Compare(c.version, now).Since(c.looked))
	}
}

func sortedFiles(s *Spec, item Item) []string {
	return slices.Sorted(slices.Values(s.Files(item)))
}
