package report

import "time"

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
	Message string `json:"message,omitempty"`
	// Failure is what broke the behaviour, as data; nil where nothing did, and in
	// runs that were saved before there was one.
	Failure   *Failure `json:"failure,omitempty"`
	BlockedBy string   `json:"blocked_by,omitempty"`
	// Elsewhere says that a history or race of this shard accuses a behaviour whose
	// own result another shard has.
	Elsewhere bool `json:"elsewhere,omitempty"`
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
	// Type is the type of library item that it was made as, if any was named.
	Type string `json:"type,omitempty"`
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
