package protocol

import (
	"slices"
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: errors",
	Behaviour("protocol.error.shape_rest", documentedError),
	Behaviour("protocol.error.shape_api", documentedError),

	inAnyXML(Behaviour("protocol.error.shape_xml", func(s *Spec) {
		answers := provokeBy(s, func(call Call) Option {
			if s.Variant.Binding == wire.Rest {
				return inXML(s, call)
			}
			return In(s.VariantLike(s.Variant, call.Operation))
		})
		judged := 0
		for _, answer := range answers {
			if s.Variant.Binding == wire.Legacy && answer.Variant.Representation != wire.XML {
				continue // no route serves it in XML
			}
			judged++
			if answer.Root.Local == "" {
				s.Fail(Expected("an error in XML, as was asked for").Got("%s", answer).About(answer.Reply))
			}
			expectDocumented(s, answer)
		}
		if judged == 0 {
			s.Skip("nothing that is served in XML was refused")
		}
	})).Long(),

	Behaviour("protocol.error.status_matches_type", func(s *Spec) {
		typed := false
		for _, answer := range provoke(s) {
			typed = typed || answer.Fault != nil && answer.Fault.Type != ""
			if documented := StatusesOfType(answer.Reply); len(documented) > 0 && !slices.Contains(documented, answer.Status) {
				s.Fail(Expected("the documented status of the error's type, %s", Either(documented)).Got("%s", answer).About(answer.Reply))
			}
		}
		if !typed && s.Variant.Binding == wire.API {
			s.Skip("no error tells its error_type, which api leaves open")
		}
		if !typed {
			s.Block(shapeOf(s.Variant.Binding), "no error told its type, so no status can be held against it")
		}
	}).Long(),

	Behaviour("protocol.error.extra_rest", func(s *Spec) {
		answer := anError(s)
		var shown []string
		if answer.Fault != nil {
			value, _ := answer.Fault.Members["value"].(wire.Members)
			for _, name := range []string{"name", "localizableMessages", "majorErrorCode"} {
				if answer.Fault.Members.Has(name) || value.Has(name) {
					shown = append(shown, name)
				}
			}
		}
		if len(shown) == 0 {
			s.Observe("none of the three is there")
			return
		}
		s.Observe("shown: %s", strings.Join(shown, ", "))
	}),
)

// inAnyXML narrows a behaviour to the XML of legacy, and to rest, whose XML is
// no variant of its own: only the oldest release has it.
func inAnyXML(definition Definition) Definition {
	definition.Only = func(v wire.Variant) bool { return v.Representation == wire.XML || v.Binding == wire.Rest }
	return definition
}

// documentedError: an error has the shape that its binding documents. All others
// of the run are held against it, too.
func documentedError(s *Spec) { s.Expect(anError(s)).To(TellItsError()) }

// anError is the error that is the cheapest to come by, beside its control: on a
// target that knows no session nothing is told by not knowing one.
func anError(s *Spec) Reply {
	s.DownloadSession(Active)
	s.Step("get of an unknown session")
	reply := s.Unknown(Download).Get()
	if reply.Succeeded() {
		s.Block(Download+".get.unknown_id", "get of an unknown id was not refused, so there is no error to look at: %s", Answer(reply))
	}
	return reply
}

func expectDocumented(s *Spec, answer provoked) {
	if answer.Fault == nil {
		s.Fail(Expected("an error body of the documented shape").Got("%s", answer).AboutError(answer.Reply, answer.Broken))
	}
	if problem := answer.Fault.Documented; problem != "" {
		s.Fail(Expected("an error body of the documented shape").Got("%s: %s", answer, problem).AboutError(answer.Reply, problem))
	}
}

// shapeOf is the behaviour that is about the shape of a binding's errors.
func shapeOf(binding wire.Binding) string {
	if binding == wire.API {
		return "protocol.error.shape_api"
	}
	return "protocol.error.shape_rest"
}
