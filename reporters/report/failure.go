package report

import "strings"

// Failure is what broke a behaviour, as data; the result's message is its
// sentence. Its texts are as they came from the target.
type Failure struct {
	// Step is the part of the behaviour that failed, as the exchanges name it;
	// Operation is the one whose answer was judged. Either may be empty.
	Step      string `json:"step,omitempty"`
	Operation string `json:"operation,omitempty"`
	// Exchange is the index of that answer in the result's exchanges; nil where
	// the failure is about none, or the run kept none.
	Exchange *int `json:"exchange,omitempty"`
	// Before is the index of an earlier answer that it is compared with; nil where
	// it stands alone.
	Before *int `json:"before,omitempty"`
	// Expected and Got hold nothing that varies between variants, such as ids,
	// but for how bindings and representations spell the same answer.
	Expected string `json:"expected"`
	Got      string `json:"got"`
	// Answer is what Got says, where that is an answer as a whole.
	Answer *Answer `json:"answer,omitempty"`
	// Wanted is the answer that had to come, as far as its status and its error
	// were judged; nil where neither was.
	Wanted *Answer `json:"wanted,omitempty"`
	// Field is the member of the answer that is wrong.
	Field string `json:"field,omitempty"`
	// Absent says that it is not there.
	Absent bool `json:"absent,omitempty"`
	// Want and Was are two texts to compare: the values of Field, or others. One
	// alone compares nothing.
	Want *string `json:"want,omitempty"`
	Was  *string `json:"was,omitempty"`
	// Lacks and Holds are texts that must be in the answer and are not, and that are
	// and must not.
	Lacks []string `json:"lacks,omitempty"`
	Holds []string `json:"holds,omitempty"`
	// Unnoticed says that something is wrong with a file, and that the target took it.
	Unnoticed bool `json:"unnoticed,omitempty"`
	// StopsTarget says that the target stopped answering, each time that it was asked.
	StopsTarget bool `json:"stops_target,omitempty"`
	// Details are lines that help to understand it.
	Details []string `json:"details,omitempty"`
	// Body is as much of the answer's body as fits into a line.
	Body string `json:"body,omitempty"`
	// Script is the history that shows it, as conformance explore --replay reads
	// it, where the failure is of one that no spec wrote down.
	Script string `json:"script,omitempty"`
	// Timeline is what clients did at once, where the failure is about that.
	Timeline *Timeline `json:"timeline,omitempty"`
}

// Headline is what is wrong in one line, led by the step in which it was seen:
// "get after delete: expected 404 not_found, got 200 with JSON".
func (r Result) Headline() string {
	line, _, _ := strings.Cut(r.Message, "\n")
	line = strings.TrimSpace(line)
	if r.Failure == nil || r.Failure.Step == "" || line == "" {
		return line
	}
	return r.Failure.Step + ": " + line
}

// Answer is an answer as a whole, without what differs from run to run.
type Answer struct {
	// Status is 0 where none came.
	Status int `json:"status,omitempty"`
	// Also are other statuses that are as good, of an answer that had to come.
	Also []int `json:"also,omitempty"`
	// Type is the standard error that the body tells: not_found.
	Type string `json:"type,omitempty"`
	// Body says what the body is, such as "JSON" or "no body", and Problem what
	// keeps it from the documented shape.
	Body    string `json:"body,omitempty"`
	Problem string `json:"problem,omitempty"`
	// Error is why there is no whole answer.
	Error string `json:"error,omitempty"`
}
