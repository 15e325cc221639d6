package explore

import (
	"slices"
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// walk is a script under way.
type walk struct {
	*planner
	script Script
	state  model.State
	// binding is that of all steps; empty mixes them.
	binding wire.Binding
	trails  [model.MaxSessions]trail
	made    int
	// files is how many files the history is about.
	files int
	// looked is how often all was looked at.
	looked int
	// number is that of the last token or message, content that of the last bytes.
	number, content int
	// uploaded are the numbers of the bytes that were sent.
	uploaded map[int]bool
}

// nextNumber is a new number, for tokens and messages.
func (w *walk) nextNumber() int { return w.number + 1 }

// nextContent is the number of new bytes, of a length that no others have yet.
func (w *walk) nextContent() int { return (w.content/2 + 1) * 2 }

// otherContent is the number of bytes that are as long as those which the file has, or
// for one without at times as those that came last; once for each of these, and else of
// new ones. Only the bytes tell such files from each other.
func (w *walk) otherContent(session, file int) int {
	now := w.state.Sessions[session]
	content := int(now.Files[file].Content)
	if now.Files[file].In&(model.Received|model.Waiting) == 0 || content <= 0 {
		content = int(w.state.Items[now.Item].Files[file])
	}
	if content <= 0 && w.random.IntN(3) == 0 {
		content = w.content
	}
	if other := content + 1; content > 1 && model.AsLong(content, other) && !w.uploaded[other] {
		return other
	}
	return w.nextContent()
}

// spell chooses a variant for the operation; false where there is none.
func (w *walk) spell(o model.Operation) (Step, bool) {
	variants := w.options.variantsOf(o.Name)
	keep := func(of func(v wire.Variant) bool) {
		variants = slices.DeleteFunc(slices.Clone(variants), func(v wire.Variant) bool { return !of(v) })
	}
	if w.binding != "" {
		keep(func(v wire.Variant) bool { return v.Binding == w.binding })
	}
	if o.Binding != "" {
		keep(func(v wire.Variant) bool { return string(v.Binding) == o.Binding })
	}
	if isSessionList(o.Name) && o.Item == model.Open {
		// That route has the item in its path.
		keep(func(v wire.Variant) bool { return v.Route != wire.Action })
	}
	if len(variants) == 0 {
		return Step{}, false
	}
	if o.Binding == "" && w.binding == "" {
		// Every binding is as likely, however many variants it has.
		binding := w.bindings[w.random.IntN(len(w.bindings))]
		of := slices.DeleteFunc(slices.Clone(variants), func(v wire.Variant) bool { return v.Binding != binding })
		if len(of) > 0 {
			variants = of
		}
	}
	variant := variants[w.random.IntN(len(variants))]
	o.Binding = string(variant.Binding)
	return Step{o, variant}, true
}

// take adds the step to the life of a session, and goes where the documents say.
func (w *walk) take(session int, step Step) {
	w.script.Steps = append(w.script.Steps, step)
	if step.Content > 0 {
		w.uploaded[step.Content] = true
	}
	w.number, w.content = max(w.number, step.Token, step.Message), max(w.content, step.Content, step.Sum)
	after, succeeds := w.expect(step)
	w.met.meet(&w.trails[session], actOf(&w.state, step.Operation, succeeds), step.Variant.Binding)
	if w.state = after; step.makes() && after.Sessions[step.Session].Service != "" {
		w.made = max(w.made, step.Session+1)
	}
}

// likely are the answers that are tried in turn: the first that the model
// accepts is expected.
var likely = []model.Answer{
	{OK: true, Status: 200}, {Status: 404, Error: string(model.NotFound)}, {Status: 500, Error: string(model.Busy)},
	{Status: 400, Error: string(model.NotAllowed)}, {Status: 400, Error: string(model.InvalidArgument)},
}

// expect returns the state after the step on a server that does as documented, and
// whether the step succeeds there.
func (w *walk) expect(step Step) (after model.State, succeeds bool) {
	for _, answer := range likely {
		answer.Session = step.Session
		if known, repeated := w.tokenOf(step); repeated {
			answer.Session = known
		}
		after, deviation := w.model.Observe(w.state, step.Operation, answer)
		if deviation != nil {
			continue
		}
		session := &after.Sessions[step.Session]
		before := w.state.Sessions[step.Session].In
		for _, settled := range []model.States{before, model.Done, model.Active, model.Canceled} {
			if session.In&settled != 0 {
				session.In = settled
				break
			}
		}
		return after, answer.OK
	}
	return w.state, false
}

// tokenOf finds the session that a create with the step's token made before.
func (w *walk) tokenOf(step Step) (int, bool) {
	for i, session := range w.state.Sessions {
		if step.Token != 0 && int(session.Token) == step.Token &&
			strings.HasPrefix(step.Name, session.Service+".") && session.Service != "" {
			return i, true
		}
	}
	return 0, false
}

// do takes the operation if it can be spelled, and says whether.
func (w *walk) do(o model.Operation) bool {
	step, ok := w.spell(o)
	if ok {
		w.take(o.Session, step)
	}
	return ok
}

// isFull says that no further session has a number.
func (w *walk) isFull() bool { return w.made >= model.MaxSessions }

// create makes a session of the service on the item and returns its number.
func (w *walk) create(service string, item int) int {
	session := min(w.made, model.MaxSessions-1)
	if w.isFull() {
		return session
	}
	o := model.Operation{Name: service + ".create", Session: session, Item: item}
	if w.random.IntN(2) == 0 {
		o.Token = w.nextNumber()
	}
	w.do(o)
	w.made = max(w.made, session+1)
	return session
}

const (
	// changeWorth is how much more an operation counts that changes something.
	changeWorth = 3
	// chance decides between operations of about the same worth.
	chance = 6
)

// choose takes the operation that meets most which was not met before in the
// life of a session.
func (w *walk) choose(session int, candidates []model.Operation) {
	w.pick(session, candidates, func(step Step, at act, succeeds bool) int {
		worth := w.met.novelty(w.trails[session], at, step.Variant.Binding)
		if succeeds && changes(step.Operation) {
			worth *= changeWorth
		}
		return worth*chance + w.random.IntN(chance*chance)
	})
}

// follow takes the operation that followed the last ones least often.
func (w *walk) follow(session int, candidates []model.Operation) bool {
	w.random.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
	return w.pick(session, candidates, func(_ Step, at act, _ bool) int { return w.met.sequel(w.trails[session], at) })
}

// pick takes the operation that is worth most, the first of several; false where
// none can be spelled.
func (w *walk) pick(session int, candidates []model.Operation, worthOf func(step Step, at act, succeeds bool) int) bool {
	best, score := Step{}, -1
	for _, o := range candidates {
		step, ok := w.spell(o)
		if !ok {
			continue
		}
		succeeds := w.model.Succeeds(&w.state, step.Operation)
		if worth := worthOf(step, actOf(&w.state, o, succeeds), succeeds); worth > score {
			best, score = step, worth
		}
	}
	if score < 0 {
		return false
	}
	w.take(session, best)
	return true
}

// live takes steps of a session in the state in which it is; what one changed is
// often looked at at once.
func (w *walk) live(session, steps int) {
	for range steps {
		w.choose(session, w.candidates(session))
		if len(w.script.Steps) == 0 {
			return
		}
		if w.random.IntN(oneOf) == 0 {
			w.repeat(session)
		}
		w.lookBehind(session)
	}
}

// oneOf is how many steps lie between two that are repeated.
const oneOf = 6

// lookBehind looks at what the last step has changed.
func (w *walk) lookBehind(session int) {
	last := w.script.Steps[len(w.script.Steps)-1]
	if w.state.Sessions[session].In != model.Active || !changes(last.Operation) {
		return
	}
	switch isFile := last.Name == model.Upload || last.Name == model.Download || strings.Contains(last.Name, ".file."); {
	case isFile && w.random.IntN(2) == 0:
		w.do(w.ofFile(session, "get", last.File))
	case isFile && w.random.IntN(3) == 0:
		w.do(w.ofFile(session, "list", 0))
	case !isFile && w.random.IntN(3) == 0:
		w.do(w.of(session, "get"))
	case w.random.IntN(4) == 0:
		w.do(w.ofFile(session, "get", w.random.IntN(w.files)))
	}
}

// repeat does the last operation again, if that is worth a step there.
func (w *walk) repeat(session int) {
	last := w.script.Steps[len(w.script.Steps)-1]
	for _, o := range w.candidates(session) {
		if o.Name == last.Name && o.File == last.File && o.Item == last.Item {
			w.do(o)
			return
		}
	}
}
