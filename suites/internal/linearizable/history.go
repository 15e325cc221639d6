// Package linearizable says whether some order of requests that overlapped
// explains what they were answered, and what was seen after they had ended. No
// document speaks of concurrent clients; but each cell of the documents holds for
// each request at some moment between its call and its answer.
package linearizable

import (
	"net/http"
	"slices"
	"time"

	"session-conformance/suites/model"
)

// Event is one request and its answer.
type Event struct {
	model.Operation
	model.Answer
	// Lost says that no answer came: the request may have been done, or not.
	Lost bool
	// Call and Return are when it was sent and answered, from one instant on.
	Call, Return time.Duration

	// late says that it gave way to a request that overlapped with it.
	late bool
}

// mayGiveWay says whether the answer is one for what cannot be done now: no
// document says which of two requests at once is done, nor that both are.
func (e Event) mayGiveWay() bool {
	return !e.Lost && !e.OK && (e.Status == http.StatusConflict ||
		e.Error == "resource_busy" || e.Error == "not_allowed_in_current_state")
}

func (e Event) overlaps(other Event) bool { return e.Call <= other.end() && other.Call <= e.end() }

// forever is when a request ends of which no answer came.
const forever = time.Duration(1<<63 - 1)

// end is the last moment at which the request may have been done.
func (e Event) end() time.Duration {
	if e.Lost {
		return forever
	}
	return e.Return
}

// History is what a few clients did at once.
type History struct {
	// Start is the state before they began.
	Start model.State
	// Branches are the requests of each client, one after the other.
	Branches [][]Event
	// Looks are requests that had the target for themselves, afterwards.
	Looks []Event
}

// notingLate is the history, with the events noted that may have given way.
func (h History) notingLate() History {
	branches := make([][]Event, len(h.Branches))
	for one, branch := range h.Branches {
		branches[one] = slices.Clone(branch)
		for other, beside := range h.Branches {
			for i, event := range branch {
				if one != other && event.mayGiveWay() && slices.ContainsFunc(beside, event.overlaps) {
					branches[one][i].late = true
				}
			}
		}
	}
	h.Branches = branches
	return h
}

// upTo is the history without the looks from the given one on.
func (h History) upTo(look int) History {
	h.Looks = h.Looks[:look]
	return h
}
