package waivers

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// grace is how long a waiver that Init writes holds: a quarter of a year.
const grace = 90 * 24 * time.Hour

// maxReason cuts the line of a failure that Init quotes, in characters.
const maxReason = 120

// head explains the file to who opens it.
const head = `# Behaviours of which it is known that the target does not have them. Every
# waiver needs a reason, an owner and a last day. A run refuses the file when one
# has expired, names nothing, or is no longer needed.
`

// Answers are what Init writes for all waivers; what is empty is left undone.
type Answers struct{ Reason, Owner, Expires string }

// Init makes the file that excuses everything that keeps a run from conforming, in
// the order of its causes. What could not be judged because of that needs no waiver
// of its own. What only a person knows is left undone, and Parse refuses it until then.
func Init(run *report.Run, answers Answers, now time.Time) ([]byte, error) {
	var waivers []Waiver
	broken := map[[2]string]bool{}
	for _, result := range run.Results {
		if result.Outcome != report.Blocked && result.Breaks(run.Options.Strict) {
			broken[[2]string{result.ID, result.Binding}] = true
		}
	}
	reasons := reasonsOf(run)
	for _, result := range inOrderOfCauses(run) {
		if !result.Breaks(run.Options.Strict) || result.Outcome == report.Blocked && leadsTo(run.Results, result, broken) {
			continue
		}
		at := slices.IndexFunc(waivers, func(w Waiver) bool { return w.Behaviour == result.ID })
		if at < 0 {
			at = len(waivers)
			waivers = append(waivers, Waiver{
				Behaviour: result.ID, Owner: cmp.Or(answers.Owner, undone),
				Expires: cmp.Or(answers.Expires, now.Add(grace).UTC().Format(day)),
				Reason: cmp.Or(answers.Reason, fmt.Sprintf("%s: say why this may stay: %s", undone,
					visible.FirstLine(cmp.Or(reasons[result.ID], result.Message), maxReason))),
			})
		}
		if !slices.Contains(waivers[at].Bindings, result.Binding) {
			waivers[at].Bindings = append(waivers[at].Bindings, result.Binding)
		}
	}
	if len(waivers) == 0 {
		return nil, nil
	}
	var out bytes.Buffer
	out.WriteString(head)
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	err := encoder.Encode(map[string][]Waiver{"waivers": waivers})
	return out.Bytes(), err
}

// inOrderOfCauses are the results, those of the first cause in front.
func inOrderOfCauses(run *report.Run) []report.Result {
	var ordered []report.Result
	known := map[int]bool{}
	for _, one := range run.Causes {
		for _, at := range one.Results {
			known[at] = true
			ordered = append(ordered, run.Results[at])
		}
	}
	for at, result := range run.Results {
		if !known[at] {
			ordered = append(ordered, result)
		}
	}
	return ordered
}

// reasonsOf are the causes of the behaviours that fail for one which others share.
func reasonsOf(run *report.Run) map[string]string {
	reasons := map[string]string{}
	for _, one := range run.Causes {
		for _, at := range one.Results {
			if len(one.Results) > 1 {
				reasons[run.Results[at].ID] = one.Summary
			}
		}
	}
	return reasons
}

// leadsTo says whether the chain of what blocks the result ends at what is broken.
func leadsTo(results []report.Result, result report.Result, broken map[[2]string]bool) bool {
	for range results {
		if broken[[2]string{result.BlockedBy, result.Binding}] {
			return true
		}
		next := slices.IndexFunc(results, func(r report.Result) bool {
			return r.ID == result.BlockedBy && r.Binding == result.Binding && r.Outcome == report.Blocked
		})
		if next < 0 {
			return false
		}
		result = results[next]
	}
	return false
}
