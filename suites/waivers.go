package suites

import (
	"fmt"
	"path"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

// Waiver excuses behaviours of which it is known that the target does not have
// them.
type Waiver struct {
	// Behaviour is an id, or a pattern in which * stands for any characters.
	Behaviour string
	// Bindings narrows it to some of api, rest, legacy; none is all of them.
	Bindings []string
	// Note tells in one line why, who answers for it and until when.
	Note string
}

// Check says what is wrong with a waiver: it excuses nothing that there is.
func (w Waiver) Check() error {
	if _, err := path.Match(w.Behaviour, ""); err != nil {
		return fmt.Errorf("the pattern %q cannot be read: a [ needs its ], and \\ needs a character", w.Behaviour)
	}
	book, err := ledger.Load()
	if err != nil {
		return err
	}
	known := func(binding string) bool {
		return slices.ContainsFunc(book.Behaviours(), func(b ledger.Behaviour) bool {
			_, applies := b.Levels[binding]
			return applies && w.excuses(b.ID, binding)
		})
	}
	if now := ledger.Current(w.Behaviour); now != w.Behaviour {
		return fmt.Errorf("%q is called %q now", w.Behaviour, now)
	}
	if len(w.Bindings) == 0 {
		if !slices.ContainsFunc(variant.BindingNames(), known) {
			return fmt.Errorf("no behaviour is named %q; conformance list shows all", w.Behaviour)
		}
		return nil
	}
	for _, binding := range w.Bindings {
		if !known(binding) {
			return fmt.Errorf("no behaviour is named %q in the binding %q; conformance list shows all", w.Behaviour, binding)
		}
	}
	return nil
}

func (w Waiver) excuses(id, binding string) bool {
	matches, _ := path.Match(w.Behaviour, id)
	return matches && (len(w.Bindings) == 0 || slices.Contains(w.Bindings, binding))
}

// excusable are the outcomes that a waiver is for.
var excusable = []report.Outcome{report.Failed, report.Warned, report.TimedOut, report.Blocked}

// waive excuses results, and says of each waiver what it was needed for.
func waive(waivers []Waiver, results []report.Result) []report.Waiver {
	told := []report.Waiver{}
	for _, waiver := range waivers {
		told = append(told, report.Waiver{Behaviour: waiver.Behaviour, Bindings: waiver.Bindings, Note: waiver.Note})
	}
	for i, result := range results {
		for w, waiver := range waivers {
			switch {
			case !waiver.excuses(excusedFor(waivers, result), result.Binding):
			case result.Outcome.Right():
				told[w].Passed++
			case result.Outcome == report.Waived:
				// Another waiver excused it; this one is needed no less.
				told[w].Waived++
			case slices.Contains(excusable, result.Outcome):
				told[w].Waived++
				result.Message = fmt.Sprintf("waived: %s\nit %s: %s", waiver.Note, words(result.Outcome), result.Message)
				result.Outcome = report.Waived
				results[i] = result
			}
		}
	}
	waiveBlocked(waivers, told, results)
	return told
}

// excusedFor is the behaviour for which the result is or may be excused: its own,
// or the one that blocks it if that is waived alone.
func excusedFor(waivers []Waiver, result report.Result) string {
	excused := func(w Waiver) bool { return w.excuses(result.ID, result.Binding) }
	if result.Outcome != report.Waived || slices.ContainsFunc(waivers, excused) {
		return result.ID
	}
	return result.BlockedBy
}

// waiveBlocked excuses what could not be judged because of what is waived.
func waiveBlocked(waivers []Waiver, told []report.Waiver, results []report.Result) {
	for changed := true; changed; {
		changed = false
		for i := range results {
			one := &results[i]
			if one.Outcome != report.Blocked || !isWaived(results, one.BlockedBy, one.Binding) {
				continue
			}
			changed = true
			one.Outcome = report.Waived
			one.Message = fmt.Sprintf("waived with %s, which blocks it\nit was blocked: %s", one.BlockedBy, one.Message)
			for w, waiver := range waivers {
				if waiver.excuses(one.BlockedBy, one.Binding) {
					told[w].Waived++
				}
			}
		}
	}
}

// isWaived says whether the behaviour was excused in the binding.
func isWaived(results []report.Result, id, binding string) bool {
	return slices.ContainsFunc(results, func(r report.Result) bool {
		return r.ID == id && r.Binding == binding && r.Outcome == report.Waived
	})
}

// words says an outcome as a verb.
func words(outcome report.Outcome) string {
	switch outcome {
	case report.TimedOut:
		return "timed out"
	case report.Blocked:
		return "was blocked"
	}
	return "failed"
}
