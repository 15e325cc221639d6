// Package sarif writes a run as SARIF 2.1.0 for code scanning.
//
// A rule is a behaviour, a result one behaviour in one variant that failed,
// warns, could not be judged or is waived. What passed, was observed, skipped or
// not run is no result but an entry of the run's property "results", which lists
// them all: GitHub makes an alert of each result, whatever its kind says.
package sarif

import (
	"encoding/json"
	"io"
	"time"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// timeFormat is the one that SARIF wants, in UTC.
const timeFormat = "2006-01-02T15:04:05.000Z"

// runProperties carry what SARIF has no place for.
type runProperties struct {
	Verdict report.Verdict `json:"verdict"`
	Partial bool           `json:"partial"`
	Summary string         `json:"summary"`
	Target  string         `json:"target"`
	Release string         `json:"release"`
	Counts  report.Counts  `json:"counts"`
	Results []entry        `json:"results"`
}

// entry is one result of any outcome.
type entry struct {
	ID      string         `json:"id"`
	Variant string         `json:"variant"`
	Outcome report.Outcome `json:"outcome"`
}

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// The reader is no browser.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document{Version: "2.1.0", Schema: schemaURI, Runs: []sarifRun{runOf(run)}})
}

func runOf(run *report.Run) sarifRun {
	sorted := results.Sorted(run.Results)
	rules, index := rulesOf(run, sorted)
	out := sarifRun{
		Tool: tool{driver{
			Name:    visible.Text(run.Suite.Name),
			Version: visible.Text(run.Suite.Version),
			Rules:   rules,
		}},
		Invocations: []invocation{invocationOf(run)},
		Properties:  propertiesOf(run, sorted),
		Results:     []result{},
	}
	for _, one := range sorted {
		if severity, listed := severities[one.Outcome]; listed {
			out.Results = append(out.Results, resultOf(run, one, severity, index[one.ID]))
		}
	}
	return out
}

// invocationOf tells a run that judged the target, whatever it found, from one
// that could not.
func invocationOf(run *report.Run) invocation {
	started := run.Started.UTC()
	ended := started.Add(time.Duration(run.DurationMS * float64(time.Millisecond)))
	summary := visible.Text(run.Summary)
	out := invocation{
		ExecutionSuccessful: run.Verdict == report.Conformant || run.Verdict == report.NotConformant,
		ExitCode:            run.Exit(),
		ExitCodeDescription: summary,
		StartTime:           started.Format(timeFormat),
		EndTime:             ended.Format(timeFormat),
	}
	if !out.ExecutionSuccessful {
		out.Notifications = []notification{{Level: failure, Message: message{Text: summary}}}
	}
	return out
}

func propertiesOf(run *report.Run, sorted []report.Result) runProperties {
	entries := make([]entry, 0, len(sorted))
	for _, one := range sorted {
		entries = append(entries, entry{visible.Text(one.ID), visible.Text(one.VariantName()), one.Outcome})
	}
	return runProperties{
		Verdict: run.Verdict,
		Partial: run.Partial,
		Summary: visible.Text(run.Summary),
		Target:  visible.Text(run.Target.URL),
		Release: visible.Text(run.Target.Release),
		Counts:  run.Counts,
		Results: entries,
	}
}
