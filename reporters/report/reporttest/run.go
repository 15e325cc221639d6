// Package reporttest has the sample run on which every reporter is tested, and
// runs a reporter on a run.
package reporttest

import (
	"encoding/base64"
	"fmt"
	"time"

	"session-conformance/reporters/report"
)

// Hostile is text as the worst server sends it: what moves a cursor, ends XML,
// Markdown and JavaScript, is no UTF-8, or reads other than it is.
const Hostile = "\x1b]0;owned\x07\x1b[2J\x00 ]]> </script><img src=x onerror=alert(1)> `|` ::error::x %0A \xff\ufffe \u202eabc\u2028 \"' $(id) \U0001F600"

// Run is a run with every outcome, failures of one cause in many variants,
// bodies that differ, what failures block, and hostile text wherever a target
// can put it. Each call returns a copy of its own.
func Run() *report.Run {
	results := []report.Result{
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
		notCanceled(),
		otherContent(),
		hostile(),
	}
	return &report.Run{
		Schema:  report.Schema,
		Verdict: report.NotConformant,
		Partial: true,
		Summary: "not conformant: of 18 behaviours 6 failed, 1 timed out, 2 could not be judged",
		Suite:   report.Suite{Name: "conformance", Version: "0.1.0"},
		Target:  report.Target{URL: "https://vc.example", Release: "7.0u2"},
		Started: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Options: report.Options{
			Seed: 42, Parallel: 8, LabelFilter: "!slow", Focus: []string{"session"},
			TimeoutMS: 30000, RequestTimeoutMS: 10000,
		},
		DurationMS: 1234.5,
		Bindings:   servedBindings(),
		Readings:   []report.Reading{{Topic: "update_session.cancel", Met: "leaves the session in state CANCELED", Releases: "6.7u1 and later"}},
		Counts:     report.Count(results),
		Results:    results,
		Sources:    sources(),
		Leftovers: []report.Leftover{{
			Kind: "library", ID: "lib-7", Name: "conformance-4f2a", Error: "DELETE answered 500",
		}},
	}
}

func sources() []report.Source {
	const sdk = "https://github.com/vmware-archive/vsphere-automation-sdk-rest/tree/956ae056e08cd49259221c022990fbef0d6a5262/"
	return []report.Source{
		{Key: "B65", Title: "operation and structure pages of the REST SDK, release 6.5 (rest)", Address: sdk + "6.5"},
		{Key: "B70", Title: "operation and structure pages of the REST SDK, release 7.0 (rest)", Address: sdk + "vsphere"},
	}
}

func servedBindings() []report.Binding {
	const elsewhere = "POST ?~action=get answered 200 without a value"
	return []report.Binding{
		{Name: "api", Served: true, Prefix: "/api", Reason: "GET answered 404 in the documented shape",
			Variants: []report.Variant{{Route: "path", Representation: "json", Served: true, Reason: "probed"}}},
		{Name: "rest", Claimed: true, Reason: "GET /rest/com/vmware/content/library/item/download-session answered 404 text/plain \"404 page not found\"",
			Variants: []report.Variant{{Route: "path", Representation: "json", Reason: "the binding is not served"}}},
		{Name: "legacy", Served: true, Prefix: "/com/vmware", Reason: "POST ?~action=list answered {\"value\": []}",
			Variants: []report.Variant{
				{Route: "path", Representation: "json", Served: true, Reason: "probed"},
				{Route: "path", Representation: "xml", Served: true, Reason: "probed"},
				{Route: "action", Representation: "json", Served: true, Reason: "probed"},
				{Route: "collection", Representation: "json", Reason: elsewhere},
				{Route: "collection", Representation: "query", Reason: elsewhere},
			}},
	}
}

