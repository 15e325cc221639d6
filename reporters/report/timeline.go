package report

// Timeline is what clients did at once and what was seen afterwards: the
// evidence of answers that no order of the requests explains.
type Timeline struct {
	Requests []TimelineRequest `json:"requests"`
	// Orders tell of each order of the requests what the documents do not allow
	// in it, in a line each.
	Orders []string `json:"orders,omitempty"`
	// Failed and Tried say how often it came in how many tries.
	Failed int `json:"failed"`
	Tried  int `json:"tried"`
}

// TimelineRequest is one request of a timeline.
type TimelineRequest struct {
	// Client counts from 1; 0 had the target for itself, after the others.
	Client    int    `json:"client"`
	Operation string `json:"operation"`
	// Answer is what came, in words: "204", "400 not_allowed_in_current_state".
	Answer string `json:"answer"`
	// Lost says that no answer came.
	Lost bool `json:"lost,omitempty"`
	// Sent and Answered are milliseconds since the first was sent.
	Sent     float64 `json:"sent_ms"`
	Answered float64 `json:"answered_ms"`
	// Exchange is the index of the request in the result's exchanges.
	Exchange *int `json:"exchange,omitempty"`
	// Unexplained says that what it was answered is what no order explains.
	Unexplained bool `json:"unexplained,omitempty"`
}
