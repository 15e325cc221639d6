package report

import "slices"

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

// Decides says that one such result makes the run not conformant, or the
// suite unfit to say so.
func (o Outcome) Decides() bool {
	return o == Failed || o == TimedOut || o == Fault
}

// Breaks says whether the result keeps a target from conforming: MUST does, and
// SHOULD if the run is strict.
func (r Result) Breaks(strict bool) bool {
	switch r.Outcome {
	case Failed, TimedOut, Blocked:
		return r.Level == Must || strict && r.Level == Should
	}
	return false
}

// Wrong says that it is one of the outcomes that somebody has to mend.
func (o Outcome) Wrong() bool {
	return slices.Contains([]Outcome{Failed, Warned, TimedOut, Blocked, Fault}, o)
}

// Right says that there is nothing to mend.
func (o Outcome) Right() bool { return o == Passed || o == Observed }

// Judged says that it is an outcome of the behaviour itself.
func (o Outcome) Judged() bool { return o.Right() || o.Wrong() }
