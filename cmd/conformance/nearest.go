package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// farthest is how many letters a slip may have.
const farthest = 3

// nearestName finds the name that somebody who wrote word may have meant.
func nearestName(word string, names []string) string {
	near := slices.MinFunc(names, func(a, b string) int {
		return levenshtein.ComputeDistance(word, a) - levenshtein.ComputeDistance(word, b)
	})
	if distance := levenshtein.ComputeDistance(word, near); distance > farthest || distance >= len(word) {
		return ""
	}
	return near
}

const (
	// mostNear is how many ids a line has room for.
	mostNear = 3
	// letters is how many of an id's letters come to one typing error.
	letters = 3
)

// nearestIDs returns the ids that begin with the wrong one, else those that hold
// it, else those that few typing errors lie between.
func nearestIDs(wrong string, ids []string) []string {
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
		if distances[id] = levenshtein.ComputeDistance(wrong, id); distances[id] <= len(wrong)/letters {
			near = append(near, id)
		}
	}
	slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(distances[a], distances[b]) })
	near = slices.DeleteFunc(near, func(id string) bool { return distances[id] > distances[near[0]]+1 })
	return near[:min(len(near), mostNear)]
}
