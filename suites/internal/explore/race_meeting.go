package explore

import (
	"context"
	"slices"
	"time"

	"session-conformance/suites/internal/linearizable"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// meeting is a race in its bindings, step by step.
type meeting struct {
	race     race
	bindings []wire.Binding

	before, clients, looks []Step
	// late is how many of the clients come late: the last ones.
	late int
	// lead is how long they wait.
	lead time.Duration
}

// meetingOf spells the race in the bindings, by turns; false where they lack what
// it needs. Clients for which there is no operation stay away.
func (e *Explorer) meetingOf(r race, bindings []wire.Binding) (meeting, bool) {
	m := meeting{race: r, bindings: bindings}
	if slices.Contains(r.clients, withToken) {
		m.joinWithTokens(e)
	} else {
		for _, short := range r.clients {
			m.join(e, short)
		}
	}
	early := len(m.clients)
	for _, short := range r.late {
		m.join(e, short)
	}
	m.late = len(m.clients) - early
	for _, short := range r.before {
		step, served := e.spell(r.of(short), bindings[:1])
		if !served {
			return m, false
		}
		m.before = append(m.before, step)
	}
	for _, short := range r.looks {
		for _, binding := range bindings[:m.viewsOf(short)] {
			step, served := e.spell(r.of(short), []wire.Binding{binding})
			if !served {
				return m, false
			}
			m.looks = append(m.looks, step)
		}
	}
	return m, len(m.clients) > 1 && early > 0 && (m.late > 0 || len(r.late) == 0)
}

// viewsOf is in how many bindings something is looked at: what a list remembers it
// may remember in one alone.
func (m meeting) viewsOf(short model.Operation) int {
	if short == list {
		return len(m.bindings)
	}
	return 1
}

// join adds a client, in the binding whose turn it is if that has the operation.
func (m *meeting) join(e *Explorer, short model.Operation) {
	at := len(m.clients) % len(m.bindings)
	if step, served := e.spell(m.race.of(short), slices.Concat(m.bindings[at:], m.bindings[:at])); served {
		m.clients = append(m.clients, step)
	}
}

// joinWithTokens adds the clients in each binding, with a token of its own: no
// document says whether bindings know each other's.
func (m *meeting) joinWithTokens(e *Explorer) {
	for number, binding := range m.bindings {
		for _, short := range m.race.clients {
			short.Token += number
			short.Session += number * len(m.race.clients)
			if step, served := e.spell(m.race.of(short), []wire.Binding{binding}); served {
				m.clients = append(m.clients, step)
			}
		}
	}
}

const (
	// longestLead is how long the late clients wait at most until half of the others
	// have been answered. A target that is further away than that mixes them as it
	// likes.
	longestLead = 300 * time.Microsecond
	// shortLead is enough that the others come first.
	shortLead = 50 * time.Microsecond
)

// arranged is the meeting as it is in a turn: every other time the late clients
// wait for no answer, since a narrow window is over by then; and then every other
// time the last of the others come first.
func (m meeting) arranged(turn int) meeting {
	if m.lead = longestLead; turn%2 == 1 {
		m.lead = shortLead
	}
	m.clients = slices.Clone(m.clients)
	if turn/2%2 == 1 {
		slices.Reverse(m.clients[:len(m.clients)-m.late])
	}
	return m
}

// in is the meeting in one binding; false where it lacks an operation.
func (m meeting) in(e *Explorer, binding wire.Binding) (meeting, bool) {
	m.bindings = []wire.Binding{binding}
	for _, steps := range []*[]Step{&m.before, &m.clients, &m.looks} {
		*steps = slices.Clone(*steps)
		for i, step := range *steps {
			spelled, served := e.spell(step.Operation, m.bindings)
			if !served {
				return m, false
			}
			(*steps)[i] = spelled
		}
	}
	return m, true
}

// spell spells the operation in the first of the bindings that has it, plainly.
func (e *Explorer) spell(o model.Operation, bindings []wire.Binding) (Step, bool) {
	for _, binding := range bindings {
		for _, variant := range e.variants(o.Name) {
			if variant.Binding == binding {
				o.Binding = string(binding)
				return Step{Operation: o, Variant: variant}, true
			}
		}
	}
	return Step{}, false
}

// encounter is what a meeting came to.
type encounter struct {
	past linearizable.History
	// judged says that it was run to its end, and clash that no order explains it.
	judged bool
	clash  *Clash
}

// meet makes what the race needs, lets the clients act at once, looks, and judges,
// unless something that is not about the race went wrong.
func (h *history) meet(ctx context.Context, m meeting) (met encounter) {
	m, there := h.seat(ctx, m)
	if !there {
		for _, step := range m.before {
			if h.isOver() {
				return met
			}
			h.do(ctx, step)
		}
		if slices.ContainsFunc(m.before, func(step Step) bool { return step.Name == model.Upload }) {
			h.awaitReceived(ctx, m.clients[0])
		}
	}
	if m = m.among(h.possible); h.isOver() || len(m.clients) < 2 {
		return met
	}
	past := &met.past
	past.Start = h.state
	apart := h.awaitTicks(ctx, m.clients)
	began, first := time.Now(), len(h.exchanges)
	for i, event := range h.atOnce(ctx, m, began) {
		event.Apart = apart[i]
		past.Branches = append(past.Branches, []linearizable.Event{event})
		h.noteWarning(event)
		h.noteAdd(m.clients, i, event)
	}
	h.settle(ctx, m.clients)
	h.lookAt(ctx, past, m.looks, began)
	if h.isOver() {
		return met
	}
	met.judged = true
	// Where an order is known that explains all, there is nothing to check.
	if finals := linearizable.Finals(h.judgedBy, *past); len(finals) > 0 {
		h.conclude(finals, m.race.service)
		return met
	}
	if deviation := linearizable.Check(h.judgedBy, *past); deviation != nil {
		met.clash = h.clashOf(m, *past, deviation, first)
	}
	h.conclude(nil, m.race.service)
	return met
}

// among is the meeting with those clients only whose step is possible.
func (m meeting) among(possible func(Step) bool) meeting {
	for at := len(m.clients) - 1; at >= 0; at-- {
		if !possible(m.clients[at]) {
			m = m.without(at)
		}
	}
	return m
}
