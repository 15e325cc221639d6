package engine

import (
	"cmp"
	"slices"

	"session-conformance/suites/internal/wire"
)

// link is what the instances of a chain have in common.
type link struct {
	id      string
	binding wire.Binding
}

// chains are the places of the plan's instances by who runs them one after the
// other: what a behaviour leaves in one route and representation of a binding, it
// goes on with in the next. They begin in the order of their first instances, but
// of the last quarter the long ones come first: one of them alone at the end would
// keep a lane busy when the others have nothing left to do.
func (p *Plan) chains() (chains [][]int) {
	known := map[link]int{}
	for i, instance := range p.Instances {
		of := link{instance.ID, instance.Variant.Binding}
		if at, begun := known[of]; begun && !instance.Early {
			chains[at] = append(chains[at], i)
			continue
		}
		known[of] = len(chains)
		chains = append(chains, []int{i})
	}
	longestFirst(chains[len(chains)-len(chains)/4:])
	return chains
}

func longestFirst(chains [][]int) {
	slices.SortStableFunc(chains, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
}
