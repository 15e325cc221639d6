package trial

import (
	"slices"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Outcome is what became of a mutant.
type Outcome string

// The outcomes of a mutant.
const (
	// Caught by every behaviour that was declared for it.
	Caught Outcome = "caught"
	// CaughtElsewhere: another behaviour failed, and one that was declared did
	// not; the declaration or the spec is wrong.
	CaughtElsewhere Outcome = "caught_elsewhere"
	Survived        Outcome = "survived"
	// NotStarted: the server could not be made, or the suite not judge it.
	NotStarted Outcome = "not_started"
)

// Finding is one mutant, judged.
type Finding struct {
	Mutant   string   `json:"mutant"`
	Fault    string   `json:"fault"`
	Place    string   `json:"place"`
	Breaks   string   `json:"breaks"`
	Level    string   `json:"level"`
	Declared []string `json:"declared"`
	Outcome  Outcome  `json:"outcome"`
	// Missed are the declared behaviours that did not catch it.
	Missed []string `json:"missed,omitempty"`
	// Catches are all results that accuse the server.
	Catches []Catch `json:"catches"`
	// Judged is how many behaviours ran.
	Judged int `json:"judged"`
	// Reason says why a mutant was not started.
	Reason     string  `json:"reason,omitempty"`
	DurationMS float64 `json:"duration_ms"`
}

// Catch is a behaviour that accuses a mutant.
type Catch struct {
	ID      string         `json:"id"`
	Variant string         `json:"variant"`
	Outcome report.Outcome `json:"outcome"`
	Message string         `json:"message"`
}

// messageWidth cuts the first line of a message, in characters.
const messageWidth = 200

// conclude says what the run of a case means.
func (c Case) conclude(run *report.Run) Finding {
	finding := Finding{
		Mutant: c.String(), Fault: c.Name, Place: c.Place.String(), Breaks: c.Breaks,
		Level: c.Level, Declared: c.Declared, Catches: []Catch{},
	}
	if run.Verdict == report.Unusable || run.Verdict == report.Faulty {
		finding.Outcome, finding.Reason = NotStarted, run.Summary
		return finding
	}
	finding.Judged = run.Counts.Total - run.Counts.Skipped
	here := map[string]bool{}
	for _, result := range run.Results {
		if result.Outcome == report.Failed || result.Outcome == report.TimedOut {
			finding.Catches = append(finding.Catches,
				Catch{result.ID, result.VariantName(), result.Outcome, visible.FirstLine(result.Message, messageWidth)})
			here[result.ID] = here[result.ID] || c.at(result)
		}
	}
	for _, id := range c.Declared {
		if !here[id] {
			finding.Missed = append(finding.Missed, id)
		}
	}
	if (c.isRace() || c.isHistory()) && len(finding.Catches) > 0 {
		finding.Missed = nil
	}
	switch {
	case len(finding.Missed) == 0:
		finding.Outcome = Caught
	case len(finding.Catches) > 0:
		finding.Outcome = CaughtElsewhere
	default:
		finding.Outcome = Survived
	}
	return finding
}

// at says whether a result was judged at the mutant's place.
func (c Case) at(result report.Result) bool {
	return c.covers(result.Binding, result.Route, result.Representation)
}

func (c Case) covers(binding, route, representation string) bool {
	if c.Place.Route == "" {
		return string(c.Place.Binding) == binding
	}
	return c.Place == fault.Place{Binding: fake.Binding(binding), Route: route, Representation: representation}
}

func (c Case) declares(id string) bool { return slices.Contains(c.Declared, id) }
