package protocol

import (
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: errors",
	Behaviour("protocol.error.shape_rest", documentedErrors).Long(),
	Behaviour("protocol.error.shape_api", documentedErrors).Long(),

	inAnyXML(Behaviour("protocol.error.shape_xml", func(s *Spec) {
		answers := provokeBy(s, func(operation, id string, arguments wire.Object) Reply {
			if s.Variant.Binding == wire.Rest {
				return inXML(s, operation, id, arguments)
			}
			return s.Via(s.Spelled(s.Variant, operation), operation, id, arguments)
		})
		for _, answer := range answers {
			if answer.Root.Local == "" {
				s.Fail("expected an error in XML, as was asked for; %s", answer)
			}
			expectDocumented(s, answer)
		}
	})).Long(),

	Behaviour("protocol.error.status_matches_type", func(s *Spec) {
		typed := false
		for _, answer := range provoke(s) {
			typed = typed || answer.Fault != nil && answer.Fault.Type != ""
			if problem := StatusMatchesType(answer.Reply); problem != "" {
				s.Fail("expected the documented status of the error's type: %s (%s)", problem, answer)
			}
		}
		if !typed {
			s.Block(shapeOf(s.Variant.Binding), "no error told its type, so no status can be held against it")
		}
	}).Long(),

	Behaviour("protocol.error.extra_rest", func(s *Spec) {
		answer := provoke(s)[0]
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
	}).Long(),
)

// inAnyXML narrows a behaviour to the XML of legacy, and to rest, whose XML is
// no variant of its own: only the oldest release has it.
func inAnyXML(definition Definition) Definition {
	definition.Only = func(v wire.Variant) bool { return v.Representation == wire.XML || v.Binding == wire.Rest }
	return definition
}

// documentedErrors: every error has the shape that its binding documents.
func documentedErrors(s *Spec) {
	for _, answer := range provoke(s) {
		expectDocumented(s, answer)
	}
}

func expectDocumented(s *Spec, answer provoked) {
	if answer.Fault == nil {
		s.Fail("expected an error body of the documented shape; %s%s", answer, Body(answer.Reply))
	}
	if problem := answer.Fault.Documented; problem != "" {
		s.Fail("expected an error body of the documented shape; %s: %s%s", answer, problem, Body(answer.Reply))
	}
}

// shapeOf is the behaviour that is about the shape of a binding's errors.
func shapeOf(binding wire.Binding) string {
	if binding == wire.API {
		return "protocol.error.shape_api"
	}
	return "protocol.error.shape_rest"
}
