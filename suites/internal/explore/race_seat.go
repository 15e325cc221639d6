package explore

import (
	"context"
	"slices"

	"session-conformance/suites/model"
)

// seat gives the sessions and tokens of the meeting numbers that the history does
// not use, but for session 1 if one is there that fits.
func (h *history) seat(ctx context.Context, m meeting) (seated meeting, there bool) {
	seats, there := h.seats(m.race)
	if m.race.service == model.UpdateSession {
		kept := -1
		if there {
			kept = seats[0]
		}
		h.freeItem(ctx, m, kept)
	}
	token := len(h.tokens)
	for _, steps := range []*[]Step{&m.before, &m.clients, &m.looks} {
		*steps = slices.Clone(*steps)
		for i := range *steps {
			step := &(*steps)[i]
			if step.Session >= len(seats) {
				h.end.abandoned = "no number is left"
				return m, there
			}
			step.Session = seats[step.Session]
			if step.Token != 0 {
				step.Token += token
			}
			if step.Progress > 0 && there {
				// What goes back may be refused, or not.
				step.Progress += max(0, int(h.state.Sessions[step.Session].Progress))
			}
		}
	}
	return m, there
}

// seats are the numbers for the sessions of the race, and whether the first is of
// one that is there.
func (h *history) seats(r race) (seats []int, there bool) {
	for number, session := range h.state.Sessions {
		fits := session.Service == r.service && session.In != 0 && session.In&^r.in == 0
		switch {
		case h.sessions[number] == "" && session.Service == "":
			seats = append(seats, number)
		case fits && !there:
			seats, there = slices.Insert(seats, 0, number), true
		}
	}
	return seats, there
}

// freeItem cancels the update session that is ACTIVE, but for the one that is kept.
func (h *history) freeItem(ctx context.Context, m meeting, kept int) {
	for number, session := range h.state.Sessions {
		if number == kept || session.Service != model.UpdateSession || session.In&(model.Active|model.Completing) == 0 {
			continue
		}
		step, served := h.spell(model.Operation{Name: model.UpdateSession + ".cancel", Session: number}, m.bindings[:1])
		if session.In != model.Active || !served {
			h.end.abandoned = "the item may have a session that is ACTIVE"
			return
		}
		h.do(ctx, step)
	}
}
