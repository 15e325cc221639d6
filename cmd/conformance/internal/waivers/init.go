package waivers

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"session-conformance/reporters/report"
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

// Init makes the file that excuses everything that keeps a run from conforming.
// What only a person knows is left undone, and Parse refuses it until then.
func Init(run *report.Run, now time.Time) ([]byte, error) {
	var waivers []Waiver
	for _, result := range run.Results {
		if !result.Breaks(run.Options.Strict) {
			continue
		}
		at := slices.IndexFunc(waivers, func(w Waiver) bool { return w.Behaviour == result.ID })
		if at < 0 {
			at = len(waivers)
			waivers = append(waivers, Waiver{
				Behaviour: result.ID, Owner: undone, Expires: now.Add(grace).UTC().Format(day),
				Reason: fmt.Sprintf("%s: say why this may stay: %s", undone, report.FirstLine(result.Message, maxReason)),
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
