package report

import "time"

// everyOutcome is a run with each outcome; testdata/every-outcome.json is what
// Write makes of it, and the sample of the other reporters' tests.
func everyOutcome() *Run {
	results := []Result{
		passed("api", "path", "json"),
		passed("legacy", "path", "xml"),
		notActive("legacy", "path", "json"),
		notActive("legacy", "path", "xml"),
		notActive("legacy", "action", "json"),
		slowGet(),
		warnedDelete(),
		observedList(),
		skippedExpiry("api"),
		skippedExpiry("rest"),
		blockedDelete(),
		blockedByLogin(),
		waivedError(),
		suiteFault(),
		notReached(),
	}
	return &Run{
		Schema:  Schema,
		Verdict: NotConformant,
		Partial: true,
		Summary: "not conformant: 4 of 15 behaviours failed",
		Suite:   Suite{Name: "conformance", Version: "0.1.0"},
		Target:  Target{URL: "https://vc.example", Release: "7.0u2"},
		Started: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Options: Options{
			Seed: 42, Parallel: 8, LabelFilter: "!slow", Focus: []string{"session"},
			TimeoutMS: 30000, RequestTimeoutMS: 10000,
		},
		DurationMS: 1234.5,
		Bindings:   servedBindings(),
		Readings:   []Reading{{Topic: "update_session.cancel", Met: "leaves the session in state CANCELED", Releases: "6.7u1 and later"}},
		Counts:     Count(results),
		Results:    results,
		Leftovers: []Leftover{{
			Kind: "library", ID: "lib-7", Name: "conformance-4f2a", Error: "DELETE answered 500",
		}},
	}
}

func servedBindings() []Binding {
	const elsewhere = "POST ?~action=get answered 200 without a value"
	return []Binding{
		{Name: "api", Served: true, Prefix: "/api", Reason: "GET answered 404 in the documented shape",
			Variants: []Variant{{Route: "path", Representation: "json", Served: true, Reason: "probed"}}},
		{Name: "rest", Claimed: true, Reason: "GET /rest/com/vmware/content/library/item/download-session answered 404 text/plain \"404 page not found\"",
			Variants: []Variant{{Route: "path", Representation: "json", Reason: "the binding is not served"}}},
		{Name: "legacy", Served: true, Prefix: "/com/vmware", Reason: "POST ?~action=list answered {\"value\": []}",
			Variants: []Variant{
				{Route: "path", Representation: "json", Served: true, Reason: "probed"},
				{Route: "path", Representation: "xml", Served: true, Reason: "probed"},
				{Route: "action", Representation: "json", Served: true, Reason: "probed"},
				{Route: "collection", Representation: "json", Reason: elsewhere},
				{Route: "collection", Representation: "query", Reason: elsewhere},
			}},
	}
}

func passed(binding, route, representation string) Result {
	return Result{
		ID: "download_session.create.ok", Service: "download_session", Operation: "create",
		Binding: binding, Route: route, Representation: representation,
		Level: Must, Outcome: Passed,
		Promise:    "answers a create with the id of the new session",
		Clause:     "Create takes a session model and returns the id of the session it made.",
		Sources:    []string{"B65", "SPEC9"},
		Started:    time.Date(2026, 3, 4, 5, 6, 7, 250_000_000, time.UTC),
		DurationMS: 12.5,
	}
}

