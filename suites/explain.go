package suites

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"session-conformance/suites/ledger"
)

// Explain returns the behaviour of the id or, for the beginning of ids such as
// download_session.cancel, all below it. A *UsageError names the ids that are
// nearest to one that there is not.
func Explain(id string) ([]Entry, error) {
	all, err := List(Filter{})
	if err != nil {
		return nil, err
	}
	var below []Entry
	for _, entry := range all {
		if entry.ID == id {
			return []Entry{entry}, nil
		}
		if strings.HasPrefix(entry.ID, id+".") {
			below = append(below, entry)
		}
	}
	if len(below) > 0 {
		return below, nil
	}
	if now := ledger.Current(id); now != id {
		return nil, wrong("", "", "there is no behaviour %q any more; %s judges what it did", id, now)
	}
	ids := make([]string, 0, len(all))
	for _, entry := range all {
		ids = append(ids, entry.ID)
	}
	if near := nearest(id, ids); len(near) > 0 {
		return nil, wrong("", "", "there is no behaviour %q; did you mean %s?", id, strings.Join(near, " or "))
	}
	return nil, wrong("", "", "there is no behaviour %q; conformance list shows them", id)
}

const (
	// mostNear is how many ids a line has room for.
	mostNear = 3
	// farthest is the distance, as a share of the id's length, from which on
	// another id is no typing error.
	farthest = 3
)

// nearest returns the ids that begin with the wrong one, else those that hold
// it, else those that few typing errors lie between.
func nearest(wrong string, ids []string) []string {
	for _, holds := range []func(string, string) bool{strings.HasPrefix, strings.Contains} {
		var near []string
		for _, id := range ids {
			if wrong != "" && holds(id, wrong) {
				near = append(near, id)
			}
		}
		if len(near) > 0 {
			return near[:min(len(near), mostNear)]
		}
	}
	distances := map[string]int{}
	var near []string
	for _, id := range ids {
		if distances[id] = levenshtein.ComputeDistance(wrong, id); distances[id] <= len(wrong)/farthest {
			near = append(near, id)
		}
	}
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(distances[a], distances[b]) })
	near = slices.DeleteFunc(near, func(id string) bool { return distances[id] > distances[near[0]]+1 })
	return near[:min(len(near), mostNear)]
}
