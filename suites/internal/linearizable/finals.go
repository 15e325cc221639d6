package linearizable

import "session-conformance/suites/model"

// Finals lists what may be true after the history: the states that its orders
// lead to, each once. It is empty if no order explains the history, or too many are
// to be looked through.
func Finals(m *model.Model, h History) []model.State {
	h = h.notingLate()
	walk := walk{
		model: m, history: h, look: len(h.Looks), done: make([]int, len(h.Branches)),
		been: map[string][]model.State{}, meaning: shownBy,
	}
	walk.from(h.Start, nil)
	if walk.steps > mostSteps {
		return nil
	}
	return walk.finals
}

// shownBy is the state with all that requests which overlapped may show: what was
// refused shows only to a client that is alone.
func shownBy(s model.State) model.State {
	s = s.Plain()
	for i := range s.Sessions {
		s.Sessions[i].Refused = model.Arguments{}
	}
	return s
}
