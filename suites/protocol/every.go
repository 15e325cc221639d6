package protocol

import (
	"slices"
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// What only requests bring that have to be refused.
const (
	refusedFile     = "conformance-refused.bin"
	refusedProgress = 31
)

// everyRequest has all operations of the binding, each with all that it needs, in
// an order in which none spoils another one. The file is what get and remove of
// an update session are about.
func everyRequest(s *Spec, download, update *Session, file string) []Call {
	held := heldBy(s, download.Item)
	all := []Call{
		download.Call("get", nil),
		{Operation: Download + ".list", Subject: download.Item.ID},
		{Operation: Download + ".create", Arguments: CreateFor(download.Item)},
		download.Call("keep_alive", Progress(refusedProgress).Argument(Download)),
		download.Files().Call("list", nil),
		download.Files().Call("get", FileName(held)),
		download.Files().Call("prepare", FileName(held)),
		download.Call("cancel", nil),
		download.Call("fail", ClientError("a request that has to be refused")),
		download.Call("delete", nil),

		update.Call("get", nil),
		{Operation: Update + ".list", Subject: update.Item.ID},
		update.Call("keep_alive", Progress(refusedProgress).Argument(Update)),
		update.Files().Call("list", nil),
		update.Files().Call("validate", nil),
		update.Files().Call("add", OneSpec("file_spec", PushSpec(refusedFile))),
		update.Files().Call("get", FileName(file)),
		update.Files().Call("remove", FileName(file)),
		update.Call("fail", ClientError("a request that has to be refused")),
		update.Call("cancel", nil),
		update.Call("complete", nil),
		update.Call("delete", nil),
		{Operation: Update + ".create", Arguments: CreateFor(update.Item)},
	}
	if s.Variant.Binding == wire.API {
		at := slices.IndexFunc(all, func(one Call) bool { return one.Operation == Update+".fail" })
		all = slices.Insert(all, at, update.Call("update", Warning(SelfSigned)))
	}
	return all
}

// heldBy is the name of a file that the item holds, or of none where it holds none.
func heldBy(s *Spec, item Item) string {
	if item.File != "" {
		return item.File
	}
	return refusedFile
}

// pair is a session of each service, on one item, and a file in the one of update:
// what requests that have to be refused are tried on.
type pair struct {
	*Spec
	download, update *Session
}

func newPair(s *Spec) pair {
	both := pair{s, s.DownloadSession(InUse), s.UpdateSession(Active)}
	both.update.Files().Announce(PushSpec(walkedFile))
	return both
}

// requests are those of every operation whose plain spelling the change changes,
// each that results from it once.
func (p pair) requests(change func(*wire.Request) bool) []Call {
	var changed []Call
	known := map[string]bool{}
	for _, call := range everyRequest(p.Spec, p.download, p.update, walkedFile) {
		request := p.Request(call)
		if !change(&request) || known[request.Method+request.Path] {
			continue
		}
		known[request.Method+request.Path] = true
		changed = append(changed, call)
	}
	return changed
}

// try sends every request that the change changes, and has each answer judged.
// That none of them did anything is seen once, behind them all.
func (p pair) try(what string, change func(*wire.Request) bool, judge func(Reply)) {
	requests := p.requests(change)
	if len(requests) == 0 {
		p.Skip("no request of the routes that are served can be written so")
	}
	for _, call := range requests {
		p.Step(call.Operation + " " + what)
		judge(p.Send(call, Rewrite(func(request *wire.Request) { change(request) })))
	}
	expectNoTrace(p.Spec, p.download, p.update, walkedFile)
}

// mustCancel: what was refused works where it is written as documented.
func (p pair) mustCancel() {
	for _, session := range []*Session{p.download, p.update} {
		p.Step("control: cancel as it is documented")
		p.Expect(session.Cancel()).To(Succeed())
		p.Expect(session.Get()).To(BeOver())
	}
}

// spelled replaces one part of a request's path, and says whether it was there.
func spelled(old, new string) func(*wire.Request) bool {
	return func(request *wire.Request) bool {
		before := request.Path
		request.Path = strings.Replace(before, old, new, 1)
		return request.Path != before
	}
}

// expectNoTrace: no request that had to be refused did anything to the sessions.
func expectNoTrace(s *Spec, download, update *Session, added ...string) {
	for _, session := range []*Session{download, update} {
		s.Step("the session afterwards")
		after := session.Get()
		s.Expect(after).To(HaveState(Active))
		s.Expect(after).To(NotShowNumber("client_progress", refusedProgress))
	}
	s.Step("the files of the update session afterwards")
	names := FileNames(s.Infos(update.Files().List()))
	if slices.Contains(names, refusedFile) {
		s.Fail(Expected("no file from a refused request in the session").Got("%s", refusedFile))
	}
	for _, name := range added {
		if !slices.Contains(names, name) {
			s.Fail(Expected("the file in the session still").Got("none: a refused request removed it"))
		}
	}
}
