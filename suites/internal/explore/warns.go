package explore

import (
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// shows is what a target was seen to do with a field that get need not show.
type shows struct {
	// set is that it showed what a session was given, bare that it showed none of
	// a session that was given none.
	set, bare bool
}

// warns says whether there is a warning_behavior, and whether the target shows
// none that nobody asked for; legacy does not know it.
func (h *history) warns(step Step, session wire.Members) (is model.Presence, unasked bool) {
	if step.Variant.Binding == wire.Legacy || !h.waits {
		return model.NotRead, false
	}
	asked := h.state.Sessions[step.Session].Warning > 0
	is = model.NotShown
	if session.Has("warning_behavior") {
		is = model.IsShown
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shows.set = h.shows.set || asked && is == model.IsShown
	h.shows.bare = h.shows.bare || !asked && is == model.NotShown
	if is == model.NotShown && h.shows.set {
		is = model.Lost
	}
	return is, h.shows.bare
}
