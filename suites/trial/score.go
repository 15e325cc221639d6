package trial

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"session-conformance/fixtures/mutants"
)

// Score counts what the suite caught.
type Score struct {
	// Levels has the mutants by the level of what they break: MUST and SHOULD.
	Levels map[string]Tally `json:"levels"`
	// Classes has those of the classes beside the pages, history and race.
	Classes map[string]Tally `json:"classes,omitempty"`
	// Outcomes has the mutants by their outcome.
	Outcomes map[Outcome]int `json:"outcomes"`
	// Servers has the servers that are no mutants, by their kind.
	Servers map[Kind]Tally `json:"servers"`
	// Faults is the number of different faults, however often placed.
	Faults int `json:"faults"`
}

// Tally is how many of a number are as they must be.
type Tally struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

func (t Tally) plus(right bool) Tally {
	t.Of++
	if right {
		t.Right++
	}
	return t
}

func score(r Result) Score {
	s := Score{Levels: map[string]Tally{}, Classes: map[string]Tally{}, Outcomes: map[Outcome]int{}, Servers: map[Kind]Tally{}}
	faults := map[string]bool{}
	for _, finding := range r.Mutants {
		s.Levels[finding.Level] = s.Levels[finding.Level].plus(finding.Outcome == Caught)
		if class, _, _ := strings.Cut(finding.Fault, "."); slices.Contains(classes, class) {
			s.Classes[class] = s.Classes[class].plus(finding.Outcome == Caught)
		}
		s.Outcomes[finding.Outcome]++
		faults[finding.Fault] = true
	}
	for _, finding := range r.Servers {
		s.Servers[finding.Kind] = s.Servers[finding.Kind].plus(finding.Held)
	}
	s.Faults = len(faults)
	return s
}

// classes are those of mutants that have a line of their own.
var classes = []string{mutants.History, mutants.Race}

// Perfect says that every mutant was caught by every behaviour declared for it
// and every other server judged as it must.
func (s Score) Perfect() bool {
	for _, tally := range s.Levels {
		if tally.Right < tally.Of {
			return false
		}
	}
	for _, tally := range s.Servers {
		if tally.Right < tally.Of {
			return false
		}
	}
	return true
}

// Write prints the score, a line for each kind of server.
func (s Score) Write(out io.Writer) error {
	lines := ""
	for _, level := range []string{"MUST", "SHOULD"} {
		if t := s.Levels[level]; t.Of > 0 {
			lines += fmt.Sprintf("%-8s %4d of %4d mutants caught by every behaviour declared for them\n", level, t.Right, t.Of)
		}
	}
	for _, class := range classes {
		if t := s.Classes[class]; t.Of > 0 {
			lines += fmt.Sprintf("%-8s %4d of %4d of these mutants, which need more than one request\n", class, t.Right, t.Of)
		}
	}
	for _, one := range []struct {
		outcome Outcome
		words   string
	}{
		{CaughtElsewhere, "caught, but not by a behaviour that was declared"}, {Survived, "survived"},
		{NotStarted, "could not be judged"},
	} {
		if n := s.Outcomes[one.outcome]; n > 0 {
			lines += fmt.Sprintf("         %4d %s\n", n, one.words)
		}
	}
	for _, one := range serverKinds {
		if t := s.Servers[one.kind]; t.Of > 0 {
			lines += fmt.Sprintf("%-8s %4d of %4d servers %s\n", one.kind, t.Right, t.Of, one.must)
		}
	}
	_, err := io.WriteString(out, lines)
	return err
}

// serverKinds says what must come of the servers of each kind.
var serverKinds = []struct {
	kind Kind
	must string
}{
	{Null, "that ignore the question: nothing passes"},
	{Hostile, "that are hostile: judged in time, with the cause named"},
	{Between, "behind what happens in the field: conformant, nothing left behind"},
	{Right, "that are right in another way judged conformant, SHOULD included"},
}
