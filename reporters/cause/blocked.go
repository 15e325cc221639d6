package cause

import "session-conformance/reporters/report"

// block adds what could not be judged to the group at the end of its chain of
// prerequisites: what blocks a result may be blocked itself.
func block(groups []*group, results []report.Result) {
	owner := map[int]*group{}
	for _, one := range groups {
		for _, each := range one.symptoms {
			owner[each.index] = one
		}
	}
	byID := map[string][]int{}
	for i, result := range results {
		if owner[i] != nil || result.Outcome == report.Blocked {
			byID[result.ID] = append(byID[result.ID], i)
		}
	}
	for i, result := range results {
		if result.Outcome != report.Blocked {
			continue
		}
		if root := rootOf(i, results, byID); owner[root] != nil {
			owner[root].blocked = append(owner[root].blocked, i)
			owner[root].blocks[root]++
		}
	}
}

// rootOf follows the prerequisites to one that is not blocked, or to the last
// that is known.
func rootOf(at int, results []report.Result, byID map[string][]int) int {
	// As many steps as there are results: a chain may be a ring.
	for range results {
		if results[at].Outcome != report.Blocked {
			return at
		}
		next := nearest(results[at], results, byID[results[at].BlockedBy])
		if next < 0 {
			return at
		}
		at = next
	}
	return at
}

// nearest is the one in the same variant, else in the same binding, else any;
// below 0 where there is none. Of those alike it is one that failed.
func nearest(result report.Result, results []report.Result, candidates []int) int {
	best, distance := -1, 0
	for _, candidate := range candidates {
		other, far := results[candidate], 5
		switch {
		case other.Variant() == result.Variant():
			far = 1
		case other.Binding == result.Binding:
			far = 3
		}
		if other.Outcome == report.Blocked {
			far++
		}
		if best < 0 || far < distance {
			best, distance = candidate, far
		}
	}
	return best
}
