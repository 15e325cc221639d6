// Package report is the immutable model of one finished run: everything that
// a user reads, now or later, is made from it.
package report

import "time"

// Schema names the version of the JSON form of a Run; schema.json describes it.
const Schema = "conformance/run/v1"

// Run is one judged run of the suite against one target.
type Run struct {
	Schema  string  `json:"schema"`
	Verdict Verdict `json:"verdict"`
	// Partial says that something was skipped, waived or left out, so that
	// "conformant" holds only for what Counts says was judged.
	Partial bool `json:"partial"`
	// Summary is the verdict in one line, as the user reads it.
	Summary    string    `json:"summary"`
	Suite      Suite     `json:"suite"`
	Target     Target    `json:"target"`
	Started    time.Time `json:"started"`
	DurationMS float64   `json:"duration_ms"`
	Options    Options   `json:"options"`
	Bindings   []Binding `json:"bindings"`
	// Readings say which side of the documents' contradictions the target takes.
	Readings []Reading `json:"readings"`
	// Sources are the documents that the results' source keys stand for.
	Sources   []Source   `json:"sources,omitempty"`
	Counts    Counts     `json:"counts"`
	Results   []Result   `json:"results"`
	Leftovers []Leftover `json:"leftovers"`
	// Waivers are those that the run had.
	Waivers []Waiver `json:"waivers,omitempty"`
}

// Verdict is the answer to "is the target conformant?".
type Verdict string

// The verdicts; each has an exit code of its own.
const (
	Conformant    Verdict = "conformant"
	NotConformant Verdict = "not_conformant"
	// Unusable: the target could not be reached or not be used.
	Unusable Verdict = "unusable"
	// Faulty: the suite itself failed, which says nothing about the target.
	Faulty      Verdict = "fault"
	Interrupted Verdict = "interrupted"
)

// Suite identifies the judge.
type Suite struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Target identifies the judged server.
type Target struct {
	URL string `json:"url"`
	// Bundled says that the target was the reference server inside the binary.
	Bundled bool   `json:"bundled"`
	Release string `json:"release"`
}

// Options are the settings that decide what a run does; the same options and
// the same seed give the same plan.
type Options struct {
	Seed             int64    `json:"seed"`
	Parallel         int      `json:"parallel"`
	Strict           bool     `json:"strict"`
	LabelFilter      string   `json:"label_filter,omitempty"`
	Focus            []string `json:"focus,omitempty"`
	TimeoutMS        float64  `json:"timeout_ms"`
	RequestTimeoutMS float64  `json:"request_timeout_ms"`
}

// Binding says whether one of the three bindings was judged, and why.
type Binding struct {
	Name    string `json:"name"`
	Served  bool   `json:"served"`
	Claimed bool   `json:"claimed"`
	// Prefix is the path before /content: "/api", "/rest/com/vmware" or "/com/vmware".
	Prefix string `json:"prefix,omitempty"`
	// Reason is what the probe saw, in one line.
	Reason   string    `json:"reason"`
	Variants []Variant `json:"variants"`
}

// Variant is one route and representation of a binding.
type Variant struct {
	Route          string `json:"route"`
	Representation string `json:"representation"`
	Served         bool   `json:"served"`
	Reason         string `json:"reason"`
}

// Reading is how the target reads a point on which the documents of different
// releases contradict each other.
type Reading struct {
	Topic string `json:"topic"`
	// Met is what the target does, Releases those whose documents say so.
	Met      string `json:"met"`
	Releases string `json:"releases"`
}

// Source is a public document that behaviours were read from.
type Source struct {
	// Key is how results name it, Title what it is, Address where.
	Key     string `json:"key"`
	Title   string `json:"title"`
	Address string `json:"address"`
}

// Level is how strongly the documents demand a behaviour.
type Level string

// The levels: MUST decides, SHOULD warns, UNDOCUMENTED is only observed.
const (
	Must         Level = "MUST"
	Should       Level = "SHOULD"
	Undocumented Level = "UNDOCUMENTED"
)

// Outcome is what became of one behaviour in one variant.
type Outcome string