func notActive(binding, route, representation string) Result {
	r := passed(binding, route, representation)
	r.ID, r.Operation, r.Outcome = "download_session.cancel.not_active", "cancel", Failed
	r.Promise = "refuses to cancel a session that is not ACTIVE"
	r.Clause = "Cancel is allowed only while the session is ACTIVE; in any other state it is refused with not_allowed_in_current_state, which is a 400, and the state stays what it was."
	r.Sources = []string{"S0", "B65", "B70"}
	r.LookAt = "the guard on the session's state at the top of cancel, and whether each route passes through it"
	r.Message = "expected 400 not_allowed_in_current_state, got 200 with an empty body\n\nexpected\n    400 com.vmware.vapi.std.errors.not_allowed_in_current_state\ngot\n    200, no body, in the " + representation + " representation"
	r.Location = "suites/downloadsession/cancel.go:41"
	r.Exchanges = []Exchange{
		{
			Step: "arrange: create a download session", Method: "POST",
			URL: "https://vc.example/com/vmware/content/library/item/download-session",
			Request: Message{
				Header: map[string][]string{"Content-Type": {"application/json"}, "Vmware-Api-Session-Id": {"$SESSION_ID"}},
				Body:   `{"create_spec":{"library_item_id":"item-1"}}`,
			},
			Status: 200, DurationMS: 3.25,
			Response: Message{
				Header: map[string][]string{"Content-Type": {"application/json"}},
				Body:   `{"value":"3f0c:91"}`,
			},
		},
		{
			Step: "arrange: cancel it", Method: "POST", Status: 200, DurationMS: 2,
			URL: "https://vc.example/com/vmware/content/library/item/download-session/id:3f0c:91?~action=cancel",
		},
		{
			Step: "act: cancel it again", Method: "POST", Status: 200, DurationMS: 2,
			URL: "https://vc.example/com/vmware/content/library/item/download-session/id:3f0c:91?~action=cancel",
		},
	}
	return r
}

func slowGet() Result {
	r := passed("api", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.get.model", "get", TimedOut
	r.Promise = "answers get with the whole model"
	r.Message = "no verdict within 30 s: GET got no answer"
	r.DurationMS = 30000
	r.Exchanges = []Exchange{{
		Step: "act: get the session", Method: "GET", URL: "https://vc.example/api/content/library/item/download-session/a%20b",
		Error: "no answer within 10 s", DurationMS: 10000,
	}}
	return r
}

func warnedDelete() Result {
	r := passed("api", "path", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.delete.active", "delete", Should, Warned
	r.Promise = "deletes an ACTIVE session"
	r.Message = "expected 204, got 400 not_allowed_in_current_state"
	r.Exchanges = []Exchange{{
		Step: "act: delete", Method: "DELETE", URL: "https://vc.example/api/content/library/item/download-session/1",
		Status: 400, Response: Message{Body: "AP8=", Encoding: "base64", Truncated: true},
	}}
	return r
}

func observedList() Result {
	r := passed("legacy", "action", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.list.order", "list", Undocumented, Observed
	r.Promise = "lists sessions in some order"
	r.Message = "the list is in the order of creation"
	return r
}

func skippedExpiry(binding string) Result {
	r := passed(binding, "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.keep_alive.expired", "keep_alive", Skipped
	r.Promise = "refuses to keep an expired session alive"
	r.Message = "waiting for expiry takes minutes; use --slow"
	return r
}

func blockedDelete() Result {
	r := passed("legacy", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.delete.canceled", "delete", Blocked
	r.Promise = "deletes a CANCELED session"
	r.BlockedBy = "download_session.cancel.not_active"
	r.Message = "no session could be brought into the state CANCELED"
	return r
}

func blockedByLogin() Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "protocol.other_user.not_found", "protocol", "*", Blocked
	r.Promise = "hides a session from another user"
	r.BlockedBy = "the login of the other user"
	r.Message = "POST /api/session answered 401"
	return r
}

func waivedError() Result {
	r := passed("rest", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.get.unknown", "get", Waived
	r.Promise = "answers get of an unknown id with not_found"
	r.Message = "known in release 3.2, fixed in 3.3"
	return r
}

func suiteFault() Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.create.busy", "update_session", "create", Fault
	r.Promise = "refuses a second session on a busy item"
	r.Message = "panic: index out of range [1] with length 1"
	return r
}

func notReached() Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.delete.done", "update_session", "delete", NotRun
	r.Promise = "deletes a DONE session"
	r.Message = "the run was interrupted"
	r.Started = time.Time{}
	r.DurationMS = 0
	return r
}
