package report

import (
	"cmp"
	"slices"
	"strings"
)

// Plus is what both came to, as one exploration; either may be nil.
func (e *Exploration) Plus(more *Exploration) *Exploration {
	if e == nil || more == nil {
		return cmp.Or(e, more)
	}
	sum := *e
	sum.Requests += more.Requests
	sum.Histories += more.Histories
	sum.Abandoned += more.Abandoned
	sum.Edges = addEdges(e.Edges, more.Edges)
	sum.Findings = addFindings(e.Findings, more.Findings)
	if len(sum.Cells) == 0 {
		sum.Cells = more.Cells
	}
	return &sum
}

func addEdges(edges, more []Edge) []Edge {
	sum := slices.Clone(edges)
	for _, edge := range more {
		count := edge.Count
		edge.Count = 0
		at := slices.IndexFunc(sum, func(e Edge) bool { e.Count = 0; return e == edge })
		if at < 0 {
			at, sum = len(sum), append(sum, edge)
		}
		sum[at].Count += count
	}
	slices.SortFunc(sum, Edge.Compare)
	return sum
}

// addFindings keeps of two findings of one behaviour in one binding the one with
// the shorter script.
func addFindings(findings, more []Finding) []Finding {
	sum := slices.Clone(findings)
	for _, finding := range more {
		at := slices.IndexFunc(sum, func(f Finding) bool {
			return f.Behaviour == finding.Behaviour && sharesBinding(f, finding)
		})
		switch {
		case at < 0:
			sum = append(sum, finding)
		case strings.Count(finding.Script, "\n") < strings.Count(sum[at].Script, "\n"):
			sum[at] = finding
		}
	}
	slices.SortFunc(sum, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Behaviour, b.Behaviour), slices.Compare(a.Bindings, b.Bindings))
	})
	return sum
}

func sharesBinding(a, b Finding) bool {
	return slices.ContainsFunc(a.Bindings, func(binding string) bool { return slices.Contains(b.Bindings, binding) })
}
