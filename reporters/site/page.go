package site

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"

	"session-conformance/reporters/internal/policy"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	style string
	//go:embed page.js
	script string
)

var page = template.Must(template.New("site").Funcs(template.FuncMap{
	"visible": visible.Text,
	"count":   results.Counted,
	"sub":     func(a, b int) int { return a - b },
}).Parse(pageSource))

// signs are what a cell shows of an outcome, letters what the data says.
var signs = map[report.Outcome]string{
	report.Passed: "✓", report.Observed: "✓", report.Failed: "✕", report.TimedOut: "✕", report.Fault: "?",
	report.Warned: "!", report.Blocked: "◦", report.Waived: "w", report.Skipped: "–", report.NotRun: "–",
}

var letters = map[report.Outcome]byte{
	report.Passed: 'p', report.Observed: 'o', report.Failed: 'f', report.TimedOut: 't', report.Fault: 'x',
	report.Warned: 'w', report.Blocked: 'b', report.Waived: 'v', report.Skipped: 's', report.NotRun: 'n',
}

// absent is a behaviour that a run does not know.
const absent = '-'

// cell is what an edition does of a behaviour.
type cell struct{ Class, Sign, Since, Headline string }

// row is a behaviour in all editions.
type row struct {
	ID    string
	Cells []cell
	// Same says that all editions do the same, Fine that none gets it wrong.
	Same, Fine bool
}

// data is what the page's script reads.
type data struct {
	Behaviours []string            `json:"behaviours"`
	Runs       []*judged           `json:"runs"`
	Cells      []string            `json:"cells"`
	Headlines  []map[string]string `json:"headlines"`
}

func (s *site) page() ([]byte, error) {
	var out bytes.Buffer
	err := page.Execute(&out, map[string]any{
		"Policy": template.HTML(policy.Of(style, script, "img-src 'self'")),
		"Style":  template.CSS(style), "Script": template.JS(script),
		"Site": s, "Rows": s.rows(), "Data": s.data(),
	})
	if err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	return out.Bytes(), nil
}

func (s *site) rows() []row {
	rows := make([]row, 0, len(s.Behaviours))
	for _, id := range s.Behaviours {
		one := row{ID: id, Same: true, Fine: true}
		for _, edition := range s.Editions {
			outcome, known := edition.worst[id]
			made := cell{Class: string(outcome), Sign: signs[outcome]}
			switch {
			case !known:
				made.Sign = ""
			case outcome.Wrong():
				made.Since, made.Headline = s.since(edition, id), edition.headline[id]
				one.Fine = false
			}
			one.Same = one.Same && (len(one.Cells) == 0 || one.Cells[0].Sign == made.Sign)
			one.Cells = append(one.Cells, made)
		}
		rows = append(rows, one)
	}
	return rows
}

func (s *site) data() data {
	d := data{Behaviours: s.Behaviours, Runs: s.Runs}
	for _, run := range s.Runs {
		cells := slices.Repeat([]byte{absent}, len(s.Behaviours))
		for i, id := range s.Behaviours {
			if outcome, known := run.worst[id]; known {
				cells[i] = letters[outcome]
			}
		}
		d.Cells, d.Headlines = append(d.Cells, string(cells)), append(d.Headlines, run.headline)
	}
	return d
}
