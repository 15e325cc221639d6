package report

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
