package linearizable

import (
	"context"
	"time"

	"github.com/anishathalye/porcupine"

	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// Deviation is what no order of the requests explains.
type Deviation struct {
	// Look is the place among the looks of the first that is not explained; below
	// 0, the answers of the requests that overlapped are not.
	Look int
	// Orders are the orders that there are, each with what is wrong in it.
	Orders []Order
}

// Order is one order in which the requests may have been done. Each event is
// named by its branch and its place there.
type Order struct {
	Events []Place
	// Breaks is what the documents do not allow at the event after the last.
	At     Place
	Breaks model.Deviation
}

// Place names an event: a branch and a place in it, or with Branch Looks a look.
type Place struct{ Branch, Event int }

// Looks is the branch of the looks.
const Looks = -1

// checkBudget bounds the check of one history. Those of the suite have about a
// dozen requests and take a fraction of a millisecond.
const checkBudget = time.Second

// Check returns what no order explains, or nil. What cannot be told in time is
// explained.
func Check(m *model.Model, h History) *Deviation {
	h = h.notingLate()
	if explained(m, h) {
		return nil
	}
	for look := -1; look < len(h.Looks); look++ {
		if seen := h.upTo(look + 1); !explained(m, seen) {
			return deviation(m, seen, look)
		}
	}
	return nil
}

// deviation is what is wrong in each order. One in which nothing is explains all.
func deviation(m *model.Model, h History, look int) *Deviation {
	orders := orders(m, h, look)
	if len(orders) == 0 {
		return nil
	}
	return &Deviation{Look: look, Orders: orders}
}

// Weakest is the deviation of the orders that the documents demand least: the
// target broke at least that.
func (d Deviation) Weakest() model.Deviation {
	var weakest model.Deviation
	for _, order := range d.Orders {
		if weaker := order.Breaks.Level == ledger.Should && weakest.Level == ledger.Must; weakest.Behaviour == "" || weaker {
			weakest = order.Breaks
		}
	}
	return weakest
}

// explained asks porcupine whether some order explains the history.
func explained(m *model.Model, h History) bool {
	var operations []porcupine.Operation
	for client, branch := range append(h.Branches[:len(h.Branches):len(h.Branches)], h.Looks) {
		for _, event := range branch {
			operations = append(operations, porcupine.Operation{
				ClientId: client, Input: event, Output: event, Call: int64(event.Call), Return: int64(event.end()),
			})
		}
	}
	return porcupine.CheckOperationsTimeout(lifecycles(m, h.Start), operations, checkBudget) != porcupine.Illegal
}

// lifecycles is the model as porcupine knows models. A state of ours is a set
// of states already; only a request without an answer makes several of one.
func lifecycles(m *model.Model, start model.State) porcupine.Model {
	nondeterministic := porcupine.NondeterministicModel{
		Init: func() []any { return []any{start} },
		StepContext: func(ctx context.Context, state, input, _ any) (next []any) {
			if ctx.Err() != nil {
				return nil
			}
			for _, one := range follow(m, state.(model.State), input.(Event)) {
				next = append(next, one)
			}
			return next
		},
		Equal: func(a, b any) bool { return a.(model.State) == b.(model.State) },
	}
	return nondeterministic.ToModel()
}

// follow lists the states that may follow the event; none if it is not allowed.
func follow(m *model.Model, state model.State, event Event) []model.State {
	if event.Lost {
		next := []model.State{state}
		for _, transition := range m.Step(state, event.Operation) {
			next = append(next, transition.Next)
		}
		return next
	}
	next, deviation := m.Observe(state, event.Operation, event.Answer)
	switch {
	case deviation != nil && event.late:
		return []model.State{state}
	case deviation != nil:
		return nil
	}
	return []model.State{next}
}
