package protocol

import (
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: paths and actions",
	Behaviour("protocol.path.id_prefix", func(s *Spec) {
		both := newPair(s)
		both.try("without the prefix id:", spelled("/id:", "/"), func(reply Reply) { s.Expect(reply).To(BeUnsuccessful()) })
		both.mustCancel()
	}).Long(),

	Behaviour("protocol.path.no_id_prefix", func(s *Spec) {
		both := newPair(s)
		both.try("with the prefix id:", spelled("-session/", "-session/id:"),
			func(reply Reply) { s.Expect(reply).To(BeAnsweredWith(404)) })
		both.mustCancel()
	}).Long(),

	Behaviour("protocol.action.unknown", func(s *Spec) {
		both := newPair(s)
		// Without its body, one request stands for all actions at the path.
		bogus := func(request *wire.Request) bool {
			path, action, _ := strings.Cut(request.Path, "action=")
			request.Path, request.Body = path+"action=bogus", nil
			return action != ""
		}
		both.try("with an action that does not exist", bogus, func(reply Reply) { s.Expect(reply).To(BeRejected()) })
		createsNothing(s, both.download.Item)
		both.mustCancel()
	}).Long(),

	Behaviour("protocol.action.no_tilde", func(s *Spec) {
		both := newPair(s)
		both.try("with a tilde before the action", spelled("?action=", "?~action="), func(Reply) {})
		both.mustCancel()
	}).Long(),

	Behaviour("protocol.bindings.agree", func(s *Spec) {
		other := wire.API
		if s.Variant.Binding == wire.API {
			other = wire.Rest
		}
		if !s.Serves(other) {
			s.Skip("needs rest and api side by side; %s is not served", other)
		}
		there := elsewhere{s, wire.Variant{Binding: other, Route: wire.Path, Representation: wire.JSON}}
		there.seesDownload()
		there.seesUpdate()
		for _, service := range []string{Download, Update} {
			there.ends(service, "fail", ClientError("through another binding"), Errored)
		}
		there.ends(Update, "complete", nil, Done, Errored)
	}).Long(),
)

// createsNothing: an action that does not exist is no create, though it comes
// where create does.
func createsNothing(s *Spec, item Item) {
	before := sessionsOf(s, Download, item.ID)
	bogus := "?~action=bogus"
	if s.Variant.Binding == wire.API {
		bogus = "?action=bogus"
	}

	s.Step("a create with an action that does not exist")
	withAction := Rewrite(func(request *wire.Request) { request.Path += bogus })
	s.Expect(s.Create(Download, CreateFor(item), withAction)).To(BeRejected())
	expectNothingMade(s, Download, item.ID, "an action that does not exist", before)
	s.Step("control: create")
	s.Expect(s.Made(s.Create(Download, CreateFor(item))).Get()).To(OfItem(item))
}
