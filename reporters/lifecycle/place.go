package lifecycle

import (
	"cmp"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// find puts the behaviours that do not hold to the cells that they are about.
func (m *Map) find(run *report.Run, number *int) {
	for _, result := range run.Results {
		mark, wrong := marks[result.Outcome]
		if !wrong {
			continue
		}
		at := slices.IndexFunc(m.Findings, func(f Finding) bool { return f.Behaviour == result.ID })
		if at < 0 {
			cell := m.placeOf(run, result)
			if cell == nil {
				continue
			}
			m.Findings = append(m.Findings, findingOf(run, result, cell))
			at = len(m.Findings) - 1
		}
		finding := &m.Findings[at]
		if !slices.Contains(finding.Bindings, result.Binding) {
			finding.Bindings = append(finding.Bindings, result.Binding)
		}
		if mark == Wrong {
			finding.Mark = Wrong
		}
	}
	slices.SortStableFunc(m.Findings, func(a, b Finding) int {
		return cmp.Or(-cmp.Compare(a.Mark, b.Mark), cmp.Compare(m.rank(a), m.rank(b)))
	})
	for i := range m.Findings {
		finding := &m.Findings[i]
		*number++
		finding.Number = *number
		cell := m.at(finding.State, finding.Operation)
		cell.Findings = append(cell.Findings, finding.Number)
	}
}

// marks are those of the outcomes that deviate.
var marks = map[report.Outcome]Mark{report.Failed: Wrong, report.Warned: Warned}

// rank is how far down the map the finding is.
func (m *Map) rank(f Finding) (rank int) {
	for _, state := range m.States {
		for _, cell := range state.Cells {
			if rank++; cell.State == f.State && cell.Operation == f.Operation {
				return rank
			}
		}
	}
	return rank
}

func findingOf(run *report.Run, result report.Result, cell *Cell) Finding {
	finding := Finding{
		State: cell.State, Operation: cell.Operation, Mark: Warned, Behaviour: result.ID, Variant: result.VariantName(),
		Expected: result.Promise, Got: result.Headline(), Script: scriptOf(run, result),
	}
	if result.Failure != nil {
		finding.Expected, finding.Got = result.Failure.Expected, result.Failure.Got
	}
	return finding
}

func scriptOf(run *report.Run, result report.Result) string {
	if result.Failure != nil && result.Failure.Script != "" {
		return result.Failure.Script
	}
	for _, finding := range run.Exploration.Findings {
		if finding.Behaviour == result.ID && finding.Came > 1 {
			return finding.Script
		}
	}
	return ""
}

// placeOf is the cell that the behaviour is about: of those that rest on it the
// one that was seen to deviate, or that its history ends in. Any other behaviour
// is about its operation, in an ACTIVE session; nil if that is not on the map.
func (m *Map) placeOf(run *report.Run, result report.Result) *Cell {
	var resting []*Cell
	for _, cell := range run.Exploration.Cells {
		if cell.Service == m.Service && slices.Contains(cell.Behaviours, result.ID) {
			resting = append(resting, m.at(cell.State, short(cell.Operation)))
		}
	}
	last := lastOperation(scriptOf(run, result))
	for _, fits := range []func(*Cell) bool{
		func(cell *Cell) bool { return m.deviates(run.Exploration.Edges, cell) },
		func(cell *Cell) bool { return cell.Operation == short(last) },
		func(*Cell) bool { return true },
	} {
		if at := slices.IndexFunc(resting, fits); at >= 0 {
			return resting[at]
		}
	}
	operation := result.ID[:strings.LastIndexByte(result.ID, '.')]
	if !strings.HasPrefix(operation, strings.TrimSuffix(m.Service, "_session")) {
		return nil
	}
	for _, state := range []string{"ACTIVE", "none"} {
		if cell := m.at(state, short(operation)); cell != nil {
			return cell
		}
	}
	return nil
}

func (m *Map) deviates(edges []report.Edge, cell *Cell) bool {
	return slices.ContainsFunc(edges, func(edge report.Edge) bool {
		return edge.Deviates && edge.Service == m.Service && edge.State == cell.State && short(edge.Operation) == cell.Operation
	})
}

// lastOperation is that of the last step of a history.
func lastOperation(script string) string {
	lines := strings.Split(strings.TrimSpace(script), "\n")
	operation, _, _ := strings.Cut(lines[len(lines)-1], " ")
	return operation
}