// The outcomes.
const (
	Passed Outcome = "passed"
	Failed Outcome = "failed"
	// Warned is a failed SHOULD; with --strict it is Failed.
	Warned Outcome = "warned"
	// Observed is what an UNDOCUMENTED behaviour always ends in.
	Observed Outcome = "observed"
	// Skipped has its reason in Message.
	Skipped Outcome = "skipped"
	// Blocked names in BlockedBy the prerequisite that failed: the id of a
	// behaviour, or in words what else was missing.
	Blocked  Outcome = "blocked"
	TimedOut Outcome = "timed_out"
	Waived   Outcome = "waived"
	// Fault is the suite's own error.
	Fault Outcome = "fault"
	// NotRun is what an interrupted run leaves.
	NotRun Outcome = "not_run"
)

// Outcomes lists every outcome in the order in which reports show them.
var Outcomes = []Outcome{Passed, Failed, Warned, Observed, Skipped, Blocked, TimedOut, Waived, Fault, NotRun}

// Counts has the number of results by outcome; Total is their sum.
type Counts struct {
	Total    int `json:"total"`
	Passed   int `json:"passed"`
	Failed   int `json:"failed"`
	Warned   int `json:"warned"`
	Observed int `json:"observed"`
	Skipped  int `json:"skipped"`
	Blocked  int `json:"blocked"`
	TimedOut int `json:"timed_out"`
	Waived   int `json:"waived"`
	Fault    int `json:"fault"`
	NotRun   int `json:"not_run"`
}

// Result is one behaviour in one binding, route and representation. ID,
// Binding, Route and Representation together are unique in a run.
type Result struct {
	ID             string  `json:"id"`
	Service        string  `json:"service"`
	Operation      string  `json:"operation"`
	Binding        string  `json:"binding"`
	Route          string  `json:"route"`
	Representation string  `json:"representation"`
	Level          Level   `json:"level"`
	Outcome        Outcome `json:"outcome"`
	// Promise is what the behaviour promises, as a predicate: "refuses to ...".
	Promise string `json:"promise"`
	// Clause is what the documents say, in our own words.
	Clause  string   `json:"clause"`
	Sources []string `json:"sources"`
	// LookAt is where to look first when the behaviour fails.
	LookAt string `json:"look_at,omitempty"`
	// Message explains every outcome but Passed. Its first line stands alone and
	// has nothing that varies between variants, such as ids: what fails with the
	// same first line is shown as one failure.
	Message   string `json:"message,omitempty"`
	BlockedBy string `json:"blocked_by,omitempty"`
	// Items are the library items that it worked on.
	Items      []Item     `json:"items,omitempty"`
	Location   string     `json:"location,omitempty"`
	Started    time.Time  `json:"started,omitzero"`
	DurationMS float64    `json:"duration_ms"`
	Exchanges  []Exchange `json:"exchanges"`
}

// Item is a library item that a behaviour worked on, and the name of the file
// that it knew to be in it, if any.
type Item struct {
	ID   string `json:"id"`
	File string `json:"file,omitempty"`
}

// Exchange is one request and its answer, as they went over the wire but for
// secrets, which are replaced by the name of what they were ($PASSWORD).
type Exchange struct {
	// Step names the part of the behaviour that sent it: "arrange: create session".
	Step       string  `json:"step"`
	Method     string  `json:"method"`
	URL        string  `json:"url"`
	Request    Message `json:"request"`
	Status     int     `json:"status,omitempty"`
	Response   Message `json:"response"`
	Error      string  `json:"error,omitempty"`
	DurationMS float64 `json:"duration_ms"`
}

// Message is one side of an exchange.
type Message struct {
	Header map[string][]string `json:"header,omitempty"`
	Body   string              `json:"body,omitempty"`
	// Encoding is "base64" where the body is not valid UTF-8, else empty.
	Encoding string `json:"encoding,omitempty"`
	// Truncated says that the body went on.
	Truncated bool `json:"truncated,omitempty"`
}

// Waiver excuses behaviours that are known not to hold.
type Waiver struct {
	// Behaviour is an id, or a pattern with *.
	Behaviour string `json:"behaviour"`
	// Bindings narrow it; none is all.
	Bindings []string `json:"bindings,omitempty"`
	// Note tells why, who answers for it and until when.
	Note string `json:"note"`
	// Waived counts the results that it excused, Passed those that it names
	// and that needed no excuse.
	Waived int `json:"waived"`
	Passed int `json:"passed"`
}

// Unneeded says that all that the waiver names was judged to hold.
func (w Waiver) Unneeded() bool { return w.Waived == 0 && w.Passed > 0 }

// Leftover is something that the run made on the target and could not delete.
type Leftover struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Error string `json:"error"`
}
