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
		s.Step("arrange: a progress")
		s.KeepAlive(session, Progress(Download, walkedProgress))
		compareGets(s, session, Active)
		for _, route := range routes(s, "download_session.get") {
			s.Step("an unknown id by the route " + string(route.Route))
			s.Expect(s.Via(route, "download_session.get", s.Unknown(Download).ID, nil)).To(BeRefusedWith(NotFound))
		}
		s.Step("arrange: fail")
		if reply := s.FailSession(session, "for a get by each route"); !reply.Succeeded() {
			s.Block(Download+".fail.ok", "no session in ERROR to compare: fail answered %s", Answer(reply))
		}
		compareGets(s, session, Errored)
	}).Long(),

	Behaviour("protocol.legacy.equivalent_delete", func(s *Spec) {
		for _, route := range routes(s, "download_session.delete") {
			session := s.DownloadSession(Ended)
			s.Step("delete by the route " + string(route.Route))
			s.Expect(s.Via(route, "download_session.delete", session.ID, nil)).To(Succeed())
			s.Step("delete again by the route " + string(route.Route))
			s.Expect(s.Via(route, "download_session.delete", session.ID, nil)).To(BeRefusedWith(NotFound))
		}
		active := s.UpdateSession(Active)
		for _, route := range routes(s, "update_session.delete") {
			s.Step("delete of an ACTIVE update session by the route " + string(route.Route))
			s.Expect(s.Via(route, "update_session.delete", active.ID, nil)).To(BeRefusedWith(NotAllowedInCurrentState))
		}
		s.Step("the update session afterwards")
		s.Expect(s.Get(active)).To(HaveState(Active))
	}).Long(),

	Behaviour("protocol.legacy.equivalent_action", func(s *Spec) {
		for _, walk := range actionWalks {
			compareRoutes(s, walk)
		}
	}).Long(),

	Behaviour("protocol.legacy.equivalent_list", func(s *Spec) {
		items := s.Items(2)
		for _, service := range []string{Download, Update} {
			here := s.SessionOn(items[0], service, Active)
			elsewhere := s.SessionOn(items[1], service, Active)
			compareLists(s, here, elsewhere)
		}
	}).Long(),

	Behaviour("protocol.legacy.equivalent_create", func(s *Spec) {
		item := s.Item()
		for _, route := range routes(s, "download_session.create") {
			s.Step("create by the route " + string(route.Route))
			reply := s.Via(route, "download_session.create", "", CreateFor(item))
			session := s.Made(reply)
			s.Step("the session that it made")
			s.Expect(s.Get(session)).To(OfItem(item))
			s.Expect(s.Get(session)).To(HaveState(Active))
		}
	}).Long(),

	Behaviour("protocol.legacy.id_mismatch", func(s *Spec) {
		session := s.DownloadSession(Active)
		variant := wire.Variant{Binding: wire.Legacy, Route: wire.Action, Representation: wire.JSON}
		other := wire.Object{{Name: "download_session_id", Value: s.Unknown(Download).ID}}

		reply := s.Via(variant, "download_session.get", session.ID, other)

		s.Observe("with another id in the body than in the path, get answered %s", Answer(reply))
	}),

	Behaviour("protocol.legacy.body_id_missing", func(s *Spec) {
		session := s.DownloadSession(Active)
		variant := wire.Variant{Binding: wire.Legacy, Route: wire.Collection, Representation: wire.JSON}

		s.Step("cancel on the collection without an id")
		s.Expect(s.Via(variant, "download_session.cancel", "", wire.Object{})).To(BeAnsweredWith(400))
		s.Expect(s.Get(session)).To(HaveState(Active))

		s.Step("control: the same with the id")
		s.Expect(s.Via(variant, "download_session.cancel", session.ID, nil)).To(Succeed())
		s.Expect(s.Get(session)).To(BeOver())
	}),

	Behaviour("protocol.legacy.xml_request", func(s *Spec) {
		session := s.DownloadSession(Active)

		s.Step("the id in an XML body")
		reply := s.Via(collection(wire.XML), "download_session.get", session.ID, nil)

		s.Expect(reply).To(OfItem(session.Item))
	}).InXML(),

	Behaviour("protocol.legacy.xml_response", func(s *Spec) {
		session := s.DownloadSession(Active)

		s.Step("get, asking for XML")
		reply := s.Via(s.Variant, "download_session.get", session.ID, nil)
		s.Expect(reply).To(OfItem(session.Item))
		expectRoot(s, reply, "Get-Result")

		s.Step("get, asking for JSON")
		plain := s.Get(session)
		s.Expect(plain).To(OfItem(session.Item))
		if field := difference(plain, reply); field != "" {
			s.Fail("expected the same in XML as in JSON, got another %s%s", field, Body(reply))
		}

		s.Step("list, asking for XML")
		list := s.Via(s.Spelled(s.Variant, "download_session.list"), "download_session.list", session.Item.ID, nil)
		s.Expect(list).To(Hold("the item's session", session))
		expectRoot(s, list, "List-Result")
	}).InXML(),

	Behaviour("protocol.legacy.query_form", func(s *Spec) {
		item := s.Item()
		s.Step("create with its arguments in the query string")
		session := s.Made(s.Via(collection(wire.Query), "download_session.create", "", CreateFor(item)))

		s.Step("get with the id in the query string")
		reply := s.Via(collection(wire.Query), "download_session.get", session.ID, nil)

		s.Expect(reply).To(OfItem(item))
	}).InQuery(),
)

// compareGets: by each route, get shows the same session.
func compareGets(s *Spec, session *Session, state State) {
	var first Reply
	for i, route := range routes(s, "download_session.get") {
		s.Step(fmt.Sprintf("get of the session in %s by the route %s", state, route.Route))
		reply := s.Via(route, "download_session.get", session.ID, nil)
		s.Expect(reply).To(HaveState(state))
		s.Expect(reply).To(OfItem(session.Item))
		if i == 0 {
			first = reply
		}
		if field := difference(first, reply); field != "" {
			s.Fail("expected get to show the same by each route, got by %s another %s than by %s%s",
				reply.Variant.Route, field, first.Variant.Route, Body(reply))
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
		reply := s.Via(variant, operation, here.Item.ID, nil)
		s.Expect(reply).To(Succeed())
		ids, _ := reply.AsIDs()
		got := fmt.Sprintf("the item's session %s, another item's %s", listed(ids, here), listed(ids, elsewhere))
		if i == 0 {
			first = got
		}
		if got != first {
			s.Fail("expected %s to hold the same by each route, got by %s: %s; by %s: %s", operation, variants[0].Route, first, variant.Route, got)
		}
	}
	if !strings.HasPrefix(first, "the item's session listed") {
		s.Block(operation+".contains_own", "no list holds the item's session, so the lists cannot be compared")
	}
}

func listed(ids []string, session *Session) string {
	if slices.Contains(ids, session.ID) {
		return "listed"
	}
	return "not listed"
}

// expectRoot: an answer in XML has the root of its operation in the namespace
// of download sessions.
func expectRoot(s *Spec, reply Reply, name string) {
	if root := reply.Root; root.Local != name || root.Space != wire.Namespace(Download) {
		s.Fail("expected the XML root %s in namespace %q, got %q in %q", name, wire.Namespace(Download), root.Local, root.Space)
	}
}

func collection(representation wire.Representation) wire.Variant {
	return wire.Variant{Binding: wire.Legacy, Route: wire.Collection, Representation: representation}
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
