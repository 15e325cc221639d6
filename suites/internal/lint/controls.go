package lint

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"session-conformance/suites/ledger"
)

// promisedRefusal is how the ledger words a refusal.
var promisedRefusal = regexp.MustCompile(`^(refuses|knows no|answers [45]\d\d|answers resource_busy)\b`)

// controls finds refusals without a control, and controls that prove nothing.
func (l linted) controls() {
	for _, spec := range l.bodies {
		said, _ := l.book.Find(spec.id)
		promised := promisedRefusal.MatchString(said.Promise)
		switch {
		case (promised || said.Control != "") && !spec.expectsRefusal():
			l.pass.Reportf(spec.at, "%s is a refusal in the ledger, but expects none", spec.id)
		case said.Control != "":
			if problem := l.controlProblem(said); problem != "" {
				l.pass.Reportf(spec.at, "%s has the control %s, which %s", spec.id, said.Control, problem)
			}
		case (promised || spec.refuses()) && !spec.Control:
			l.pass.Reportf(spec.at, "%s expects a refusal without a control: "+
				`name one in the ledger, or judge one in a step "control: ..."`, spec.id)
		}
	}
}

// controlProblem says why the success of the refusal's control proves nothing.
func (l linted) controlProblem(refusal ledger.Behaviour) string {
	control, known := l.book.Find(refusal.Control)
	at := slices.IndexFunc(l.bodies, func(spec behaviour) bool { return spec.id == control.ID })
	switch {
	case !known || control.Excluded != "" || at < 0:
		return "has no spec"
	case l.bodies[at].refuses():
		return "is itself a refusal"
	case control.Service != refusal.Service || control.Operation != refusal.Operation:
		return "is of another operation"
	case refusal.Variants == ledger.Every && control.Variants != ledger.Every:
		return "runs in fewer variants"
	}
	for _, binding := range slices.Sorted(maps.Keys(refusal.Levels)) {
		if _, applies := control.Levels[binding]; !applies {
			return "does not run in " + binding
		}
		for _, release := range ledger.Releases() {
			if refusal.Releases[binding].Holds(release) && !control.Releases[binding].Holds(release) {
				return fmt.Sprintf("does not run in %s of %s", binding, release)
			}
		}
	}
	return ""
}
