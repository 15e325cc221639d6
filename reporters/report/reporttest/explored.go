package reporttest

import (
	_ "embed"
	"encoding/json"
	"strings"

	"session-conformance/reporters/report"
)

//go:embed explored.json
var exploredJSON []byte

// Explored is a run that walked histories on a right server.
func Explored() *report.Run {
	run := Run()
	run.Verdict, run.ExitCode, run.Summary = report.Conformant, new(0),
		"conformant, partial (no behaviours, histories and races alone): 68 histories of 2199 requests"
	run.Options.Exploring, run.Options.LabelFilter, run.Options.Focus = true, "", nil
	run.Results, run.Outages, run.Leftovers = []report.Result{}, nil, []report.Leftover{}
	run.Exploration = &report.Exploration{}
	if err := json.Unmarshal(exploredJSON, run.Exploration); err != nil {
		panic(err)
	}
	run.Counts = report.Count(run.Results)
	return run
}

// Claiming is one that walked the checking sets of a right server, in two
// bindings, of which one was not answered to the end.
func Claiming() *report.Run {
	run := Explored()
	run.Summary = "conformant, partial (no behaviours, histories and races alone): 99 sequences of 700 requests, " +
		"complete for 2 of 3 automata"
	for _, binding := range []string{"api", "rest", "legacy"} {
		run.Exploration.Claims = append(run.Exploration.Claims, report.Claim{
			Service: "download_session", Binding: binding, Extra: 1, States: []string{"ACTIVE", "CANCELED", "ERROR", "deleted"},
			Alphabet: []string{"download_session.get session 1", "download_session.list item 1", "downloadsession.file.list session 1"},
			Excluded: []report.ExcludedCell{{State: "CANCELED", Operation: "downloadsession.file.list session 1"},
				{State: "ERROR", Operation: "downloadsession.file.list session 1"}},
			Sequences: 33,
		})
	}
	run.Exploration.Claims[2].Unwalked = 3
	return run
}

// ExploredWrong is one on a server that refuses to keep an update session alive
// behind an upload, leaves a session ACTIVE that was canceled, and loses the
// bytes of a file.
func ExploredWrong() *report.Run {
	run := Explored()
	run.Verdict, run.ExitCode, run.Summary = report.NotConformant, new(1),
		"not conformant: in 84 histories of 2850 requests, 3 failed, 1 warned"
	run.Exploration.Edges = append(run.Exploration.Edges, report.Edge{
		Service: "update_session", State: "ACTIVE", Operation: "update_session.keep_alive",
		Answer: "400 not_allowed_in_current_state", Next: "ACTIVE", Count: 3, Deviates: true,
	})
	for _, one := range []deviation{
		{"update_session.keep_alive.ok", "rest", "success behind create, add, upload", "400 not_allowed_in_current_state", report.Must, `update_session.create session 1 item 1 (rest)
updatesession.file.add session 1 file 1 (rest)
transfer.upload session 1 file 1 content 4 (rest)
update_session.keep_alive session 1 progress 35 (rest)
`},
		{"download_session.cancel.state", "api", "state CANCELED behind create, keep_alive, cancel", "state ACTIVE", report.Must, `download_session.create session 1 item 1 (api)
download_session.keep_alive session 1 (api)
download_session.cancel session 1 (api)
download_session.get session 1 (api)
`},
		{"updatesession.file.add.same_name_updates", "api", "the bytes of file 1 that were uploaded last", "those of an earlier upload", report.Must, ""},
		{"download_session.delete.canceled", "rest", "success", "500 with " + Hostile, report.Should, ""},
	} {
		run.Results = append(run.Results, one.result())
	}
	run.Counts = report.Count(run.Results)
	return run
}

// deviation is a behaviour that does not hold behind a history.
type deviation struct {
	id, binding, expected, got string
	level                      report.Level
	script                     string
}

func (d deviation) result() report.Result {
	r := pass(d.binding, "path", "json")
	place := strings.LastIndexByte(d.id, '.')
	r.ID, r.Service, r.Level, r.Outcome = d.id, d.id[:strings.LastIndexByte(d.id[:place], '.')], d.level, report.Failed
	r.Operation = d.id[len(r.Service)+1 : place]
	if d.level == report.Should {
		r.Outcome = report.Warned
	}
	r.Promise = "does what the documents say"
	r.Message = "expected " + d.expected + ", got " + d.got
	r.Failure = &report.Failure{Expected: d.expected, Got: d.got, Script: d.script}
	return r
}
