// Package lifecycle is the map of a run: the documented states and operations of
// download and of update sessions, with what the run met of them, what deviates,
// and what the target does where the documents are silent.
package lifecycle

import (
	"cmp"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// Map is the lifecycle of the sessions of one service.
type Map struct {
	Service string
	// States are in the order of a life; the first is before a create.
	States []State
	// Findings are what deviates, worst first; their numbers go on from map to map.
	Findings []Finding
}

// State is a state of a session, and what was done in it.
type State struct {
	Name  string
	Cells []Cell
}

// Cell is an operation in a state.
type Cell struct {
	// Operation is without the service: cancel, file.add.
	State, Operation string
	// Expected are the answers that the documents allow; none where they are silent.
	Expected []string
	// Next is the state that follows; empty if the session stays what it is.
	Next    string
	Answers []Answer
	Mark    Mark
	// Findings are the numbers of those about it.
	Findings []int
}

// Answer is how an operation was answered, and how often.
type Answer struct {
	// Text is the status with the type of the error, Status the status alone.
	Text, Status string
	Count        int
	// Deviates says that no document allows it, at least behind some history.
	Deviates bool
}

// Mark is what the run says of a cell.
type Mark string

// The marks.
const (
	Right Mark = "right"
	// Wrong is what a MUST does not allow, Warned what a SHOULD does not.
	Wrong  Mark = "wrong"
	Warned Mark = "warned"
	Unmet  Mark = "unmet"
	// Silent is what no document speaks of.
	Silent Mark = "silent"
)

// Finding is a behaviour that does not hold, at its place on the map.
type Finding struct {
	Number           int
	State, Operation string
	Mark             Mark
	Behaviour        string
	// Bindings are those in which it does not hold; Variant is that of the first.
	Bindings      []string
	Variant       string
	Expected, Got string
	// Script is the shortest history that shows it; empty where a spec did.
	Script string
}

// Of are the maps of a run; none where it walked no histories.
func Of(run *report.Run) []Map {
	if run.Exploration == nil || len(run.Exploration.Cells) == 0 {
		return nil
	}
	var maps []Map
	for _, cell := range run.Exploration.Cells {
		if len(maps) == 0 || maps[len(maps)-1].Service != cell.Service {
			maps = append(maps, Map{Service: cell.Service})
		}
		maps[len(maps)-1].add(cell)
	}
	number := 0
	for i := range maps {
		maps[i].meet(run.Exploration.Edges)
		maps[i].find(run, &number)
		maps[i].mark()
	}
	return maps
}

func (m *Map) add(cell report.Cell) {
	if last := len(m.States) - 1; last < 0 || m.States[last].Name != cell.State {
		m.States = append(m.States, State{Name: cell.State})
	}
	state := &m.States[len(m.States)-1]
	one := Cell{State: cell.State, Operation: short(cell.Operation), Expected: cell.Expected}
	if len(cell.Next) > 0 {
		one.Next = cell.Next[0]
	}
	state.Cells = append(state.Cells, one)
}

// short is the operation without its service.
func short(operation string) string {
	service, rest, _ := strings.Cut(operation, ".")
	if strings.HasSuffix(service, "_session") {
		return rest
	}
	return strings.TrimPrefix(operation, service+".")
}

// at finds the cell; nil if the map has none.
func (m *Map) at(state, operation string) *Cell {
	for i := range m.States {
		for j := range m.States[i].Cells {
			if cell := &m.States[i].Cells[j]; cell.State == state && cell.Operation == operation {
				return cell
			}
		}
	}
	return nil
}

// meet counts how each operation was answered in a state that was known.
func (m *Map) meet(edges []report.Edge) {
	for _, edge := range edges {
		cell := m.at(edge.State, short(edge.Operation))
		if edge.Service != m.Service || cell == nil {
			continue
		}
		at := slices.IndexFunc(cell.Answers, func(a Answer) bool { return a.Text == edge.Answer })
		if at < 0 {
			status, _, _ := strings.Cut(edge.Answer, " ")
			cell.Answers = append(cell.Answers, Answer{Text: edge.Answer, Status: status})
			at = len(cell.Answers) - 1
		}
		cell.Answers[at].Count += edge.Count
		cell.Answers[at].Deviates = cell.Answers[at].Deviates || edge.Deviates
	}
	for i := range m.States {
		for j := range m.States[i].Cells {
			slices.SortFunc(m.States[i].Cells[j].Answers, func(a, b Answer) int { return cmp.Compare(a.Text, b.Text) })
		}
	}
}

func (m *Map) mark() {
	for i := range m.States {
		for j := range m.States[i].Cells {
			cell := &m.States[i].Cells[j]
			switch {
			case len(cell.Findings) > 0:
				cell.Mark = Warned
			case len(cell.Expected) == 0:
				cell.Mark = Silent
			case len(cell.Answers) == 0:
				cell.Mark = Unmet
			default:
				cell.Mark = Right
			}
		}
	}
	for _, finding := range m.Findings {
		if cell := m.at(finding.State, finding.Operation); finding.Mark == Wrong {
			cell.Mark = Wrong
		}
	}
}

// Silent are the states with the cells of which no document speaks, as far as
// they were met.
func (m Map) Silent() []State {
	var all []State
	for _, state := range m.States {
		one := State{Name: state.Name}
		for _, cell := range state.Cells {
			if cell.Mark == Silent && len(cell.Answers) > 0 {
				one.Cells = append(one.Cells, cell)
			}
		}
		if len(one.Cells) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// Met counts the documented cells that were met, and all of them.
func (m Map) Met() (met, all int) {
	for _, state := range m.States {
		for _, cell := range state.Cells {
			if cell.Mark == Silent {
				continue
			}
			all++
			if cell.Mark != Unmet {
				met++
			}
		}
	}
	return met, all
}

// Statuses are those of the answers, each once: 200/204; of a cell that deviates
// they are those that do.
func (c Cell) Statuses() string {
	var all []string
	for _, answer := range c.Answers {
		if (answer.Deviates || len(c.Findings) == 0) && !slices.Contains(all, answer.Status) {
			all = append(all, answer.Status)
		}
	}
	return strings.Join(all, "/")
}
