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
		found, list, unknown := session.Get(), s.List(Download, session.Item.ID), s.Unknown(Download).Get()
		s.Expect(found).To(OfItem(session.Item))
		s.Expect(unknown).To(BeUnsuccessful())
		for _, answer := range []Reply{found, list, unknown} {
			if answer.Err != nil || len(answer.Answer) == 0 {
				continue
			}
			written := answer.AnswerHeader.Get("Content-Type")
			if media, _, err := mime.ParseMediaType(written); err != nil || media != "application/json" {
				failure := Expected("Content-Type application/json").Got("%q with %s", written, Answer(answer)).About(answer)
				if !answer.Succeeded() && answer.Broken != "" {
					failure = failure.AboutError(answer, answer.Broken)
				}
				s.Fail(failure)
			}
		}
	}),

	Behaviour("protocol.rest.xml", func(s *Spec) {
		item := s.Item()
		s.Step("create in XML")
		create := Call{Operation: Download + ".create", Arguments: CreateFor(item)}
		created := s.Send(create, inXML(s, create))
		session := s.Made(created)
		expectRoot(s, created, "Create-Result")

		s.Step("get in XML")
		reply := session.Get(inXML(s, session.Call("get", nil)))
		s.Expect(reply).To(OfItem(item))
		expectRoot(s, reply, "Get-Result")
	}),

	Behaviour("protocol.maps", func(s *Spec) {
		seen := 0
		if answer := anError(s); answer.Fault != nil {
			for _, params := range paramsIn(answer.Fault.Members) {
				seen++
				expectMap(s, params)
			}
		}
		if seen == 0 {
			s.Observe("no message had params, so there was no map to look at")
		}
	}),
)

// inXML sends a call to rest in the XML of legacy, which rest 6.5 shares.
func inXML(s *Spec, call Call) Option {
	return Rewrite(func(request *wire.Request) {
		for _, variant := range wire.Variants(call.Operation, wire.Legacy) {
			if variant.Representation == wire.XML {
				like := s.Request(call, In(variant))
				request.Header, request.Body = like.Header, like.Body
				return
			}
		}
	})
}

// results: create, get and list answer in the wrapper of their binding.
func results(s *Spec) {
	item := s.Item()
	s.Step("a result of each kind")
	created := s.Create(Download, CreateFor(item))
	s.Expect(created).To(Succeed())
	s.Expect(s.Made(created).Get()).To(OfItem(item))
	s.Expect(s.List(Download, item.ID)).To(Succeed())
}

// voids: cancel and delete answer without a body, with the status of their binding.
func voids(s *Spec) {
	session := s.DownloadSession(Active)
	s.Expect(session.Cancel()).To(BeDocumented())
	s.Expect(session.Get()).To(BeOver())

	ended := s.DownloadSession(Ended)
	s.Expect(ended.Delete()).To(BeDocumented())
	s.Expect(ended.Get()).To(BeGone())
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
			s.Fail(Expected("params as an object").Got("%s", wire.Describe(value)).Of("params"))
		}
		return
	}
	pairs, ok := value.([]any)
	if !ok {
		s.Fail(Expected("params as an array of key and value").Got("%s", wire.Describe(value)).Of("params"))
	}
	for _, pair := range pairs {
		members, ok := pair.(wire.Members)
		_, hasKey := members["key"]
		_, hasValue := members["value"]
		if !ok || !hasKey || !hasValue {
			s.Fail(Expected("each of params with key and value").Got("%s", wire.Describe(pair)).Of("params"))
		}
	}
}
