package report

import "cmp"

// Exploration is what the histories of a run came to that no spec wrote down.
type Exploration struct {
	// Requests counts all that were sent, those that shortened findings included.
	Requests int `json:"requests"`
	// Histories counts those that were run, Abandoned those that could not be
	// judged to their end, since an answer was missing.
	Histories int `json:"histories"`
	Abandoned int `json:"abandoned"`
	// Seed, with the options of the run, gives the same histories again.
	Seed  int64  `json:"seed"`
	Edges []Edge `json:"edges"`
	// Cells are what the documents say of every operation in every state.
	Cells    []Cell    `json:"cells,omitempty"`
	Findings []Finding `json:"findings"`
	// Claims are what checking sets of sequences show, if they were walked.
	Claims []Claim `json:"claims,omitempty"`
	// Replay is what each step of a history came to that was replayed.
	Replay []ReplayStep `json:"replay,omitempty"`
}

// HistoryFile is the name of the file that holds the shortest history which shows
// that the behaviour does not hold.
func HistoryFile(behaviour string) string { return behaviour + ".history" }

// ReplayStep is a step of a history that was replayed.
type ReplayStep struct {
	// Step is the line of the script.
	Step string `json:"step"`
	// Expected is what the documents allow, Got what came; it is empty for a step
	// that could not be done, or was not come to.
	Expected string `json:"expected"`
	Got      string `json:"got,omitempty"`
	Deviates bool   `json:"deviates,omitempty"`
}

// Edge is an operation in a state of a session, how it was answered, and what
// followed.
type Edge struct {
	Service   string `json:"service"`
	State     string `json:"state"`
	Operation string `json:"operation"`
	// Answer is the status, with the error's type.
	Answer string `json:"answer,omitempty"`
	Next   string `json:"next,omitempty"`
	Count  int    `json:"count"`
	// Deviates says that no document allows the answer.
	Deviates bool `json:"deviates,omitempty"`
}

// Compare orders edges as a run has them.
func (e Edge) Compare(other Edge) int {
	return cmp.Or(cmp.Compare(e.Service, other.Service), cmp.Compare(e.State, other.State),
		cmp.Compare(e.Operation, other.Operation), cmp.Compare(e.Answer, other.Answer), cmp.Compare(e.Next, other.Next))
}

// Cell is what the documents say of an operation in a state of a session.
type Cell struct {
	Service string `json:"service"`
	// State is "none" for what can be asked before there is a session.
	State     string `json:"state"`
	Operation string `json:"operation"`
	// Expected are the answers that they allow, such as "success"; none where they
	// are silent. Next are the other states that may follow a success.
	Expected []string `json:"expected,omitempty"`
	Next     []string `json:"next,omitempty"`
	// Behaviours are the ids of what they say.
	Behaviours []string `json:"behaviours,omitempty"`
}

// Finding is a history that deviates from the documents, and cannot be shorter.
type Finding struct {
	Behaviour string `json:"behaviour"`
	// Bindings are those in which it deviates; the script is in the first.
	Bindings []string `json:"bindings"`
	// Script is the history, one step a line, as conformance explore --replay
	// reads it.
	Script   string `json:"script"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	// Tries is how often the history was run, Came how often it deviated.
	Tries int `json:"tries"`
	Came  int `json:"came"`
}

// Raced is a behaviour about concurrent clients that some race was about.
type Raced struct {
	Behaviour string `json:"behaviour"`
	Binding   string `json:"binding"`
}
