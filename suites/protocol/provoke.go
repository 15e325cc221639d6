// Package protocol is the specs of what holds for every operation: errors,
// wrappers, void answers, paths, actions and the equivalence of the legacy
// forms. A file is one table or section of the reference.
package protocol

import (
	"fmt"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// provoked is an answer to a request that the documents refuse.
type provoked struct {
	by string
	Reply
}

func (p provoked) String() string { return fmt.Sprintf("%s answered %s", p.by, Answer(p.Reply)) }

// provoke asks for what the documents refuse, in the behaviour's own variant,
// and returns the answers that are refusals. Whether each should be one is
// for the behaviours of its operation; none at all blocks this one.
func provoke(s *Spec) []provoked {
	return provokeBy(s, func(operation, id string, arguments wire.Object) Reply {
		return s.Via(s.Spelled(s.Variant, operation), operation, id, arguments)
	})
}

func provokeBy(s *Spec, ask func(operation, id string, arguments wire.Object) Reply) []provoked {
	canceled := s.DownloadSession(Active)
	s.Step("provoke errors")
	s.Cancel(canceled)
	requests := []struct {
		by, operation, id string
		arguments         wire.Object
	}{
		{"get of an unknown id", "download_session.get", s.Unknown(Download).ID, nil},
		{"cancel of a canceled session", "download_session.cancel", canceled.ID, nil},
		{"create for an unknown item", "download_session.create", "", CreateFor(s.UnknownItem())},
		{"get of an unknown update session", "update_session.get", s.Unknown(Update).ID, nil},
		{"create without an item", "download_session.create", "", OneSpec("create_spec", wire.Object{})},
		{"create", "update_session.create", "", CreateFor(canceled.Item)},
		{"a second create on the item", "update_session.create", "", CreateFor(canceled.Item)},
	}
	var answers []provoked
	for _, request := range requests {
		reply := ask(request.operation, request.id, request.arguments)
		if reply.Err == nil && !reply.Succeeded() {
			answers = append(answers, provoked{request.by, reply})
		}
	}
	if len(answers) == 0 {
		s.Block("download_session.get.unknown_id", "no request was refused, so there is no error to look at")
	}
	return answers
}
