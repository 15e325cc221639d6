package spec

import (
	"fmt"
	"net/http"
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Reading is how the target reads a point on which the documents of different
// releases contradict each other (reference, section 5).
type Reading struct {
	// Topic names the point, Met what the target does.
	Topic, Met string
	// Releases are those whose documents say so, in words.
	Releases string
}

// Met notes which reading the target was seen to follow.
func (s *Spec) Met(reading Reading) { s.report.Readings = append(s.report.Readings, reading) }

// The readings of update_session.cancel (reference, section 5, row 1).
var (
	CancelDeletes = Reading{"update_session.cancel", "deletes the session", "6.0, 6.5"}
	CancelKeeps   = Reading{"update_session.cancel", "leaves the session in state CANCELED", "6.7u1 and later"}
)

// busyChanged is the first release whose documents give resource_busy the
// status 500 in rest (reference, section 5, row 2).
const busyChanged = "7.0"

// ResourceBusy is the error of a second create on a busy item: 500 in api; 400
// or 500 in rest, unless a release was named that settles it; either in
// legacy, whose pages show no status for it.
func (s *Spec) ResourceBusy() ErrorType {
	busy := ResourceBusy
	if len(s.target.Releases) != 1 || s.Variant.Binding != wire.Rest {
		return busy
	}
	busy.Classic = []int{400}
	if s.Since(busyChanged) {
		busy.Classic = []int{500}
	}
	return busy
}

// MetBusy notes the status with which the target says that an item is busy.
func (s *Spec) MetBusy(reply wire.Reply) {
	releases := map[int]string{400: "6.5, 6.7u1", 500: "7.0 and later"}[reply.Status]
	if releases != "" && s.Variant.Binding == wire.Rest {
		s.Met(Reading{"resource_busy in rest", fmt.Sprintf("has status %d", reply.Status), releases})
	}
}

// WrongState is the error of an operation on a session that is not ACTIVE: 400;
// for cancel and fail of update sessions some pages of rest print 409, which is
// accepted unless a release was named (reference, section 5, row 3).
func (s *Spec) WrongState() ErrorType {
	wrong := NotAllowedInCurrentState
	if s.mayConflict() && len(s.target.Releases) != 1 {
		wrong.Classic = []int{400, http.StatusConflict}
	}
	return wrong
}

// MetWrongState notes the status with which the target refuses for the state,
// where pages contradict each other.
func (s *Spec) MetWrongState(reply wire.Reply) {
	said := map[int]string{400: "the structures of every release", http.StatusConflict: "some pages of 6.5 to 7.0"}[reply.Status]
	if said != "" && s.mayConflict() {
		s.Met(Reading{"not_allowed_in_current_state of cancel and fail in rest", fmt.Sprintf("has status %d", reply.Status), said})
	}
}

// mayConflict says whether some page prints 409 for the operation.
func (s *Spec) mayConflict() bool {
	return s.Variant.Binding == wire.Rest && s.Behaviour.Service == Update && conflicting[s.Behaviour.Operation]
}

// conflicting are the operations of update sessions that some pages of rest
// give 409 (reference, section 5, row 3).
var conflicting = map[string]bool{"cancel": true, "fail": true}

// Since says whether every release that the target may be of is at least the
// given one.
func (s *Spec) Since(release string) bool {
	return !slices.ContainsFunc(s.target.Releases, func(possible string) bool {
		return !ledger.Range{Since: release}.Holds(possible)
	})
}
