package report

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

// Of returns the number of results with the given outcome.
func (c Counts) Of(outcome Outcome) int {
	if n := c.field(outcome); n != nil {
		return *n
	}
	return 0
}

// Count tallies the outcomes of results.
func Count(results []Result) Counts {
	var counts Counts
	for _, result := range results {
		if n := counts.field(result.Outcome); n != nil {
			*n++
		}
		counts.Total++
	}
	return counts
}

func (c *Counts) field(outcome Outcome) *int {
	switch outcome {
	case Passed:
		return &c.Passed
	case Failed:
		return &c.Failed
	case Warned:
		return &c.Warned
	case Observed:
		return &c.Observed
	case Skipped:
		return &c.Skipped
	case Blocked:
		return &c.Blocked
	case TimedOut:
		return &c.TimedOut
	case Waived:
		return &c.Waived
	case Fault:
		return &c.Fault
	case NotRun:
		return &c.NotRun
	}
	return nil
}

// differsFrom is the first number that is another one there.
func (c Counts) differsFrom(other Counts) (name string, got, want int) {
	for _, outcome := range Outcomes {
		if got, want := c.Of(outcome), other.Of(outcome); got != want {
			return string(outcome), got, want
		}
	}
	return "total", c.Total, other.Total
}
