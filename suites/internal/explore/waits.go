package explore

import (
	"context"
	"net/http"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// The documents set no limit to any of these; a right server may take a few
// seconds for files of a few bytes.
const (
	completeBudget = 30 * time.Second
	prepareBudget  = 30 * time.Second
	transferBudget = 15 * time.Second
	// secondChance is the wait for something where another wait was in vain, and
	// shortly where several were.
	secondChance = 2 * time.Second
	shortly      = 100 * time.Millisecond
	several      = 2
	// shortLease is how long a session surely lives without activity: the
	// documented default is five minutes, and an administrator may set less.
	shortLease = 20 * time.Second
	// cleanupTime bounds the deletions behind one history.
	cleanupTime = time.Minute
)

// awaitUploads waits for uploads that may still be on their way when complete or
// validate is refused, and says whether it is worth asking again.
func (h *history) awaitUploads(ctx context.Context, step Step, answer model.Answer) bool {
	refused := !answer.OK && answer.Status == http.StatusBadRequest
	if !refused || step.Name != model.UpdateSession+".complete" && step.Name != model.UpdateFile+".validate" {
		return false
	}
	look, ok := h.plain(step, model.UpdateFile+".list")
	waited := false
	settled := ok && h.poll(ctx, h.within(transferBudget), func() bool {
		reply, answered := h.send(ctx, look)
		list, isList := reply.Result.([]any)
		if !answered || !isList {
			return true
		}
		for _, one := range list {
			info, _ := one.(wire.Members)
			switch status, _ := info.String("status"); status {
			case "TRANSFERRING", "VALIDATING":
				waited = true
				return false
			}
		}
		return true
	})
	return settled && waited
}

// mayHaveExpired: nobody kept the session alive for as long as a lease may be.
func (h *history) mayHaveExpired(step Step, answer model.Answer) bool {
	if step.isAboutSession() && !step.makes() {
		return answer.Status == http.StatusNotFound && time.Since(h.touched[step.Session]) > shortLease
	}
	for number, id := range h.sessions {
		if id != "" && time.Since(h.touched[number]) > shortLease {
			return true
		}
	}
	return false
}

// isFresh: just after an item was created, add may not find it (reference,
// section 10, row 3).
func (h *history) isFresh(step Step, answer model.Answer) bool {
	return step.Name == model.UpdateFile+".add" && answer.Status == http.StatusNotFound &&
		h.isNew(h.items[h.state.Sessions[step.Session].Item])
}

// plain is another operation on the step's session, in its binding.
func (h *history) plain(step Step, operation string) (Step, bool) {
	for _, variant := range h.variants(operation) {
		if variant.Binding == step.Variant.Binding {
			step.Name, step.Variant = operation, variant
			return step, true
		}
	}
	return step, false
}

// awaitEnd polls the session that is being completed until it is not ACTIVE.
func (h *history) awaitEnd(ctx context.Context, step Step) {
	look, ok := h.plain(step, model.UpdateSession+".get")
	// What is known to be broken may never end.
	if in := h.state.Sessions[step.Session].In; !ok || in&model.Completing == 0 || in&(model.Active|model.Gone) != 0 {
		return
	}
	over := h.poll(ctx, h.within(completeBudget), func() bool {
		answer, answered := h.ask(ctx, look)
		if !answered || answer.Shown != nil && answer.Shown.State == model.Active {
			return !answered
		}
		h.judge(ctx, look, answer)
		return true
	})
	if !over && h.end.abandoned == "" {
		h.end.abandoned = "the session is still ACTIVE after complete"
	}
}

// awaitURL polls the file that is being prepared until it has a URL.
func (h *history) awaitURL(ctx context.Context, step Step) {
	look, ok := h.plain(step, model.DownloadFile+".get")
	// What an ended session does with a file is open, so nothing has to come of it.
	ok = ok && h.state.Sessions[step.Session].In == model.Active
	last := h.exchanges[len(h.exchanges)-1]
	if !ok || last.Status != http.StatusOK || h.takeURL(step, wire.Decode(last.Exchange, step.Variant, step.Name)) {
		return
	}
	h.poll(ctx, h.within(prepareBudget), func() bool {
		reply, answered := h.send(ctx, look)
		info, problem := reply.AsMembers()
		status, _ := info.String("status")
		return !answered || problem != "" || status == "ERROR" || h.takeURL(look, reply)
	})
}

// takeURL keeps the transfer URL in a file's info.
func (h *history) takeURL(step Step, reply wire.Reply) bool {
	info, _ := reply.AsMembers()
	for field, urls := range map[string]*[model.MaxSessions][model.MaxFiles]string{
		"upload_endpoint": &h.uploads, "download_endpoint": &h.downloads,
	} {
		endpoint, _ := info[field].(wire.Members)
		if address, _ := endpoint.String("uri"); address != "" {
			urls[step.Session][step.File] = address
			return true
		}
	}
	return false
}

// within is the budget, cut to what the run allows, and to a second chance or less
// where a whole budget was waited in vain before.
func (e *Explorer) within(budget time.Duration) time.Duration {
	switch inVain := e.waitedInVain.Load(); {
	case inVain >= several:
		budget = min(budget, shortly)
	case inVain > 0:
		budget = min(budget, secondChance)
	}
	if longest := e.options.LongestWait; longest > 0 {
		return min(budget, longest)
	}
	return budget
}

// poll asks again until done says so; false says that the budget is over.
func (h *history) poll(ctx context.Context, budget time.Duration, done func() bool) bool {
	came, err := library.Poll(ctx, budget, done)
	if err != nil {
		h.end.abandoned = "the run ended"
		return true
	}
	if !came {
		h.waitedInVain.Add(1)
	}
	return came
}
