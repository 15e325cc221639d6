package explore

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/suites/internal/linearizable"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// atOnce lets each step be done by a client of its own, all at the same moment but
// for the late last ones, and returns their events in the order of the clients.
func (h *history) atOnce(ctx context.Context, m meeting, began time.Time) []linearizable.Event {
	steps := m.clients
	exchanges := make([]wire.Exchange, len(steps))
	clients := make([]func(context.Context), len(steps))
	for i, step := range steps {
		send, err := h.client(step)
		if err != nil {
			h.end.abandoned = err.Error()
			return nil
		}
		clients[i] = func(ctx context.Context) { exchanges[i] = send(ctx) }
	}
	early := len(clients) - m.late
	wire.Together(ctx, clients[:early], clients[early:], m.lead)
	events := make([]linearizable.Event, len(steps))
	for i, step := range steps {
		sent := exchanges[i].Started.Sub(began)
		events[i] = linearizable.Event{Operation: step.Operation, Call: sent, Return: sent + exchanges[i].Duration}
		events[i].Lost = !isAnswer(exchanges[i])
		if events[i].Lost && step.makes() {
			h.lostCreate.Store(true)
		}
	}
	for _, i := range readingOrder(steps, events) {
		events[i].Answer = h.readAtOnce(steps[i], exchanges[i])
		events[i].Strangers = events[i].Strangers && !h.lostCreate.Load()
		h.exchanges[len(h.exchanges)-1].Step = "at once: " + h.exchanges[len(h.exchanges)-1].Step
	}
	return events
}

// client sends the step's request.
func (h *history) client(step Step) (send func(context.Context) wire.Exchange, err error) {
	if step.Name == model.Upload {
		address := h.uploads[step.Session][step.File]
		return func(ctx context.Context) wire.Exchange {
			return h.options.Client.Transfer(ctx, address, wire.Request{Method: http.MethodPut, Body: contentOf(step.Content)})
		}, nil
	}
	request, err := h.encode(step)
	return func(ctx context.Context) wire.Exchange { return h.options.Client.Do(ctx, request) }, err
}

// readingOrder is the order in which answers are read: what makes sessions comes
// first, since others name them, and of two that name the same the first that
// was answered.
func readingOrder(steps []Step, events []linearizable.Event) []int {
	order := make([]int, len(steps))
	for i := range order {
		order[i] = i
	}
	later := map[bool]int{true: 0, false: 1}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(later[steps[a].makes()]-later[steps[b].makes()], cmp.Compare(events[a].Return, events[b].Return))
	})
	return order
}

// readAtOnce reads one of the answers, and notes what it made.
func (h *history) readAtOnce(step Step, exchange wire.Exchange) model.Answer {
	h.step = step
	if step.Name == model.Upload {
		h.keep("", exchange)
		return model.Answer{Status: exchange.Status, OK: exchange.Succeeded(), Session: step.Session, Content: model.Open}
	}
	reply := wire.Decode(h.keep(step.Name, exchange), step.Variant, step.Name)
	if !isAnswer(exchange) {
		return model.Answer{}
	}
	if step.makes() && reply.Succeeded() {
		h.noteMade(step, reply.AnyID())
		if _, problem := reply.AsID(); problem != "" {
			h.end.abandoned = "a create that names no id"
			return model.Answer{}
		}
	}
	if reply.Succeeded() && step.isAboutSession() {
		h.touched[step.Session] = time.Now()
		h.takeURL(step, reply)
	}
	return h.read(step, reply)
}

// noteMade notes what has to be deleted.
func (h *history) noteMade(step Step, id string) {
	if id != "" && !slices.Contains(h.sessions[:], id) {
		h.options.Library.Created.Add(strings.TrimSuffix(step.Name, ".create"), id, "")
	}
}

// settleBudget is how long the session of a race may be completing, on a target
// that was not seen to complete at once.
const settleBudget = 5 * time.Second

// settle waits until a session that may be completing has ended, so that what is
// seen of it does not change any more.
func (h *history) settle(ctx context.Context, steps []Step) {
	if h.completesAtOnce {
		return
	}
	for _, step := range steps {
		if step.Name != model.UpdateSession+".complete" {
			continue
		}
		look, ok := h.plain(step, model.UpdateSession+".get")
		if !ok || h.end.abandoned != "" {
			return
		}
		h.step = look
		over := h.poll(ctx, h.within(settleBudget), func() bool {
			reply, answered := h.send(ctx, look)
			shown := h.sessionIn(look, reply)
			return !answered || shown == nil || shown.State != model.Active || !h.completes(step)
		})
		if !over && h.end.abandoned == "" {
			h.end.abandoned = "the session is still ACTIVE after complete"
		}
		return
	}
}

// completes says whether some complete of the history was accepted.
func (h *history) completes(step Step) bool {
	return slices.ContainsFunc(h.exchanges, func(one Exchange) bool {
		return one.Operation == step.Name && one.Succeeded()
	})
}

// awaitReceived waits until the target has taken in all that was uploaded; what
// it has not taken in by then, complete may refuse.
func (h *history) awaitReceived(ctx context.Context, step Step) {
	look, ok := h.plain(step, model.UpdateFile+".list")
	if !ok || h.end.abandoned != "" {
		return
	}
	h.step = look
	received := h.poll(ctx, h.within(transferBudget), func() bool {
		reply, answered := h.send(ctx, look)
		list, isList := reply.Result.([]any)
		return !answered || isList && !slices.ContainsFunc(list, isOnItsWay)
	})
	if !received && h.end.abandoned == "" {
		h.end.abandoned = "an upload is still on its way"
	}
}

// isOnItsWay says whether the info is of a file that was announced or sent, and
// not taken in yet.
func isOnItsWay(one any) bool {
	info, _ := one.(wire.Members)
	status, _ := info.String("status")
	return status == "WAITING_FOR_TRANSFER" || status == "TRANSFERRING" || status == "VALIDATING"
}

// conclude takes over what may be true after the history.
func (h *history) conclude(finals []model.State, service string) {
	known := len(finals) > 0
	for i, final := range finals {
		if i == 0 {
			h.state = final
			continue
		}
		one, same := h.state.Or(final)
		h.state, known = one, known && same
	}
	if known {
		return
	}
	h.end.abandoned = cmp.Or(h.end.abandoned, "several states are possible")
	for number, id := range h.sessions {
		if id != "" && h.state.Sessions[number].Service == "" {
			h.state.Sessions[number].Service = service
		}
	}
}
