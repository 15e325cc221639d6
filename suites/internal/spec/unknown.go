package spec

import (
	"cmp"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"session-conformance/fixtures/library"
)

// Unknown returns a session that never existed.
func (s *Spec) Unknown(service string) *Session {
	return s.SessionNamed(service, otherID(cmp.Or(s.knownID(service), s.knownID(Download), s.knownID(Update))))
}

// UnknownItem returns an item that never existed.
func (s *Spec) UnknownItem() Item { return Item{ID: otherID(s.knownID(library.KindItem))} }

// DeletedItem returns an item that existed, was deleted and is not found any more; false
// where the run may make none, and where the target does not delete it.
func (s *Spec) DeletedItem() (item Item, deleted bool) {
	if s.target.ReadOnly || s.target.Library == nil {
		return Item{}, false
	}
	ctx, note := s.look("look for the deleted item")
	item, gone, err := s.target.Library.DeletedItem(ctx)
	note()
	return item, gone && err == nil
}

// knownID is an id of that kind which the target has given; empty if there is none.
func (s *Spec) knownID(kind string) string {
	for _, one := range s.target.Existing {
		if one.Service == kind {
			return one.ID
		}
	}
	if s.target.Library == nil {
		return ""
	}
	return s.target.Library.Known(kind)
}

var (
	uuids     = regexp.MustCompile(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
	lastDigit = regexp.MustCompile(`[0-9]+[^0-9]*$`)
)

// enoughDigits make a number that no server has counted to.
const enoughDigits = 12

// otherID is an id of the same shape with other digits, so that a server which
// checks the shape first has nothing to say against it. Any UUID will do where
// there is none to follow, or one without digits.
func otherID(known string) string {
	if uuids.MatchString(known) {
		return uuids.ReplaceAllStringFunc(known, func(string) string { return uuid.NewString() })
	}
	if !lastDigit.MatchString(known) {
		return uuid.NewString()
	}
	if missing := enoughDigits - strings.Count(strings.Map(onlyDigits, known), "0"); missing > 0 {
		at := lastDigit.FindStringIndex(known)[0]
		known = known[:at] + strings.Repeat("9", missing) + known[at:]
	}
	return strings.Map(otherDigit, known)
}

// onlyDigits writes every digit as 0 and drops what is none.
func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return -1
}

// otherDigit draws another digit for every digit; none is 0, with which a number
// would not begin.
func otherDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return '1' + rand.N[rune](9)
	}
	return r
}
