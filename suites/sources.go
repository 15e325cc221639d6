package suites

import (
	"maps"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/ledger"
)

// sourcesOf explains the source keys of the results, so that a reader of the
// report can open what a clause was read from.
func sourcesOf(results []report.Result) []report.Source {
	known, err := ledger.Sources()
	if err != nil {
		// The ledger's tests see to it that they are there.
		return nil
	}
	used := map[string]bool{}
	for _, result := range results {
		for _, key := range result.Sources {
			used[key] = true
		}
	}
	var sources []report.Source
	for _, key := range slices.Sorted(maps.Keys(used)) {
		if source, ok := known[key]; ok {
			sources = append(sources, report.Source{Key: source.Key, Title: source.Title, Address: source.Address})
		}
	}
	return sources
}
