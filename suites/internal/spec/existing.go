package spec

import (
	"slices"

	"session-conformance/suites/internal/wire"
)

// Existing is a session that was there before the run.
type Existing struct {
	Service, ID, Item string
	State             State
}

// readOnly ends a behaviour whose request could change something, in a run that only
// reads.
func (s *Spec) readOnly(request wire.Request) {
	if s.target.ReadOnly && !request.Reads() {
		s.Skip("would ask for what could change something, and %s forbids that", s.option("ReadOnly"))
	}
}

// existing is a session in the state that somebody else has made, for a run that only
// reads; it is never deleted.
func (s *Spec) existing(service string, state State, wanted arranged) *Session {
	for _, one := range s.target.Existing {
		fits := wanted.item == nil || wanted.item.ID == one.Item
		if fits && one.Service == service && isUsable(one.State, state) && len(wanted.files) == 0 {
			session := s.SessionNamed(service, one.ID)
			session.Item = Item{ID: one.Item, Given: true}
			return session
		}
	}
	s.Skip("needs another session of %s that exists, in %s: %s forbids to make one", service, state, s.option("ReadOnly"))
	return nil
}

// isUsable says whether a session in the one state serves who wants the other.
func isUsable(is, wanted State) bool {
	switch wanted {
	case InUse:
		return is == Active
	case Ended:
		return slices.Contains([]State{Canceled, Errored, Done}, is)
	}
	return is == wanted
}
