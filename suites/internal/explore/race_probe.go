package explore

import (
	"context"
	"slices"
	"time"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// probe finds out, without races, what the target does where the documents leave
// it open, and returns the bindings that share their sessions and the time in which
// the quickest request was answered.
func (l *lane) probe(ctx context.Context) (shared []wire.Binding, quickest time.Duration) {
	h := l.enter(ctx, [model.MaxFiles]int16{})
	h.waits = true
	if !h.isOver() {
		shared = h.sharing(ctx)
	}
	if !l.options.Given && !h.isOver() {
		h.learnCompleting(ctx)
	}
	l.leave(ctx, h)
	for i, one := range h.exchanges {
		if i == 0 || one.Duration < quickest {
			quickest = one.Duration
		}
	}
	return shared, quickest
}

// learnCompleting finds out whether get shows what an update has set, and whether
// complete has ended a session when it is answered. The documents leave a time between, in which they do not say what is
// allowed; a target without it is held to more.
func (h *history) learnCompleting(ctx context.Context) {
	before := h.judgedBy
	h.judgedBy = before.CompletingAtOnce()
	for _, short := range slices.Concat(announcedTwo, operations{update, get, upload, uploadOther, complete, get, complete}) {
		step, served := h.spell(race{service: model.UpdateSession}.of(short), h.plans.bindings[:1])
		if !served && short == update {
			continue
		}
		if !served {
			h.judgedBy = before
			return
		}
		if short == complete && h.state.Sessions[step.Session].In == model.Active {
			h.awaitReceived(ctx, step)
		}
		answer, answered := h.ask(ctx, step)
		if !answered || !h.judge(ctx, step, answer) {
			return
		}
	}
	if !h.isOver() {
		h.model, h.completesAtOnce = h.judgedBy, true
	}
}

// sharing are the bindings that show a session which was made in the first.
func (h *history) sharing(ctx context.Context) (shared []wire.Binding) {
	for _, short := range (operations{createOne, get}) {
		for _, binding := range h.plans.bindings {
			session := len(h.plans.bindings) // no number that learning has used
			short.Session = session
			step, served := h.spell(race{service: model.DownloadSession}.of(short), []wire.Binding{binding})
			if !served || !h.possible(step) {
				continue
			}
			answer, answered := h.ask(ctx, step)
			if answered && answer.Shown != nil {
				shared = append(shared, binding)
			}
			if !answered || !h.judge(ctx, step, answer) {
				return shared
			}
		}
	}
	return shared
}
