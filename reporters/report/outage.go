package report

import "time"

// Outage is a time in which the target did not answer at all.
type Outage struct {
	Began time.Time `json:"began"`
	// DurationMS is how long it was away; nil if it did not come back.
	DurationMS *float64 `json:"duration_ms,omitempty"`
	// UnderWay are the requests whose answers were lost, Before those that were
	// answered last and may have changed something, the last one first; each by its
	// method, path and behaviour.
	UnderWay []string `json:"under_way,omitempty"`
	Before   []string `json:"before,omitempty"`
	// By names the behaviour that stops the target; empty if none was found to.
	By string `json:"by,omitempty"`
}
