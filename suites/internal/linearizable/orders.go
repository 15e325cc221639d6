package linearizable

import (
	"slices"

	"session-conformance/suites/model"
)

const (
	// mostOrders bounds what is told of a history: three clients with two requests
	// each have 90 orders.
	mostOrders = 100
	// fewBranches have so few orders that each is told; of more, those are left out
	// that lead where another has led.
	fewBranches = 4
	// mostSteps bounds the walk over the orders of many.
	mostSteps = 50_000
)

// orders walks the orders in which the branches may have been done, each up to
// the event that it does not allow. With look, only those that get to it count.
func orders(m *model.Model, h History, look int) []Order {
	walk := walk{model: m, history: h, look: look, done: make([]int, len(h.Branches)), meaning: asItIs}
	if len(h.Branches) > fewBranches {
		walk.been = map[string][]model.State{}
	}
	walk.from(h.Start, nil)
	return walk.found
}

// asItIs is the state with all that a deviation behind it would name.
func asItIs(s model.State) model.State { return s }

// walk is one walk over all orders.
type walk struct {
	model   *model.Model
	history History
	look    int
	done    []int
	found   []Order
	// finals are the states in which orders end that explain all, each once.
	finals []model.State
	// been, if it is not nil, are the states in which the walk has been, by what was
	// done before: whatever order led there, the rest is the same.
	been map[string][]model.State
	// meaning is what two states have in common from which the rest is the same.
	meaning func(model.State) model.State
	steps   int
}

// crosses says whether the walk has been here.
func (w *walk) crosses(state model.State) bool {
	if w.been == nil {
		return false
	}
	done := make([]byte, len(w.done))
	for branch, count := range w.done {
		done[branch] = byte(count)
	}
	means := w.meaning(state)
	if slices.Contains(w.been[string(done)], means) {
		return true
	}
	w.been[string(done)] = append(w.been[string(done)], means)
	return false
}

// from goes on with each event that may come next.
func (w *walk) from(state model.State, before []Place) {
	if w.steps++; len(w.found) == mostOrders || w.steps > mostSteps || w.crosses(state) {
		return
	}
	ended := true
	for _, taken := range w.next(state) {
		ended = false
		w.done[taken.place.Branch]++
		w.take(taken, before)
		w.done[taken.place.Branch]--
	}
	if ended {
		w.lookFrom(state, before)
	}
}

// taken is an event, and the states that may follow it; it may break something
// instead.
type taken struct {
	place  Place
	states []model.State
	breaks *model.Deviation
}

// next are the events that may come next. Of many, one that changes nothing here
// comes alone: put off, it would keep from no end. What was
// refused for another's sake has changed nothing, whenever it came.
func (w *walk) next(state model.State) (next []taken) {
	for branch, events := range w.history.Branches {
		place := Place{branch, w.done[branch]}
		if place.Event == len(events) || !w.mayComeNext(place) {
			continue
		}
		one := w.try(state, place)
		if w.been != nil && one.breaks == nil && len(one.states) == 1 && w.isSame(one.states[0], state) {
			return []taken{one}
		}
		next = append(next, one)
	}
	return next
}

func (w *walk) isSame(one, other model.State) bool {
	return one == other || w.meaning(one) == w.meaning(other)
}

func (w *walk) try(state model.State, place Place) taken {
	event := w.event(place)
	if event.Lost {
		return taken{place: place, states: follow(w.model, state, event)}
	}
	next, deviation := w.model.Observe(state, event.Operation, event.Answer)
	if deviation != nil && event.late {
		next, deviation = state, nil
	}
	return taken{place, []model.State{next}, deviation}
}

// mayComeNext says that nothing else which is still to come was answered before
// the event was asked.
func (w *walk) mayComeNext(place Place) bool {
	for branch, events := range w.history.Branches {
		if next := w.done[branch]; branch != place.Branch && next < len(events) && events[next].end() < w.event(place).Call {
			return false
		}
	}
	return true
}

func (w *walk) event(place Place) Event {
	if place.Branch == Looks {
		return w.history.Looks[place.Event]
	}
	return w.history.Branches[place.Branch][place.Event]
}

func (w *walk) take(taken taken, before []Place) {
	if taken.breaks != nil {
		if w.look < 0 {
			w.found = append(w.found, Order{Events: slices.Clone(before), At: taken.place, Breaks: *taken.breaks})
		}
		return
	}
	for _, next := range taken.states {
		w.from(next, append(slices.Clone(before), taken.place))
	}
}

// lookFrom takes the looks after an order that explains all the answers.
func (w *walk) lookFrom(state model.State, before []Place) {
	for i, event := range w.history.Looks {
		place := Place{Looks, i}
		next, deviation := w.model.Observe(state, event.Operation, event.Answer)
		if deviation != nil {
			if i == w.look {
				w.found = append(w.found, Order{Events: slices.Clone(before), At: place, Breaks: *deviation})
			}
			return
		}
		state, before = next, append(slices.Clone(before), place)
	}
	if !slices.ContainsFunc(w.finals, func(known model.State) bool { return known.Plain() == state.Plain() }) {
		w.finals = append(w.finals, state)
	}
}
