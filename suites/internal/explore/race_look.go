package explore

import (
	"context"
	"strings"
	"time"

	"session-conformance/suites/internal/linearizable"
	"session-conformance/suites/model"
)

// noteWarning notes that get may show a warning_behavior from now on.
func (h *history) noteWarning(event linearizable.Event) {
	if event.Name == model.UpdateSession+".update" && event.OK {
		h.state.Sessions[event.Operation.Session].Warning = int16(event.Warning)
	}
}

// noteAdd notes what an add says of others: an item may be too new to take files,
// and of two URLs for one file nobody knows which is the later.
func (h *history) noteAdd(steps []Step, at int, event linearizable.Event) {
	step := steps[at]
	if h.isFresh(step, event.Answer) {
		h.end.abandoned = "the item is too new to take files"
	}
	for i, other := range steps {
		if i != at && step.Name == model.UpdateFile+".add" && other.Name == step.Name && other.File == step.File {
			h.uploads[step.Session][step.File] = ""
		}
	}
}

// awaitTicks puts the meeting off until the target's clock has gone on, if that is
// soon, and says which keep_alives have to change the expiration_time that was seen.
func (h *history) awaitTicks(ctx context.Context, steps []Step) []bool {
	apart := make([]bool, len(steps))
	for i, step := range steps {
		apart[i] = strings.HasSuffix(step.Name, "_session.keep_alive") && h.awaitTick(ctx, step)
	}
	return apart
}

// lookAt looks at what the race has left; what a file is shown as may take its
// time.
func (h *history) lookAt(ctx context.Context, past *linearizable.History, looks []Step, began time.Time) {
	h.waits = true
	defer func() { h.waits = false }()
	for _, look := range looks {
		if h.step = look; h.isOver() || !h.possible(look) {
			continue
		}
		event, answered := h.lookOnce(ctx, look, began)
		if answered && h.mayBeLate(*past, event) {
			asked := time.Now()
			came := h.poll(ctx, h.lookBudget(), func() bool {
				event, answered = h.lookOnce(ctx, look, began)
				return !answered || h.explains(*past, event)
			})
			if came {
				h.noteSettled(time.Since(asked))
			} else {
				h.lookedInVain.Store(true)
			}
		}
		if answered {
			past.Looks = append(past.Looks, event)
		}
	}
}

// mayBeLate says that all is explained but for what the entries of files show.
func (h *history) mayBeLate(past linearizable.History, event linearizable.Event) bool {
	if event.Infos == nil || h.explains(past, event) {
		return false
	}
	event.Infos = nil
	return h.explains(past, event)
}

// lookBudget is how long a file may take to be shown as it is.
func (h *history) lookBudget() time.Duration {
	if !h.lookedInVain.Load() {
		return h.within(h.settling())
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(shortly, manyTimes*h.slowest)
}

func (h *history) lookOnce(ctx context.Context, look Step, began time.Time) (linearizable.Event, bool) {
	asked := time.Since(began)
	answer, answered := h.ask(ctx, look)
	if answer.Shown != nil {
		answer.Shown.Alone = false
	}
	answer.Strangers = answer.Strangers && !h.lostCreate.Load()
	return linearizable.Event{Operation: look.Operation, Answer: answer, Call: asked, Return: time.Since(began)}, answered
}

// explains says whether what was seen then follows from some order.
func (h *history) explains(past linearizable.History, then linearizable.Event) bool {
	past.Looks = append(past.Looks[:len(past.Looks):len(past.Looks)], then)
	return len(linearizable.Finals(h.judgedBy, past)) > 0
}
