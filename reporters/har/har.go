// Package har writes the exchanges of a run as a HAR 1.2 archive, which
// browsers and proxies open.
//
// A page is one behaviour in one variant, if it sent anything; its entries are
// its exchanges, each with its step as the comment.
package har

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	out := log{
		Version: "1.2",
		Creator: creator{visible.Text(run.Suite.Name), visible.Text(run.Suite.Version)},
		Pages:   []page{},
		Entries: []entry{},
		Comment: visible.Text(run.Summary),
		Run:     runInfo{run.Verdict, run.Partial, visible.Text(run.Target.URL), run.Counts},
	}
	for _, result := range results.Sorted(run.Results) {
		if len(result.Exchanges) > 0 {
			one := pageOf(run, result)
			out.Pages = append(out.Pages, one)
			out.Entries = append(out.Entries, entriesOf(run, result, one.ID)...)
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// The reader is no browser's page, and "<" in an XML body should read as such.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document{out})
}

func pageOf(run *report.Run, result report.Result) page {
	id := visible.Text(fmt.Sprintf("%s [%s]", result.ID, result.VariantName()))
	return page{
		Started:   timestamp(startOf(run, result)),
		ID:        id,
		Title:     fmt.Sprintf("%s: %s", result.Outcome, id),
		Comment:   results.Reason(result),
		Behaviour: visible.Text(result.ID),
		Variant:   visible.Text(result.VariantName()),
		Outcome:   result.Outcome,
	}
}

// entriesOf lays the exchanges one after the other from the start of the
// behaviour: of each, a run keeps only how long it took.
func entriesOf(run *report.Run, result report.Result, page string) []entry {
	var entries []entry
	started := startOf(run, result)
	for _, exchange := range result.Exchanges {
		took := max(exchange.DurationMS, 0)
		entries = append(entries, entry{
			Page:     page,
			Started:  timestamp(started),
			Time:     took,
			Request:  requestOf(exchange),
			Response: responseOf(exchange),
			Timings:  timings{Wait: took},
			Comment:  visible.Text(exchange.Step),
		})
		started = started.Add(time.Duration(took * float64(time.Millisecond)))
	}
	return entries
}

func startOf(run *report.Run, result report.Result) time.Time {
	if result.Started.IsZero() {
		return run.Started
	}
	return result.Started
}

func timestamp(at time.Time) string {
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}
