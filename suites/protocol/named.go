package protocol

import (
	"slices"
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// namedProgress and namedFile are what no session of another behaviour shows.
const (
	namedProgress = 43
	namedFile     = "conformance-named.bin"
)

// glance is an operation that shows what its session is like, in words that hold no id.
type glance struct {
	service, operation string
	arguments          wire.Object
	shows              func(Reply) string
	// common says that other sessions may show the same: then it takes both of a pair
	// to tell that each is meant.
	common bool
}

// glances are those of which no other behaviour asks by each route whether the session
// is the one that was named.
var glances = []glance{
	{Update, Update + ".get", nil, shownProgress, false},
	{Update, UpdateFile + ".list", nil, shownFiles, false},
	{Update, UpdateFile + ".get", FileName(namedFile), shownFile, false},
	{Update, UpdateFile + ".validate", nil, Answer, true},
	{Download, DownloadFile + ".list", nil, shownFiles, true},
	{Download, DownloadFile + ".get", FileName(heldFile), shownFile, true},
}

// pairOfSessions is a session that differs from another one in all that glances show.
type pairOfSessions struct{ named, other *Session }

// unlikeSessions arranges them, on an item each.
func unlikeSessions(s *Spec) map[string]pairOfSessions {
	items, pairs := s.Items(2), map[string]pairOfSessions{}
	for _, service := range []string{Download, Update} {
		pairs[service] = pairOfSessions{
			named: s.SessionOf(service, Active, On(items[0])), other: s.SessionOf(service, Active, On(items[1])),
		}
	}
	s.Step("arrange: what the other session has not")
	pairs[Update].named.KeepAlive(namedProgress)
	pairs[Update].named.Files().Add(PushSpec(namedFile))
	pairs[Download].named.Files().Prepare(s.FileOf(items[0]))
	return pairs
}

// showNamed: by each route, an operation shows the session that is named. What all
// routes show alike of both sessions tells nothing.
func showNamed(s *Spec) {
	pairs, told := unlikeSessions(s), 0
	for _, one := range glances {
		pair, variants := pairs[one.service], routes(s, one.operation)
		look := func(session *Session, variant wire.Variant, which string) (string, Reply) {
			s.Step(one.operation + " of " + which + " by the route " + string(variant.Route))
			reply := s.Send(Call{Operation: one.operation, Subject: session.ID, Arguments: one.of(s, session)}, In(variant))
			return one.shows(reply), reply
		}
		plain := s.PlainVariant(one.operation)
		named, _ := look(pair.named, plain, "the session")
		other, _ := look(pair.other, plain, "another session")
		alike := other == named
		if !alike {
			told++
		}
		expect := func(shown string, session *Session, variant wire.Variant, which string) {
			if showed, reply := look(session, variant, which); showed != shown {
				s.Fail(Expected("%s of the session that is named by each route", one.operation).
					Got("by %s: %s; by %s: %s", plain.Route, shown, variant.Route, showed).Compare(shown, showed).About(reply))
			}
		}
		for _, variant := range slices.DeleteFunc(variants, func(v wire.Variant) bool { return v == plain }) {
			expect(named, pair.named, variant, "the session")
			if one.common || alike {
				expect(other, pair.other, variant, "another session")
			}
		}
	}
	if told == 0 {
		s.Skip("two sessions that differ are shown alike, so nothing tells which of them is meant")
	}
}

// of are the arguments, with the name of the file that the session's item holds where
// heldFile stands.
func (g glance) of(s *Spec, session *Session) wire.Object {
	if name, given := g.arguments.Get("file_name"); given && name == heldFile {
		return FileName(s.FileOf(session.Item))
	}
	return g.arguments
}

func shownProgress(reply Reply) string {
	model, problem := reply.AsMembers()
	if problem != "" {
		return Answer(reply)
	}
	return "client_progress " + wire.Describe(model["client_progress"])
}

// shownFile tells only whether anything began: how far it is by now is chance.
func shownFile(reply Reply) string {
	if _, problem := reply.AsMembers(); problem != "" {
		return Answer(reply)
	}
	return begun(FileStatus(reply))
}

func shownFiles(reply Reply) string {
	list, isList := reply.Result.([]any)
	if !reply.Succeeded() || !isList {
		return Answer(reply)
	}
	shown := []string{}
	for _, one := range list {
		info, _ := one.(wire.Members)
		name, _ := info.String("name")
		status, _ := info.String("status")
		shown = append(shown, name+" "+begun(status))
	}
	slices.Sort(shown)
	return strings.Join(shown, ", ")
}

func begun(status string) string {
	if status == "UNPREPARED" {
		return "UNPREPARED"
	}
	return "there"
}
