package html

import (
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// costView is what the run asked of the target; Says is empty if nobody counted.
type costView struct {
	Says, Longest string
	Rows          []costRow
}

// costRow is an operation; the bars are in hundredths of the slowest answer.
type costRow struct {
	Operation, Requests, LongestAnswer string
	Median, P95, Most                  string
	MedianBar, P95Bar, MostBar         float64
}

func costOf(cost report.Cost) costView {
	view := costView{Says: results.Cost(cost), Longest: results.LongestAnswer(cost)}
	slowest := cost.Slowest().MostMS
	bar := func(milliseconds float64) float64 {
		if slowest == 0 {
			return 0
		}
		return 100 * milliseconds / slowest
	}
	for _, one := range cost.Operations {
		if one.Answered == 0 {
			view.Rows = append(view.Rows, costRow{Operation: one.Operation, Requests: results.Number(one.Requests), LongestAnswer: "–",
				Median: "–", P95: "–", Most: "–"})
			continue
		}
		view.Rows = append(view.Rows, costRow{
			Operation: one.Operation, Requests: results.Number(one.Requests), LongestAnswer: results.Bytes(one.LongestAnswer),
			Median: results.Latency(one.MedianMS), P95: results.Latency(one.P95MS), Most: results.Latency(one.MostMS),
			MedianBar: bar(one.MedianMS), P95Bar: bar(one.P95MS), MostBar: bar(one.MostMS),
		})
	}
	return view
}