func passed(binding, route, representation string) report.Result {
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
	r := passed(binding, route, representation)
	r.ID, r.Operation, r.Outcome = "download_session.cancel.not_active", "cancel", report.Failed
	r.Promise = "refuses to cancel a session that is not ACTIVE"
	r.Clause = "Cancel is allowed only while the session is ACTIVE; in any other state it is refused with not_allowed_in_current_state, which is a 400, and the state stays what it was."
	r.Sources = []string{"S0", "B65", "B70"}
	r.LookAt = "the guard on the session's state at the top of cancel, and whether each route passes through it"
	r.Message = "expected 400 not_allowed_in_current_state, got 200 with no body"
	r.Location = "suites/downloadsession/cancel.go:41"
	r.Exchanges = []report.Exchange{
		created("item-1", "3f0c:91"),
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

func created(item, id string) report.Exchange {
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
	r := passed("api", "path", "json")
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
	r := passed("api", "path", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.delete.active", "delete", report.Should, report.Warned
	r.Promise = "deletes an ACTIVE session"
	r.Message = "expected 204, got 400 not_allowed_in_current_state"
	r.Exchanges = []report.Exchange{{
		Step: "act: delete", Method: "DELETE", URL: "https://vc.example/api/content/library/item/download-session/1",
		Status: 400, Response: report.Message{Body: "AP8=", Encoding: "base64", Truncated: true},
	}}
	return r
}

func observedList() report.Result {
	r := passed("legacy", "action", "json")
	r.ID, r.Operation, r.Level, r.Outcome = "download_session.list.order", "list", report.Undocumented, report.Observed
	r.Promise = "lists sessions in some order"
	r.Message = "the list is in the order of creation"
	return r
}

func skippedExpiry(binding string) report.Result {
	r := passed(binding, "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.keep_alive.expired", "keep_alive", report.Skipped
	r.Promise = "refuses to keep an expired session alive"
	r.Message = "waiting for expiry takes minutes; use --slow"
	return r
}

func blockedDelete() report.Result {
	r := passed("legacy", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.delete.canceled", "delete", report.Blocked
	r.Promise = "deletes a CANCELED session"
	r.BlockedBy = "download_session.cancel.not_active"
	r.Message = "no session could be brought into the state CANCELED"
	return r
}

func blockedByLogin() report.Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "protocol.other_user.not_found", "protocol", "*", report.Blocked
	r.Promise = "hides a session from another user"
	r.BlockedBy = "the login of the other user"
	r.Message = "POST /api/session answered 401"
	return r
}

func waivedError() report.Result {
	r := passed("rest", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.get.unknown", "get", report.Waived
	r.Promise = "answers get of an unknown id with not_found"
	r.Message = "known in release 3.2, fixed in 3.3"
	return r
}

func suiteFault() report.Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.create.busy", "update_session", "create", report.Fault
	r.Promise = "refuses a second session on a busy item"
	r.Message = "panic: index out of range [1] with length 1"
	return r
}

func notReached() report.Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "update_session.delete.done", "update_session", "delete", report.NotRun
	r.Promise = "deletes a DONE session"
	r.Message = "the run was interrupted"
	r.Started = time.Time{}
	r.DurationMS = 0
	return r
}

// notCanceled shows a wrong field of a model.
func notCanceled() report.Result {
	r := passed("legacy", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.cancel.ok", "cancel", report.Failed
	r.Promise = "cancels an ACTIVE session"
	r.Clause = "Cancel brings an ACTIVE session into the state CANCELED."
	r.LookAt = "where cancel sets the state"
	r.Location = "suites/downloadsession/cancel.go:21"
	const model = `{"value":{"id":"3f0c:92","state":"ACTIVE","client_progress":0,"library_item_id":"item-1"}}`
	r.Message = "expected state CANCELED, got state is the string \"ACTIVE\"\nthe body was " + model
	r.Exchanges = []report.Exchange{
		created("item-1", "3f0c:92"),
		{
			Step: "act: cancel it", Method: "POST", Status: 200, DurationMS: 2,
			URL: "https://vc.example/com/vmware/content/library/item/download-session/id:3f0c:92?~action=cancel",
		},
		{
			Step: "assert: get it", Method: "GET", Status: 200, DurationMS: 1.5,
			URL:      "https://vc.example/com/vmware/content/library/item/download-session/id:3f0c:92",
			Response: report.Message{Header: map[string][]string{"Content-Type": {"application/json"}}, Body: model},
		},
	}
	return r
}

// otherContent shows bodies that differ in one line.
func otherContent() report.Result {
	r := passed("api", "path", "json")
	r.ID, r.Service, r.Operation, r.Outcome = "downloadsession.file.transfer.content", "downloadsession.file", "prepare", report.Failed
	r.Promise = "serves the bytes that were uploaded"
	r.Clause = "The download URL of a prepared file serves the file's content."
	r.LookAt = "what the transfer service reads"
	const want, got = "first line\nsecond line\nthird line\n", "first line\n2nd line\nthird line\n"
	r.Message = fmt.Sprintf("expected the %d bytes that were uploaded, got %d bytes that differ\nwant %q, got %q", len(want), len(got), want, got)
	r.Exchanges = []report.Exchange{{
		Step: "act: download", Method: "GET", URL: "https://vc.example/$TRANSFER_PATH_1", Status: 200, DurationMS: 4,
		Response: report.Message{Header: map[string][]string{"Content-Type": {"application/octet-stream"}}, Body: got},
	}}
	return r
}

// hostile has Hostile wherever a target can put text.
func hostile() report.Result {
	r := passed("legacy", "action", "xml")
	r.ID, r.Operation, r.Outcome = "download_session.get.unknown", "get", report.Failed
	r.Promise = "answers get of an unknown id with not_found"
	r.Clause = "Get of an id that names no session is refused with not_found, a 404."
	r.Message = "expected 404 not_found, got 500 with " + Hostile + "\nthe body was " + Hostile
	r.Exchanges = []report.Exchange{{
		Step: "act: get", Method: "POST", URL: "https://vc.example/com/vmware/content/library/item/download-session/id:" + Hostile + "?~action=get",
		Request: report.Message{Header: map[string][]string{"Content-Type": {"application/xml"}}, Body: "<a>it's " + Hostile + "</a>"},
		Status:  500, Error: Hostile, DurationMS: 1,
		Response: report.Message{
			Header: map[string][]string{"Content-Type": {Hostile}, "X-Hostile": {Hostile}},
			Body:   base64.StdEncoding.EncodeToString([]byte(Hostile)), Encoding: "base64",
		},
	}}
	return r
}
