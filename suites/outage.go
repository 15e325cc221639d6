package suites

import (
	"cmp"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// mostAsked is how many requests a report names of each outage.
const mostAsked = 8

// outages are the times in which the target was away, and what of.
func (s *Suite) outages(results []report.Result) (told []report.Outage) {
	behaviours, stop := map[string]string{}, map[string]string{}
	for _, result := range results {
		id := spec.RequestID(s.runID, result.ID, wire.Variant{
			Binding: variant.Binding(result.Binding), Route: variant.Route(result.Route),
			Representation: variant.Representation(result.Representation),
		})
		behaviours[id] = result.ID + " [" + result.VariantName() + "]"
		if result.Failure != nil && result.Failure.StopsTarget {
			stop[id] = behaviours[id]
		}
	}
	name := func(all []wire.Asked) (named []string, by string) {
		for _, asked := range all {
			line := asked.Line
			if behaviour, known := behaviours[asked.ID]; known {
				line += " (" + behaviour + ")"
			}
			if len(named) < mostAsked {
				named = append(named, s.redact(line))
			}
			by = cmp.Or(by, stop[asked.ID])
		}
		return named, by
	}
	for _, outage := range s.client.Outages() {
		one := report.Outage{Began: outage.Began}
		if !outage.Ended.IsZero() {
			one.DurationMS = new(float64(outage.Ended.Sub(outage.Began).Microseconds()) / 1000)
		}
		var lost, behind string
		one.UnderWay, lost = name(outage.UnderWay)
		one.Before, behind = name(outage.Before)
		one.By = cmp.Or(lost, behind)
		told = append(told, one)
	}
	return told
}
