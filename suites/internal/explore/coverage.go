package explore

import (
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// coverage is which operations were met, alone, behind one other and behind two,
// each time on one session: at once, and with whatever lay between them.
type coverage struct {
	labels  map[string]int
	singles map[string]bool
	// pairs and triples have whatever between them, next and second nothing.
	pairs, triples, next, second grid
	// crossings are pairs, each of the two in a binding.
	crossings map[crossedPair]bool
}

type crossedPair struct {
	first, then int
	from, to    wire.Binding
}

// trail is what a session has been through.
type trail []met

type met struct {
	label   int
	binding wire.Binding
}

func newCoverage() coverage {
	return coverage{
		labels: map[string]int{}, singles: map[string]bool{}, crossings: map[crossedPair]bool{},
		pairs: newGrid(2), triples: newGrid(3), next: newGrid(2), second: newGrid(3),
	}
}

// mostLabels is how many operations in a state are told apart; there are about a
// hundred.
const mostLabels = 128

func (c *coverage) number(label string) int {
	number, known := c.labels[label]
	if !known {
		number = min(len(c.labels), mostLabels-1)
		c.labels[label] = number
	}
	return number
}

// grid is a set of pairs or triples of labels, a bit for each.
type grid []uint64

func newGrid(labels int) grid {
	size := 1
	for range labels {
		size *= mostLabels
	}
	return make(grid, size/64)
}

func place(labels ...int) (at int) {
	for _, label := range labels {
		at = at*mostLabels + label
	}
	return at
}

func (s grid) holds(at int) bool { return s[at/64]&(1<<(at%64)) != 0 }
func (s grid) add(at int)        { s[at/64] |= 1 << (at % 64) }

// What is new counts for beside a triple, and what a repetition costs.
const (
	singleWorth   = 40
	bindingWorth  = 6
	nextWorth     = 10
	pairWorth     = 8
	secondWorth   = 3
	crossingWorth = 1
	repeatCost    = 3
)

// novelty is what is new about the act behind the trail.
func (c *coverage) novelty(t trail, at act, binding wire.Binding) int {
	number, worth := c.number(at.operation), c.sequel(t, at)
	if !c.singles[at.whole] {
		worth += singleWorth
	}
	if !c.singles[at.whole+" "+string(binding)] {
		worth += bindingWorth
	}
	for i, first := range t {
		if first.label == number {
			worth -= repeatCost
		}
		switch {
		case !c.pairs.holds(place(first.label, number)):
			worth += pairWorth
		case !c.crossings[crossedPair{first.label, number, first.binding, binding}]:
			worth += crossingWorth
		}
		for _, second := range t[i+1:] {
			if !c.triples.holds(place(first.label, second.label, number)) {
				worth++
			}
		}
	}
	return max(worth, 0)
}

// sequel is what is new about the act right behind the end of the trail.
func (c *coverage) sequel(t trail, at act) int {
	number, last := c.number(at.operation), len(t)-1
	switch {
	case last >= 0 && !c.next.holds(place(t[last].label, number)):
		return nextWorth
	case last >= 1 && !c.second.holds(place(t[last-1].label, t[last].label, number)):
		return secondWorth
	}
	return 0
}

// mostTrail is how far back pairs and triples are noted: longer lives are planned
// without them, and would cost their square.
const mostTrail = 40

// meet notes the act behind the trail, and makes it longer.
func (c *coverage) meet(t *trail, at act, binding wire.Binding) {
	*t = (*t)[max(0, len(*t)-mostTrail):]
	number := c.number(at.operation)
	c.singles[at.whole], c.singles[at.whole+" "+string(binding)] = true, true
	if last := len(*t) - 1; last >= 0 {
		c.next.add(place((*t)[last].label, number))
		if last >= 1 {
			c.second.add(place((*t)[last-1].label, (*t)[last].label, number))
		}
	}
	for i, first := range *t {
		c.pairs.add(place(first.label, number))
		c.crossings[crossedPair{first.label, number, first.binding, binding}] = true
		for _, second := range (*t)[i+1:] {
			c.triples.add(place(first.label, second.label, number))
		}
	}
	*t = append(*t, met{number, binding})
}

// act is an operation in the state of its session, refused or not, and as a
// whole with what else makes it another one: its arguments, and the state of its
// file.
type act struct{ operation, whole string }

func actOf(s *model.State, o model.Operation, succeeds bool) act {
	session := &s.Sessions[o.Session]
	at := act{operation: o.Name}
	if session.In != model.Active {
		at.operation += " " + session.In.String()
	}
	if !succeeds {
		at.operation += " refused"
	}
	at.whole = at.operation
	isFile := strings.Contains(o.Name, ".file.")
	switch {
	case isSessionList(o.Name) && o.Item == model.Open:
		at.whole += " all"
	case strings.HasSuffix(o.Name, ".keep_alive") && o.Progress > 0:
		at.whole += " progress"
	case strings.HasSuffix(o.Name, ".create") && o.Token > 0:
		at.whole += " token"
	case isFile && !strings.HasSuffix(o.Name, ".list") && !strings.HasSuffix(o.Name, ".validate"):
		at.whole += " " + session.Files[o.File].In.String()
	}
	return at
}

func isSessionList(operation string) bool {
	return operation == model.DownloadSession+".list" || operation == model.UpdateSession+".list"
}

// changes says whether the operation changes something; all others only look.
func changes(o model.Operation) bool {
	switch o.Name[strings.LastIndexByte(o.Name, '.')+1:] {
	case "get", "list", "files", "create":
		return false
	}
	return true
}
