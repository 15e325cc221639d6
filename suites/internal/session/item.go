package session

import (
	"slices"

	. "session-conformance/suites/internal/spec"
)

// Content is what an item held at one moment.
type Content struct {
	item    Item
	version string
	files   []string
}

// ContentOf looks at what the item holds.
func ContentOf(s *Spec, item Item) Content {
	return Content{item, s.ContentVersion(item), sortedFiles(s, item)}
}

// Holds breaks the behaviour unless the item holds the file that the run gave
// it, if it did: the behaviours of which the item was before take none.
func (c Content) Holds(s *Spec) {
	if file := c.item.File; file != "" && !slices.Contains(c.files, file) {
		s.Fail("expected the item to hold the file %q that the run gave it, got %q\nsomething that was done to its sessions before has taken it", file, c.files)
	}
}

// Stays breaks the behaviour if the item holds something else by now.
func (c Content) Stays(s *Spec) {
	if now := sortedFiles(s, c.item); !slices.Equal(now, c.files) {
		s.Fail("expected the item's files to stay %q, got %q", c.files, now)
	}
	if now := s.ContentVersion(c.item); now != c.version {
		s.Fail("expected the item's content_version to stay, got another one\nwant %q, got %q", c.version, now)
	}
}

func sortedFiles(s *Spec, item Item) []string {
	return slices.Sorted(slices.Values(s.Files(item)))
}
