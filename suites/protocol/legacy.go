package protocol

import (
	"fmt"
	"slices"
	"strings"

	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

var _ = Describe("Protocol: the legacy forms",
	Behaviour("protocol.legacy.equivalent_get", func(s *Spec) {
		session := s.DownloadSession(Active)
		s.Step("arrange: a progress, and another session without")
		session.KeepAlive(Progress(walkedProgress))
		s.DownloadSession(Active)
		compareGets(s, session, Active)
		for _, route := range routes(s, "download_session.get") {
			s.Step("an unknown id by the route " + string(route.Route))
			s.Expect(s.Unknown(Download).Get(In(route))).To(BeRefusedWith(NotFound))
		}
		s.Step("arrange: fail")
		if reply := session.Fail("for a get by each route"); !reply.Succeeded() {
			s.Block(Download+".fail.ok", "no session in ERROR to compare: fail answered %s", Answer(reply))
		}
		compareGets(s, session, Errored)
	}).Long(),

	Behaviour("protocol.legacy.equivalent_delete", func(s *Spec) {
		for _, route := range routes(s, "download_session.delete") {
			session := s.DownloadSession(Ended)
			s.Step("delete by the route " + string(route.Route))
			s.Expect(session.Delete(In(route))).To(Succeed())
			s.Step("delete again by the route " + string(route.Route))
			s.Expect(session.Delete(In(route))).To(BeRefusedWith(NotFound))
		}
		active := s.UpdateSession(Active)
		for _, route := range routes(s, "update_session.delete") {
			s.Step("delete of an ACTIVE update session by the route " + string(route.Route))
			s.Expect(active.Delete(In(route))).To(BeRefusedWith(NotAllowedInCurrentState))
		}
		s.Step("the update session afterwards")
		s.Expect(active.Get()).To(HaveState(Active))
	}).Long(),

	Behaviour("protocol.legacy.equivalent_action", func(s *Spec) {
		for _, walk := range actionWalks {
			compareRoutes(s, walk)
		}
	}).Long(),

	Behaviour("protocol.legacy.equivalent_list", func(s *Spec) {
		items := s.Items(2)
		for _, service := range []string{Download, Update} {
			here := s.SessionOf(service, Active, On(items[0]))
			elsewhere := s.SessionOf(service, Active, On(items[1]))
			compareLists(s, here, elsewhere)
		}
	}).Long(),

	Behaviour("protocol.legacy.equivalent_create", func(s *Spec) {
		item := s.Item()
		for _, route := range routes(s, "download_session.create") {
			s.Step("create by the route " + string(route.Route))
			reply := s.Create(Download, CreateFor(item), In(route))
			session := s.Made(reply)
			s.Step("the session that it made")
			s.Expect(session.Get()).To(OfItem(item))
			s.Expect(session.Get()).To(HaveState(Active))
		}
	}).Long(),

	Behaviour("protocol.legacy.named_session", showNamed).Long(),

	Behaviour("protocol.legacy.id_mismatch", func(s *Spec) {
		session := s.DownloadSession(Active)
		variant := wire.Variant{Binding: wire.Legacy, Route: wire.Action, Representation: wire.JSON}
		other := wire.Object{{Name: "download_session_id", Value: s.Unknown(Download).ID}}

		reply := s.Send(session.Call("get", other), In(variant))

		s.Observe("with another id in the body than in the path, get answered %s", Answer(reply))
	}),

	Behaviour("protocol.legacy.body_id_missing", func(s *Spec) {
		variant := servedCollection(s, wire.JSON)
		session := s.DownloadSession(Active)

		s.Step("cancel on the collection without an id")
		s.Expect(s.Send(Call{Operation: Download + ".cancel", Arguments: wire.Object{}}, In(variant))).To(BeAnsweredWith(400))
		s.Expect(session.Get()).To(HaveState(Active))

		s.Step("control: the same with the id")
		s.Expect(session.Cancel(In(variant))).To(Succeed())
		s.Expect(session.Get()).To(BeOver())
	}),

	Behaviour("protocol.legacy.xml_request", func(s *Spec) {
		variant := servedCollection(s, wire.XML)
		session := s.DownloadSession(Active)

		s.Step("the id in an XML body")
		reply := session.Get(In(variant))

		s.Expect(reply).To(OfItem(session.Item))
		compareForms(s, wire.XML)
	}).Long().InXML(),

	Behaviour("protocol.legacy.xml_response", func(s *Spec) {
		session := s.DownloadSession(Active)

		s.Step("get, asking for XML")
		reply := session.Get(In(s.Variant))
		s.Expect(reply).To(OfItem(session.Item))
		expectRoot(s, reply, "Get-Result")

		s.Step("get, asking for JSON")
		plain := session.Get()
		s.Expect(plain).To(OfItem(session.Item))
		if field := difference(plain, reply); field != "" {
			s.Fail(Expected("the same in XML as in JSON").Got("another %s", field).Of(field).About(reply).Since(plain.Exchange))
		}

		s.Step("list, asking for XML")
		list := s.List(Download, session.Item.ID, In(s.VariantLike(s.Variant, "download_session.list")))
		s.Expect(list).To(Hold("the item's session", session))
		expectRoot(s, list, "List-Result")
	}).InXML(),

	Behaviour("protocol.legacy.query_form", func(s *Spec) {
		variant := servedCollection(s, wire.Query)
		item := s.Item()
		s.Step("create with its arguments in the query string")
		session := s.Made(s.Create(Download, CreateFor(item), In(variant)))

		s.Step("get with the id in the query string")
		reply := session.Get(In(variant))

		s.Expect(reply).To(OfItem(item))
		compareForms(s, wire.Query)
	}).Long().InQuery(),
)

// compareGets: by each route, get shows the same session.
func compareGets(s *Spec, session *Session, state State) {
	var first Reply
	for i, route := range routes(s, "download_session.get") {
		s.Step(fmt.Sprintf("get of the session in %s by the route %s", state, route.Route))
		reply := session.Get(In(route))
		s.Expect(reply).To(HaveState(state))
		s.Expect(reply).To(OfItem(session.Item))
		if i == 0 {
			first = reply
		}
		if field := difference(first, reply); field != "" {
			s.Fail(Expected("get to show the same by each route").
				Got("by %s another %s than by %s", reply.Variant.Route, field, first.Variant.Route).
				Of(field).About(reply).Since(first.Exchange))
		}
	}
}

// difference names a field that two answers to get show differently; empty if
// there is none. expiration_time is left out: a get may move it.
func difference(one, other Reply) string {
	first, _ := one.AsMembers()
	second, _ := other.AsMembers()
	for _, field := range []string{"library_item_id", "library_item_content_version", "state"} {
		was, _ := first.String(field)
		if is, _ := second.String(field); is != was {
			return field
		}
	}
	was, shown := first.Int("client_progress")
	if is, also := second.Int("client_progress"); is != was || also != shown {
		return "client_progress"
	}
	if second.Has("error_message") != first.Has("error_message") {
		return "error_message"
	}
	return ""
}

// compareLists: by each route, list of an item holds the same of two sessions,
// the one on the item and the one on another.
func compareLists(s *Spec, here, elsewhere *Session) {
	var first string
	operation := here.Service + ".list"
	variants := routes(s, operation)
	for i, variant := range variants {
		s.Step(operation + " by the route " + string(variant.Route))
		reply := s.List(here.Service, here.Item.ID, In(variant))
		s.Expect(reply).To(Succeed())
		ids, _ := reply.AsIDs()
		got := fmt.Sprintf("the item's session %s, another item's %s", presence(ids, here), presence(ids, elsewhere))
		if i == 0 {
			first = got
		}
		if got != first {
			s.Fail(Expected("%s to hold the same by each route", operation).
				Got("by %s: %s; by %s: %s", variants[0].Route, first, variant.Route, got).Compare(first, got).About(reply))
		}
	}
	if !strings.HasPrefix(first, "the item's session listed") {
		s.Block(operation+".contains_own", "no list holds the item's session, so the lists cannot be compared")
	}
}

func presence(ids []string, session *Session) string {
	if slices.Contains(ids, session.ID) {
		return "listed"
	}
	return "not listed"
}

// expectRoot: an answer in XML has the root of its operation in the namespace
// of download sessions.
func expectRoot(s *Spec, reply Reply, name string) {
	if root := reply.Root; root.Local != name || root.Space != wire.Namespace(Download) {
		s.Fail(Expected("the XML root %s in namespace %q", name, wire.Namespace(Download)).
			Got("%q in %q", root.Local, root.Space).About(reply))
	}
}

// servedCollection is the collection route in the representation, by which the id
// stands among the arguments; where it is not served the behaviour is skipped.
func servedCollection(s *Spec, representation wire.Representation) wire.Variant {
	variant := wire.Variant{Binding: wire.Legacy, Route: wire.Collection, Representation: representation}
	if len(s.Served([]wire.Variant{variant})) == 0 {
		s.Skip("needs %s; it is not served", variant)
	}
	return variant
}

// routes are the served ways to spell the operation in JSON. With one alone
// there is nothing that it could be equivalent to.
func routes(s *Spec, operation string) []wire.Variant {
	var routes []wire.Variant
	for _, variant := range s.Served(wire.Variants(operation, wire.Legacy)) {
		if variant.Representation == wire.JSON {
			routes = append(routes, variant)
		}
	}
	if len(routes) < 2 {
		s.Skip("needs two routes of %s; fewer are served", operation)
	}
	return routes
}
