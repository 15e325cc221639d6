package reporttest

import (
	"time"

	"session-conformance/reporters/report"
)

func pass(binding, route, representation string) report.Result {
	return report.Result{
		ID: "download_session.create.ok", Service: "download_session", Operation: "create",
		Binding: binding, Route: route, Representation: representation,
		Level: report.Must, Outcome: report.Passed,
		Promise:    "answers a create with the id of the new session",
		Clause:     "Create takes a session model and returns the id of the session it made.",
		Sources:    []string{"B65", "SPEC9"},
		Started:    time.Date(2026, 3, 4, 5, 6, 7, 250_000_000, time.UTC),
		DurationMS: 12.5,
	}
}

func notActive(binding, route, representation string) report.Result {
	r := pass(binding, route, representation)
	r.ID, r.Operation, r.Outcome = "download_session.cancel.not_active", "cancel", report.Failed
	r.Promise = "refuses to cancel a session that is not ACTIVE"
	r.Clause = "Cancel is allowed only while the session is ACTIVE; in any other state it is refused with " +
		"not_allowed_in_current_state, which is a 400, and the state stays what it was."
	r.Sources = []string{"S0", "B65", "B70"}
	r.LookAt = "the guard on the session's state at the top of cancel, and whether each route passes through it"
	r.Message = "expected 400 not_allowed_in_current_state, got 200 with no body"
	r.Failure = &report.Failure{
		Step: "act: cancel it again", Operation: "download_session.cancel", Exchange: new(2),
		Expected: "400 not_allowed_in_current_state", Got: "200 with no body", Answer: &report.Answer{Status: 200, Body: "no body"},
	}
	r.Location = "suites/downloadsession/cancel.go:41"
	r.Exchanges = []report.Exchange{
		createExchange("item-1", "3f0c:91"),
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

func createExchange(item, id string) report.Exchange {
	return report.Exchange{
		Step: "arrange: create a download session", Method: "POST",
		URL: "https://vc.example/com/vmware/content/library/item/download-session",
		Request: report.Message{
			Header: map[string][]string{"Content-Type": {"application/json"}, "Vmware-Api-Session-Id": {"$SESSION_ID"}},
			Body:   `{"create_spec":{"library_item_id":"` + item + `"}}`,
		},
		Status: 200, DurationMS: 3.25,
		Response: report.Message{
			Header: map[string][]string{"Content-Type": {"application/json"}},
			Body:   `{"value":"` + id + `"}`,
		},
	}
}

func slowGet() report.Result {
	r := pass("api", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.get.model", "get", report.TimedOut
	r.Promise = "answers get with the whole model"
	r.Message = "no verdict within 30 s: GET got no answer"
	r.DurationMS = 30000
	r.Exchanges = []report.Exchange{{
		Step: "act: get the session", Method: "GET", URL: "https://vc.example/api/content/library/item/download-session/a%20b",
		Error: "no answer within 10 s", DurationMS: 10000,
	}}
	return r
}

func warnedDelete() report.Result {
	r := pass("api", "path", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.delete.active", "delete", report.Should, report.Warned
	r.Promise = "deletes an ACTIVE session"
	r.Message = "expected 204, got 400 not_allowed_in_current_state"
	r.Failure = &report.Failure{
		Step: "act: delete", Operation: "download_session.delete", Exchange: new(0),
		Expected: "204", Got: "400 not_allowed_in_current_state",
		Answer: &report.Answer{Status: 400, Type: "not_allowed_in_current_state", Body: "JSON"},
	}
	r.Exchanges = []report.Exchange{{
		Step: "act: delete", Method: "DELETE", URL: "https://vc.example/api/content/library/item/download-session/1",
		Status: 400, Response: report.Message{Body: "AP8=", Encoding: "base64", Truncated: true},
	}}
	return r
}

func observedList() report.Result {
	r := pass("legacy", "action", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.list.order", "list", report.Undocumented, report.Observed
	r.Promise = "lists sessions in some order"
	r.Message = "the list is in the order of creation"
	return r
}

func skippedExpiry(binding string) report.Result {
	r := pass(binding, "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.keep_alive.expired", "keep_alive", report.Skipped
	r.Promise = "refuses to keep an expired session alive"
	r.Message = "waiting for expiry takes minutes; use --slow"
	return r
}

func blockedDelete() report.Result {
	r := pass("legacy", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.delete.canceled", "delete", report.Blocked
	r.Promise = "deletes a CANCELED session"
	r.BlockedBy = "download_session.cancel.not_active"
	r.Message = "no session could be brought into the state CANCELED"
	return r
}

func blockedByLogin() report.Result {
	r := pass("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "protocol.other_user.not_found", "protocol", "*", report.Blocked
	r.Promise = "hides a session from another user"
	r.BlockedBy = "the login of the other user"
	r.Message = "POST /api/session answered 401"
	return r
}

func waivedError() report.Result {
	r := pass("rest", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.get.unknown", "get", report.Waived
	r.Promise = "answers get of an unknown id with not_found"
	r.Message = "known in release 3.2, fixed in 3.3"
	return r
}

func suiteFault() report.Result {
	r := pass("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.create.busy", "update_session", "create", report.Fault
	r.Promise = "refuses a second session on a busy item"
	r.Message = "panic: index out of range [1] with length 1"
	return r
}

func notReached() report.Result {
	r := pass("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.delete.done", "update_session", "delete", report.NotRun
	r.Promise = "deletes a DONE session"
	r.Message = "the run was interrupted"
	r.Started = time.Time{}
	r.DurationMS = 0
	return r
}
