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
		{Download + ".keep_alive", Progress(walkedProgress).Argument(Download), progress},
		{DownloadFile + ".get", FileName(heldFile), fileInfo},
		{DownloadFile + ".prepare", FileName(heldFile), preparation},
		{Download + ".cancel", nil, state},
	}, unknown: []step{
		{Download + ".keep_alive", Progress(walkedProgress).Argument(Download), nil},
		{DownloadFile + ".get", FileName(walkedFile), nil},
		{DownloadFile + ".prepare", FileName(walkedFile), nil},
		{Download + ".cancel", nil, nil},
		{Download + ".fail", ClientError("walked"), nil},
	}},
	{service: Download, steps: []step{{Download + ".fail", ClientError("walked"), state}}},
	{service: Update, steps: []step{
		{Update + ".keep_alive", Progress(walkedProgress).Argument(Update), progress},
		{UpdateFile + ".validate", nil, hasErrors},
		{UpdateFile + ".add", OneSpec("file_spec", PushSpec(walkedFile)), inSession(walkedFile)},
		{UpdateFile + ".get", FileName(walkedFile), fileInfo},
		{UpdateFile + ".remove", FileName(heldFile), inSession(heldFile)},
		{Update + ".cancel", nil, state},
	}, unknown: []step{
		{Update + ".keep_alive", Progress(walkedProgress).Argument(Update), nil},
		{UpdateFile + ".validate", nil, nil},
		{UpdateFile + ".add", OneSpec("file_spec", PushSpec(walkedFile)), nil},
		{UpdateFile + ".get", FileName(walkedFile), nil},
		{UpdateFile + ".remove", FileName(walkedFile), nil},
		{Update + ".complete", nil, nil},
		{Update + ".cancel", nil, nil},
		{Update + ".fail", ClientError("walked"), nil},
	}},
	{service: Update, steps: []step{{Update + ".complete", nil, finalState}}},
	{service: Update, steps: []step{{Update + ".fail", ClientError("walked"), state}}},
}

// compareRoutes walks by either route of the actions and compares what each
// step showed. A step that no route carries out is for its own behaviour.
func compareRoutes(s *Spec, actions actionWalk) {
	variants := routes(s, actions.steps[0].operation)
	first := walkBy(s, variants[0], actions)
	for _, variant := range variants[1:] {
		expectSame(s, variants[0], first, variant, walkBy(s, variant, actions))
	}
	for _, saw := range first {
		if saw.refused {
			s.Block(saw.operation+".ok", "no route carries out %s (%s), so the routes cannot be compared", saw.what, saw.showed)
		}
	}
}

// expectSame expects that each step showed the same in one variant as in another.
func expectSame(s *Spec, one wire.Variant, first []sight, another wire.Variant, second []sight) {
	for i, saw := range first {
		if second[i] != saw {
			s.Fail(Expected("%s to do the same by each route", saw.what).
				Got("by %s: %s; by %s: %s", wayOf(one), saw.showed, wayOf(another), second[i].showed).
				Compare(saw.showed, second[i].showed))
		}
	}
}

// wayOf is the route, and the representation where it is not JSON.
func wayOf(variant wire.Variant) string {
	if variant.Representation == wire.JSON {
		return string(variant.Route)
	}
	return string(variant.Route) + " in " + string(variant.Representation)
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

// stepBy takes the steps alone.
func stepBy(s *Spec, route wire.Variant, actions actionWalk) *walk {
	w := &walk{Spec: s, session: s.SessionOf(actions.service, Active)}
	if actions.steps[0].operation == Update+".complete" {
		w.session.Change()
	}
	for _, one := range actions.steps {
		reply := w.take(route, one.operation, one, w.session.ID)
		last := &w.saw[len(w.saw)-1]
		if last.refused = !reply.Succeeded(); one.effect != nil && !last.refused {
			last.showed += ", then " + one.effect(w, reply)
		}
	}
	return w
}

// walkBy takes the steps, and what cannot be done any more when they are taken.
func walkBy(s *Spec, route wire.Variant, actions actionWalk) []sight {
	w := stepBy(s, route, actions)
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
		w.session.Delete()
	}
	return w.saw
}

// leave ends a session that the walk could not end, so that the item is free
// for the next one.
func (w *walk) leave() {
	w.Step("end the session in another way")
	w.session.Cancel()
	if stateIn(w.session.Get()) == string(Active) {
		w.session.Fail("left by the conformance suite")
	}
}

// take uses an action by the route and notes how it was answered.
func (w *walk) take(route wire.Variant, what string, one step, id string) Reply {
	w.Step(what + " by the route " + wayOf(route))
	reply := w.Send(Call{Operation: one.operation, Subject: id, Arguments: w.withFileName(one.arguments)}, In(route))
	showed := Answer(reply)
	if reply.Succeeded() {
		showed = "success"
	}
	w.saw = append(w.saw, sight{operation: one.operation, what: what, showed: showed})
	w.Step("what it did")
	return reply
}

// withFileName puts the name of a file that the item holds where heldFile stands.
func (w *walk) withFileName(arguments wire.Object) wire.Object {
	if name, given := arguments.Get("file_name"); given && name == heldFile {
		return FileName(w.FileOf(w.session.Item))
	}
	return arguments
}

func progress(w *walk, _ Reply) string {
	model, _ := w.session.Get().AsMembers()
	return "client_progress is " + wire.Describe(model["client_progress"])
}

func state(w *walk, _ Reply) string { return "the session is " + stateIn(w.session.Get()) }

func finalState(w *walk, _ Reply) string {
	return "the session is " + stateIn(w.session.Await(Done, Errored))
}

func fileInfo(_ *walk, reply Reply) string {
	if info, problem := reply.AsMembers(); problem != "" || !hasText(info, "name") {
		return "no info of a file"
	}
	return "the info of a file"
}

// preparation tells only whether anything began: how far it is by now is chance.
func preparation(w *walk, _ Reply) string {
	info, _ := w.session.Files().Get(w.FileOf(w.session.Item)).AsMembers()
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
		wanted, _ := w.withFileName(FileName(name)).Get("file_name")
		reply := w.session.Files().List()
		if reply.Status != http.StatusOK {
			return "the session's files cannot be listed: " + Answer(reply)
		}
		if slices.Contains(FileNames(w.Infos(reply)), wanted.(string)) {
			return "the file is listed"
		}
		return "the file is not listed"
	}
}
