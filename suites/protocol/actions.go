package protocol

import (
	"net/http"
	"slices"
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// step is an action of a walk, and what tells its effect in words that hold no
// id; nil where the answer tells it all.
type step struct {
	operation string
	arguments wire.Object
	effect    func(*walk, Reply) string
}

// actionWalk is actions that follow each other on one session; the last is
// tried once more, when the session is over. unknown is what is also asked
// with an id that no session has.
type actionWalk struct {
	service        string
	steps, unknown []step
}

const (
	walkedProgress = 42
	walkedFile     = "conformance-walked.bin"
)

// heldFile stands for the name of a file that the walk's item holds.
const heldFile = "$HELD"

// actionWalks are all actions of the legacy pages. Few sessions and few looks:
// the whole has to fit a behaviour's time on a target that takes a second for
// each answer.
var actionWalks = []actionWalk{
	{service: Download, steps: []step{
		{Download + ".keep_alive", Progress(Download, walkedProgress), progress},
		{DownloadFile + ".get", Named(heldFile), fileInfo},
		{DownloadFile + ".prepare", Named(heldFile), prepared},
		{Download + ".cancel", nil, state},
	}, unknown: []step{
		{Download + ".keep_alive", Progress(Download, walkedProgress), nil},
		{DownloadFile + ".get", Named(walkedFile), nil},
		{DownloadFile + ".prepare", Named(walkedFile), nil},
		{Download + ".cancel", nil, nil},
		{Download + ".fail", FailedBy("walked"), nil},
	}},
	{service: Download, steps: []step{{Download + ".fail", FailedBy("walked"), state}}},
	{service: Update, steps: []step{
		{Update + ".keep_alive", Progress(Update, walkedProgress), progress},
		{UpdateFile + ".validate", nil, hasErrors},
		{UpdateFile + ".add", OneSpec("file_spec", PushSpec(walkedFile)), inSession(walkedFile)},
		{UpdateFile + ".get", Named(walkedFile), fileInfo},
		{UpdateFile + ".remove", Named(heldFile), inSession(heldFile)},
		{Update + ".cancel", nil, state},
	}, unknown: []step{
		{Update + ".keep_alive", Progress(Update, walkedProgress), nil},
		{UpdateFile + ".validate", nil, nil},
		{UpdateFile + ".add", OneSpec("file_spec", PushSpec(walkedFile)), nil},
		{UpdateFile + ".get", Named(walkedFile), nil},
		{UpdateFile + ".remove", Named(walkedFile), nil},
		{Update + ".complete", nil, nil},
		{Update + ".cancel", nil, nil},
		{Update + ".fail", FailedBy("walked"), nil},
	}},
	{service: Update, steps: []step{{Update + ".complete", nil, completed}}},
	{service: Update, steps: []step{{Update + ".fail", FailedBy("walked"), state}}},
}

// compareRoutes walks by either route of the actions and compares what each
// step showed. A step that no route carries out is for its own behaviour.
func compareRoutes(s *Spec, actions actionWalk) {
	variants := routes(s, actions.steps[0].operation)
	first := walkBy(s, variants[0], actions)
	for _, variant := range variants[1:] {
		other := walkBy(s, variant, actions)
		for i, saw := range first {
			if other[i] != saw {
				s.Fail("expected %s to do the same by each route, got by %s: %s; by %s: %s",
					saw.what, variants[0].Route, saw.showed, variant.Route, other[i].showed)
			}
		}
	}
	for _, saw := range first {
		if saw.refused {
			s.Block(saw.operation+".ok", "no route carries out %s (%s), so the routes cannot be compared", saw.what, saw.showed)
		}
	}
}

// walk is one walk by one route.
type walk struct {
	*Spec
	session *Session
	saw     []sight
}

// sight is what a step showed; refused says that it should have worked.
type sight struct {
	operation, what, showed string
	refused                 bool
}

func walkBy(s *Spec, route wire.Variant, actions actionWalk) []sight {
	w := &walk{Spec: s, session: s.Session(actions.service, Active)}
	for _, one := range actions.steps {
		reply := w.take(route, one.operation, one, w.session.ID)
		last := &w.saw[len(w.saw)-1]
		if last.refused = !reply.Succeeded(); one.effect != nil && !last.refused {
			last.showed += ", then " + one.effect(w, reply)
		}
	}
	last := actions.steps[len(actions.steps)-1]
	if ending := w.saw[len(w.saw)-1]; ending.refused || strings.HasSuffix(ending.showed, string(Active)) {
		w.leave()
	}
	w.take(route, last.operation+" of a session that is over", last, w.session.ID)
	for _, one := range actions.unknown {
		w.take(route, one.operation+" of an unknown session", one, s.Unknown(actions.service).ID)
	}
	if last.operation == Update+".complete" {
		// Whether a session that is DONE keeps its item busy is open.
		w.Step("delete the session")
		w.Delete(w.session)
	}
	return w.saw
}

// leave ends a session that the walk could not end, so that the item is free
// for the next one.
func (w *walk) leave() {
	w.Step("end the session in another way")
	w.Cancel(w.session)
	if stateIn(w.Get(w.session)) == string(Active) {
		w.FailSession(w.session, "left by the conformance suite")
	}
}

// take uses an action by the route and notes how it was answered.
func (w *walk) take(route wire.Variant, what string, one step, id string) Reply {
	w.Step(what + " by the route " + string(route.Route))
	reply := w.Via(route, one.operation, id, w.named(one.arguments))
	showed := Answer(reply)
	if reply.Succeeded() {
		showed = "success"
	}
	w.saw = append(w.saw, sight{operation: one.operation, what: what, showed: showed})
	w.Step("what it did")
	return reply
}

// named puts the name of a file that the item holds where heldFile stands.
func (w *walk) named(arguments wire.Object) wire.Object {
	if name, given := arguments.Get("file_name"); given && name == heldFile {
		return Named(w.FileOf(w.session.Item))
	}
	return arguments
}

func progress(w *walk, _ Reply) string {
	model, _ := w.Get(w.session).AsMembers()
	return "client_progress is " + wire.Describe(model["client_progress"])
}

func state(w *walk, _ Reply) string { return "the session is " + stateIn(w.Get(w.session)) }

func completed(w *walk, _ Reply) string {
	return "the session is " + stateIn(w.AwaitState(w.session, Done, Errored))
}

func fileInfo(_ *walk, reply Reply) string {
	if info, problem := reply.AsMembers(); problem != "" || !hasText(info, "name") {
		return "no info of a file"
	}
	return "the info of a file"
}

// prepared tells only whether anything began: how far it is by now is chance.
func prepared(w *walk, _ Reply) string {
	info, _ := w.GetFile(w.session, w.FileOf(w.session.Item)).AsMembers()
	if status, ok := info.String("status"); !ok || status == "UNPREPARED" {
		return "the file is UNPREPARED"
	}
	return "the file is on its way"
}

func hasErrors(_ *walk, reply Reply) string {
	result, _ := reply.AsMembers()
	return "has_errors is " + wire.Describe(result["has_errors"])
}

func inSession(name string) func(*walk, Reply) string {
	return func(w *walk, _ Reply) string {
		wanted, _ := w.named(Named(name)).Get("file_name")
		reply := w.ListFiles(w.session)
		if reply.Status != http.StatusOK {
			return "the session's files cannot be listed: " + Answer(reply)
		}
		if slices.Contains(FileNames(w.Infos(reply)), wanted.(string)) {
			return "the file is listed"
		}
		return "the file is not listed"
	}
}
