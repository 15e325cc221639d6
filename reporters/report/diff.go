package report

import "slices"

// Change is a result that is not what it was in an earlier run.
type Change struct {
	ID      string `json:"id"`
	Variant string `json:"variant"`
	Level   Level  `json:"level"`
	// Before is empty for what is new, After for what has vanished.
	Before Outcome `json:"before,omitempty"`
	After  Outcome `json:"after,omitempty"`
	// Message is that of the later result.
	Message string `json:"message,omitempty"`
}

// Difference is what changed between two runs, each list in the order of the
// results.
type Difference struct {
	// Regressions held and fail, or are new and fail.
	Regressions []Change `json:"regressions"`
	Fixes       []Change `json:"fixes"`
	// Unjudged held or failed, and was not judged any more: skipped, not run,
	// waived. Vanished is not in the later run at all.
	Unjudged []Change `json:"unjudged"`
	Vanished []Change `json:"vanished"`
	// New holds what is new and does not fail.
	New []Change `json:"new"`
	// Same counts the results that are as they were.
	Same int `json:"same"`
}

// Compare says what changed from one run to a later one, result by result.
func Compare(before, after *Run) Difference {
	d := Difference{Regressions: []Change{}, Fixes: []Change{}, Unjudged: []Change{}, Vanished: []Change{}, New: []Change{}}
	earlier := map[[2]string]Result{}
	for _, result := range before.Results {
		earlier[place(result)] = result
	}
	for _, result := range after.Results {
		was, known := earlier[place(result)]
		delete(earlier, place(result))
		change := Change{ID: result.ID, Variant: result.VariantName(), Level: result.Level, Before: was.Outcome, After: result.Outcome, Message: result.Message}
		switch {
		case result.Outcome.wrong() && !was.Outcome.wrong():
			d.Regressions = append(d.Regressions, change)
		case !known:
			d.New = append(d.New, change)
		case was.Outcome.wrong() && result.Outcome.Right():
			d.Fixes = append(d.Fixes, change)
		case was.Outcome.judged() && !result.Outcome.judged():
			d.Unjudged = append(d.Unjudged, change)
		default:
			d.Same++
		}
	}
	for _, result := range before.Results {
		if _, gone := earlier[place(result)]; gone {
			d.Vanished = append(d.Vanished, Change{ID: result.ID, Variant: result.VariantName(), Level: result.Level, Before: result.Outcome})
		}
	}
	return d
}

func place(result Result) [2]string { return [2]string{result.ID, result.VariantName()} }

// wrong outcomes are those that somebody has to mend.
func (o Outcome) wrong() bool {
	return slices.Contains([]Outcome{Failed, Warned, TimedOut, Blocked, Fault}, o)
}

// Right says that there is nothing to mend.
func (o Outcome) Right() bool { return o == Passed || o == Observed }

func (o Outcome) judged() bool { return o.Right() || o.wrong() }
