// Package html writes a run as one page that needs nothing else: no network, no
// other file, and no script to be read.
package html

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"session-conformance/reporters/card"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/lifecycle"
	"session-conformance/reporters/report"
	"session-conformance/reporters/timeline"
	"session-conformance/reporters/visible"
)

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	pageStyle string
	//go:embed map.html
	mapSource string
	//go:embed map.css
	mapStyle string
	//go:embed cost.html
	costSource string
	//go:embed cost.css
	costStyle string
	//go:embed page.js
	script string
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"visible": visible.Text,
	"word":    results.Word,
	"side":    side,
	"count":   results.Counted,
	"legend":  func() string { return card.DiffLegend },
	"drawing": drawing,
	"sign":    func(outcome report.Outcome) string { return signs[outcome] },
}).Parse(pageSource + mapSource + costSource))

// drawing draws a timeline, which escapes what it shows.
func drawing(t *report.Timeline) template.HTML {
	shown := *t
	shown.Requests = slices.Clone(t.Requests)
	for i := range shown.Requests {
		shown.Requests[i].Answer = visible.Text(shown.Requests[i].Answer)
	}
	return template.HTML(timeline.SVG(shown))
}

// style is all of the page's.
var style = pageStyle + lifecycle.Style + mapStyle + costStyle

// Write writes the run as a page. Nothing that a target sent runs in it: all is
// escaped, and the page's own policy allows its own script and style alone.
func Write(w io.Writer, run *report.Run) error {
	if err := page.Execute(w, view(run)); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
