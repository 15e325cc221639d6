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
const Hostile = "\x1b]0;owned\x07\x1b[2J\x00 ]]> </script><img src=x onerror=alert(1)> `|` ::error::x %0A \xff\ufffe " +
	"\u202eabc\u2028 \"' $(id) \U0001F600"

// Run is a run with every outcome, failures of one cause in many variants,
// bodies that differ, what failures block, and hostile text wherever a target
// can put it. Each call returns a copy of its own.
func Run() *report.Run {
	results := []report.Result{
		pass("api", "path", "json"),
		pass("legacy", "path", "xml"),
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
		Verdict: report.NotConformant, ExitCode: new(1),
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
		Readings: []report.Reading{{Topic: "update_session.cancel", Met: "leaves the session in state CANCELED",
			Releases: "6.7u1 and later"}},
		Unjudged: []report.Unjudged{{ID: "updatesession.file.add.pull_certificate", Binding: "api", Releases: "9.0 and later"}},
		Counts:   report.Count(results),
		Results:  results,
		Sources:  sources(),
		Outages: []report.Outage{
			{Began: time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC), DurationMS: new(612.5), By: "update_session.fail.ok [api]",
				Before: []string{"POST /api/content/library/item/update-session/us-1?action=fail (update_session.fail.ok [api])"}},
			{Began: time.Date(2026, 3, 4, 5, 6, 9, 0, time.UTC), UnderWay: []string{"POST /</script><b>`|`\x1b[2J", "DELETE /rest/b", "PUT /c", "PATCH /d"}},
		},
		Leftovers: []report.Leftover{{
			Kind: "library", ID: "lib-7", Name: "conformance-4f2a", Error: "DELETE answered 500",
		}},
		Cost: report.Cost{
			Requests: 1310, Creates: 204, Logins: 2, BytesSent: 655_000, BytesReceived: 812_345,
			Operations: []report.OperationCost{
				{Operation: "download_session.cancel", Requests: 96, Answered: 95, LongestAnswer: 512, MedianMS: 1.2, P95MS: 4.5, MostMS: 80},
				{Operation: "download_session.create", Requests: 1204, Answered: 1204, LongestAnswer: 64, MedianMS: 2.4, P95MS: 31, MostMS: 120.5},
				{Operation: "download_session.list", Requests: 8, Answered: 8, LongestAnswer: 40_960, MedianMS: 5, P95MS: 9, MostMS: 9},
				{Operation: "login", Requests: 2},
			},
		},
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
		{Name: "rest", Claimed: true,
			Reason:   "GET /rest/com/vmware/content/library/item/download-session answered 404 text/plain \"404 page not found\"",
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

// notCanceled shows a wrong field of a model.
func notCanceled() report.Result {
	r := pass("legacy", "path", "json")
	r.ID, r.Operation, r.Outcome = "download_session.cancel.ok", "cancel", report.Failed
	r.Promise = "cancels an ACTIVE session"
	r.Clause = "Cancel brings an ACTIVE session into the state CANCELED."
	r.LookAt = "where cancel sets the state"
	r.Location = "suites/downloadsession/cancel.go:21"
	const model = `{"value":{"id":"3f0c:92","state":"ACTIVE","client_progress":0,"library_item_id":"item-1"}}`
	r.Message = "expected state CANCELED, got state is the string \"ACTIVE\"\nthe body was " + model
	r.Failure = &report.Failure{
		Step: "assert: get it", Operation: "download_session.get", Exchange: new(2),
		Expected: "state CANCELED", Got: `state is the string "ACTIVE"`,
		Field: "state", Want: new("CANCELED"), Was: new("ACTIVE"), Body: model,
	}
	r.Exchanges = []report.Exchange{
		createExchange("item-1", "3f0c:92"),
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
	r := pass("api", "path", "json")
	r.ID, r.Service, r.Operation = "downloadsession.file.transfer.content", "downloadsession.file", "prepare"
	r.Outcome = report.Failed
	r.Promise = "serves the bytes that were uploaded"
	r.Clause = "The download URL of a prepared file serves the file's content."
	r.LookAt = "what the transfer service reads"
	const want, got = "first line\nsecond line\nthird line\n", "first line\n2nd line\nthird line\n"
	r.Message = fmt.Sprintf("expected the %d bytes that were uploaded, got %d bytes that differ\nwant %q, got %q",
		len(want), len(got), want, got)
	r.Failure = &report.Failure{
		Step: "act: download", Operation: "transfer", Exchange: new(0),
		Expected: fmt.Sprintf("the %d bytes that were uploaded", len(want)), Got: fmt.Sprintf("%d bytes that differ", len(got)),
		Want: new(want), Was: new(got),
	}
	r.Exchanges = []report.Exchange{{
		Step: "act: download", Method: "GET", URL: "https://vc.example/$TRANSFER_PATH_1", Status: 200, DurationMS: 4,
		Response: report.Message{Header: map[string][]string{"Content-Type": {"application/octet-stream"}}, Body: got},
	}}
	return r
}

// hostile has Hostile wherever a target can put text.
func hostile() report.Result {
	r := pass("legacy", "action", "xml")
	r.ID, r.Operation, r.Outcome = "download_session.get.unknown", "get", report.Failed
	r.Promise = "answers get of an unknown id with not_found"
	r.Clause = "Get of an id that names no session is refused with not_found, a 404."
	r.Message = "expected 404 not_found, got 500 with " + Hostile + "\nthe body was " + Hostile
	r.Failure = &report.Failure{
		Step: "act: get", Operation: "download_session.get", Exchange: new(0),
		Expected: "404 not_found", Got: "500 with " + Hostile, Body: Hostile,
	}
	r.Exchanges = []report.Exchange{{
		Step: "act: get", Method: "POST",
		URL:     "https://vc.example/com/vmware/content/library/item/download-session/id:" + Hostile + "?~action=get",
		Request: report.Message{Header: map[string][]string{"Content-Type": {"application/xml"}}, Body: "<a>it's " + Hostile + "</a>"},
		Status:  500, Error: Hostile, DurationMS: 1,
		Response: report.Message{
			Header: map[string][]string{"Content-Type": {Hostile}, "X-Hostile": {Hostile}},
			Body:   base64.StdEncoding.EncodeToString([]byte(Hostile)), Encoding: "base64",
		},
	}}
	return r
}
