// Package events writes a run as it happens, one JSON object a line, for
// programs that watch it. schema.json describes a line.
//
// Each line is written at once and whole: what a run that was killed left can
// be read to its last line.
package events

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

// Schema names the version of the lines; the first line tells it.
const Schema = "conformance/events/v1"

//go:embed schema.json
var schemaJSON string

// SchemaJSON returns the JSON Schema (2020-12) of one line.
func SchemaJSON() []byte { return []byte(schemaJSON) }

// Writer writes the events of one run; it is safe for concurrent use. After the
// first write that fails it writes nothing more, so that no line is broken.
type Writer struct {
	now func() time.Time

	mu  sync.Mutex
	out io.Writer
	err error
}

// New writes to out, which must not hold lines back.
func New(out io.Writer) *Writer { return &Writer{now: time.Now, out: out} }

// event is what every line begins with.
type event struct {
	Event string    `json:"event"`
	Time  time.Time `json:"time"`
}

// Begin tells who is going to judge what.
func (w *Writer) Begin(suite report.Suite, target report.Target) {
	w.write("start", func(e event) any {
		return struct {
			event
			Schema string        `json:"schema"`
			Suite  report.Suite  `json:"suite"`
			Target report.Target `json:"target"`
		}{e, Schema, suite, target}
	})
}

// Phase tells what the run does next.
func (w *Writer) Phase(text string) {
	w.write("phase", func(e event) any {
		return struct {
			event
			Text string `json:"text"`
		}{e, text}
	})
}

// Start tells how many behaviours are going to be judged.
func (w *Writer) Start(total int) {
	w.write("plan", func(e event) any {
		return struct {
			event
			Total int `json:"total"`
		}{e, total}
	})
}

// Done tells one result, without its exchanges, which the saved run has.
func (w *Writer) Done(result report.Result) {
	w.write("result", func(e event) any {
		return struct {
			event
			ID             string         `json:"id"`
			Binding        string         `json:"binding"`
			Route          string         `json:"route"`
			Representation string         `json:"representation"`
			Level          report.Level   `json:"level"`
			Outcome        report.Outcome `json:"outcome"`
			Message        string         `json:"message,omitempty"`
			BlockedBy      string         `json:"blocked_by,omitempty"`
			DurationMS     float64        `json:"duration_ms"`
		}{
			e, result.ID, result.Binding, result.Route, result.Representation, result.Level,
			result.Outcome, result.Message, result.BlockedBy, result.DurationMS,
		}
	})
}

// End tells what failed, a cause each, and the verdict, and returns the first
// error of all writes.
func (w *Writer) End(run *report.Run) error {
	failing, warned, _ := card.Cards(results.Sorted(run.Results))
	for _, one := range append(failing, warned...) {
		w.cause(one.Content(run), len(one.Results), len(one.Blocked))
	}
	w.write("end", func(e event) any {
		return struct {
			event
			Verdict    report.Verdict `json:"verdict"`
			Partial    bool           `json:"partial"`
			Summary    string         `json:"summary"`
			Counts     report.Counts  `json:"counts"`
			DurationMS float64        `json:"duration_ms"`
		}{e, run.Verdict, run.Partial, run.Summary, run.Counts, run.DurationMS}
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// cause tells a failure with the number of results that it explains, and of
// those that it blocks.
func (w *Writer) cause(content card.Content, explains, blocks int) {
	w.write("cause", func(e event) any {
		return struct {
			event
			ID      string         `json:"id"`
			Title   string         `json:"title"`
			Level   report.Level   `json:"level"`
			Outcome report.Outcome `json:"outcome"`
			Where   string         `json:"where"`
			Message string         `json:"message"`
			Results int            `json:"results"`
			Blocked int            `json:"blocked"`
			LookAt  string         `json:"look_at,omitempty"`
			Rerun   string         `json:"rerun"`
		}{
			e, content.ID, content.Promise, content.Level, content.Outcome, content.Where, content.Headline,
			explains, blocks, content.LookAt, content.Rerun,
		}
	})
}

// write writes one line in one piece.
func (w *Writer) write(name string, line func(event) any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return
	}
	data, err := json.Marshal(line(event{name, w.now().UTC()}))
	if err == nil {
		_, err = w.out.Write(append(data, '\n'))
	}
	if err != nil {
		w.err = fmt.Errorf("write the event %s: %w", name, err)
	}
}
