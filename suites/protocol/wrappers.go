package protocol

import (
	"mime"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: results",
	Behaviour("protocol.wrapper.value", results),
	Behaviour("protocol.wrapper.bare", results),
	Behaviour("protocol.void.empty", voids).Long(),
	Behaviour("protocol.void.no_content", voids).Long(),

	Behaviour("protocol.content_type.json", func(s *Spec) {
		session := s.DownloadSession(Active)
		s.Step("a result and an error")
		found, list, unknown := s.Get(session), s.Call(Download+".list", session.Item.ID, nil), s.Get(s.Unknown(Download))
		s.Expect(found).To(OfItem(session.Item))
		s.Expect(unknown).To(BeUnsuccessful())
		for _, answer := range []Reply{found, list, unknown} {
			if answer.Err != nil || len(answer.Answer) == 0 {
				continue
			}
			written := answer.AnswerHeader.Get("Content-Type")
			if media, _, err := mime.ParseMediaType(written); err != nil || media != "application/json" {
				s.Fail("expected Content-Type application/json, got %q with %s", written, Answer(answer))
			}
		}
	}),

	Behaviour("protocol.rest.xml", func(s *Spec) {
		item := s.Item()
		s.Step("create in XML")
		created := inXML(s, Download+".create", "", CreateFor(item))
		session := s.Made(created)
		expectRoot(s, created, "Create-Result")

		s.Step("get in XML")
		reply := inXML(s, Download+".get", session.ID, nil)
		s.Expect(reply).To(OfItem(item))
		expectRoot(s, reply, "Get-Result")
	}),

	Behaviour("protocol.maps", func(s *Spec) {
		seen := 0
		for _, answer := range provoke(s) {
			if answer.Fault == nil {
				continue
			}
			for _, params := range paramsIn(answer.Fault.Members) {
				seen++
				expectMap(s, params)
			}
		}
		if seen == 0 {
			s.Observe("no message had params, so there was no map to look at")
		}
	}).Long(),
)

// inXML sends a request to rest in the XML of legacy, which rest 6.5 shares.
func inXML(s *Spec, operation, id string, arguments wire.Object) Reply {
	rest := wire.Variant{Binding: wire.Rest, Route: wire.Path, Representation: wire.JSON}
	request := s.Request(rest, operation, id, arguments)
	for _, variant := range wire.Variants(operation, wire.Legacy) {
		if variant.Representation == wire.XML {
			like := s.Request(variant, operation, id, arguments)
			request.Header, request.Body = like.Header, like.Body
			break
		}
	}
	return s.Send(request, rest, operation)
}

// results: create, get and list answer in the wrapper of their binding.
func results(s *Spec) {
	item := s.Item()
	s.Step("a result of each kind")
	created := s.Create(Download, CreateFor(item))
	s.Expect(created).To(Succeed())
	s.Expect(s.Get(s.Made(created))).To(OfItem(item))
	s.Expect(s.Call(Download+".list", item.ID, nil)).To(Succeed())
}

// voids: cancel and delete answer without a body, with the status of their binding.
func voids(s *Spec) {
	session := s.DownloadSession(Active)
	s.Expect(s.Cancel(session)).To(BeDocumented())
	s.Expect(s.Get(session)).To(BeOver())

	ended := s.DownloadSession(Ended)
	s.Expect(s.Delete(ended)).To(BeDocumented())
	s.Expect(s.Get(ended)).To(BeGone())
}

// paramsIn collects the params of all localizable messages in a body.
func paramsIn(value any) []any {
	var found []any
	switch value := value.(type) {
	case wire.Members:
		for name, member := range value {
			if name == "params" && member != nil {
				found = append(found, member)
				continue
			}
			found = append(found, paramsIn(member)...)
		}
	case []any:
		for _, item := range value {
			found = append(found, paramsIn(item)...)
		}
	}
	return found
}

// expectMap: a map is an object in api, an array of key and value in rest.
func expectMap(s *Spec, value any) {
	if s.Variant.Binding == wire.API {
		if _, ok := value.(wire.Members); !ok {
			s.Fail("expected params as an object, got %s", wire.Describe(value))
		}
		return
	}
	pairs, ok := value.([]any)
	if !ok {
		s.Fail("expected params as an array of key and value, got %s", wire.Describe(value))
	}
	for _, pair := range pairs {
		members, ok := pair.(wire.Members)
		_, hasKey := members["key"]
		_, hasValue := members["value"]
		if !ok || !hasKey || !hasValue {
			s.Fail("expected each of params with key and value, got %s", wire.Describe(pair))
		}
	}
}
