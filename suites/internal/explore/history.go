package explore

import (
	"context"
	"strings"
	"time"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// Exchange is a request of a history, its answer, and the step that sent it.
type Exchange struct {
	Step string
	// Operation is empty for what is none of a service.
	Operation string
	wire.Exchange
}

// history is one run of a script.
type history struct {
	*Explorer
	judgedBy  *model.Model
	items     [model.MaxItems]string
	sessions  [model.MaxSessions]string
	uploads   [model.MaxSessions][model.MaxFiles]string
	downloads [model.MaxSessions][model.MaxFiles]string
	versions  []string
	// again is the client of another login, nil before there is one; logOut ends it.
	again  *wire.Client
	logOut func()
	// touched is when each session was used last, looked when its expiration_time
	// was seen last.
	touched [model.MaxSessions]time.Time
	looked  [model.MaxSessions]lastLook
	tokens  map[int]string
	// firstToken is what all tokens are but for their ends.
	firstToken string
	// waits says that what takes its time is waited for: without that, nobody looks
	// at it. One that is patient waits for clocks that go by whole seconds, too.
	waits, patient bool

	state     model.State
	step      Step
	exchanges []Exchange
	end       ending
}

// ending is how a history ended.
type ending struct {
	// deviation is what the step at did wrong, nil if nothing was.
	deviation *model.Deviation
	at        int
	// abandoned is why it was not judged to its end.
	abandoned string
	exchanges []Exchange
	state     model.State
	// clean says that nothing is left of its sessions.
	clean bool
}

// run runs the script on the items, judged by the model, and deletes its
// sessions, whatever happens.
func (e *Explorer) run(ctx context.Context, judge *model.Model, script Script, items [model.MaxItems]string) ending {
	h := &history{Explorer: e, judgedBy: judge, items: items, state: script.start(), waits: true}
	for at, step := range script.Steps {
		if h.do(ctx, step); h.end.deviation != nil || h.end.abandoned != "" {
			h.end.at = at
			break
		}
	}
	h.end.exchanges, h.end.state = h.exchanges, h.state
	h.end.clean = h.cleanUp(ctx)
	return h.end
}

// do does one step, unless it needs what no earlier one got.
func (h *history) do(ctx context.Context, step Step) {
	h.step = step
	if !h.possible(step) {
		return
	}
	apart := strings.HasSuffix(step.Name, "_session.keep_alive") && h.awaitTick(ctx, step)
	answer, answered := h.ask(ctx, step)
	answer.Apart = apart
	if !answered || !h.judge(ctx, step, answer) {
		return
	}
	switch step.Name {
	case model.UpdateSession + ".complete":
		if answer.OK {
			h.awaitEnd(ctx, step)
		}
	case model.DownloadFile + ".prepare":
		h.awaitURL(ctx, step)
	}
}

// families are what the names of a session's operations begin with.
var families = map[string]string{model.DownloadSession: "download", model.UpdateSession: "update"}

// possible says whether the step has all that it is about.
func (h *history) possible(step Step) bool {
	switch {
	case step.Name == model.LogIn:
		return h.options.LogIn != nil && h.again == nil
	case step.Name == model.Upload:
		return h.uploads[step.Session][step.File] != ""
	case step.Name == model.Download:
		return h.downloads[step.Session][step.File] != ""
	case step.makes() && h.sessions[step.Session] != "":
		return false
	case step.isAboutSession() && !step.makes():
		return h.sessions[step.Session] != "" && strings.HasPrefix(step.Name, families[h.state.Sessions[step.Session].Service])
	}
	return step.Item == model.Open || h.items[step.Item] != ""
}

// judge compares the answer with the model; false ends the history.
func (h *history) judge(ctx context.Context, step Step, answer model.Answer) bool {
	before := h.state
	after, deviation := h.judgedBy.Observe(h.state, step.Operation, answer)
	if deviation != nil && h.awaitUploads(ctx, step, answer) {
		if answer, answered := h.ask(ctx, step); answered {
			after, deviation = h.judgedBy.Observe(h.state, step.Operation, answer)
		}
	}
	if deviation != nil && answer.Infos != nil {
		answer, after, deviation = h.awaitInfos(ctx, step, answer, deviation)
	}
	h.note(before, step, answer, after, deviation)
	switch {
	case h.end.abandoned != "":
	case deviation != nil && h.mayHaveExpired(step, answer):
		h.end.abandoned = "a session may have expired"
	case deviation != nil && h.isFresh(step, answer):
		h.end.abandoned = "the item is too new to take files"
	case deviation != nil:
		h.end.deviation = deviation
	default:
		if h.state = after; answer.OK && step.Name == model.UpdateFile+".add" {
			h.takesFiles(h.items[after.Sessions[step.Session].Item])
		}
		return true
	}
	return false
}
