// Package diff says what changed from one run to another.
package diff

import (
	"fmt"

	"session-conformance/reporters/report"
)

// Change is a result that is not what it was in an earlier run.
type Change struct {
	ID      string       `json:"id"`
	Variant string       `json:"variant"`
	Level   report.Level `json:"level"`
	// Before is empty for what is new, After for what has vanished.
	Before report.Outcome `json:"before,omitempty"`
	After  report.Outcome `json:"after,omitempty"`
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

// Lost are the vanished results that a later run should have judged as well: all that
// were judged, unless both runs were filtered, and alike.
func Lost(before, after *report.Run, d Difference) []Change {
	if filter := filterOf(before); filter != "" && filter == filterOf(after) {
		return nil
	}
	var lost []Change
	for _, change := range d.Vanished {
		if change.Before.Judged() {
			lost = append(lost, change)
		}
	}
	return lost
}

// filterOf is what chose the behaviours of a run; empty if nothing did.
func filterOf(run *report.Run) string {
	o := run.Options
	if o.LabelFilter == "" && len(o.Focus) == 0 && !o.Chosen && o.Shard == "" && !o.Exploring {
		return ""
	}
	return fmt.Sprintf("%q %q %v %q %v", o.LabelFilter, o.Focus, o.Chosen, o.Shard, o.Exploring)
}

// Compare says what changed from one run to a later one, result by result.
func Compare(before, after *report.Run) Difference {
	d := Difference{Regressions: []Change{}, Fixes: []Change{}, Unjudged: []Change{}, Vanished: []Change{}, New: []Change{}}
	earlier := map[[2]string]report.Result{}
	for _, result := range before.Results {
		earlier[place(result)] = result
	}
	for _, result := range after.Results {
		was, known := earlier[place(result)]
		delete(earlier, place(result))
		change := Change{ID: result.ID, Variant: result.VariantName(), Level: result.Level, Before: was.Outcome,
			After: result.Outcome, Message: result.Message}
		switch {
		case result.Outcome.Wrong() && !was.Outcome.Wrong():
			d.Regressions = append(d.Regressions, change)
		case !known:
			d.New = append(d.New, change)
		case was.Outcome.Wrong() && result.Outcome.Right():
			d.Fixes = append(d.Fixes, change)
		case was.Outcome.Judged() && !result.Outcome.Judged():
			d.Unjudged = append(d.Unjudged, change)
		default:
			d.Same++
		}
	}
	for _, result := range before.Results {
		if _, gone := earlier[place(result)]; gone {
			d.Vanished = append(d.Vanished, Change{ID: result.ID, Variant: result.VariantName(),
				Level: result.Level, Before: result.Outcome})
		}
	}
	return d
}

func place(result report.Result) [2]string { return [2]string{result.ID, result.VariantName()} }
