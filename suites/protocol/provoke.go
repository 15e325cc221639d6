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

func (p provoked) String() string { return fmt.Sprintf("%s for a %s", Answer(p.Reply), p.by) }

// provoke asks for what the documents refuse, in the behaviour's own variant,
// and returns the answers that are refusals. Whether each should be one is
// for the behaviours of its operation; none at all blocks this one.
func provoke(s *Spec) []provoked {
	return provokeBy(s, func(call Call) Option { return In(s.VariantLike(s.Variant, call.Operation)) })
}

func provokeBy(s *Spec, option func(Call) Option) []provoked {
	canceled := s.DownloadSession(Active)
	s.Step("provoke errors")
	canceled.Cancel()
	create := func(service string, arguments wire.Object) Call {
		return Call{Operation: service + ".create", Arguments: arguments}
	}
	requests := []struct {
		by   string
		call Call
	}{
		{"get of an unknown id", s.Unknown(Download).Call("get", nil)},
		{"cancel of a canceled session", canceled.Call("cancel", nil)},
		{"create for an unknown item", create(Download, CreateFor(s.UnknownItem()))},
		{"get of an unknown update session", s.Unknown(Update).Call("get", nil)},
		{"create without an item", create(Download, OneSpec("create_spec", wire.Object{}))},
		{"create", create(Update, CreateFor(canceled.Item))},
		{"second create on the item", create(Update, CreateFor(canceled.Item))},
	}
	var answers []provoked
	for _, request := range requests {
		reply := s.Send(request.call, option(request.call))
		if reply.Err == nil && !reply.Succeeded() {
			answers = append(answers, provoked{request.by, reply})
		}
	}
	if len(answers) == 0 {
		s.Block("download_session.get.unknown_id", "no request was refused, so there is no error to look at")
	}
	return answers
}
