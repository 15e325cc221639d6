// Package html writes a run as one page that needs nothing else: no network, no
// other file, and no script to be read.
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
)

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	style string
	//go:embed page.js
	script string
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"visible": report.Visible,
	"word":    results.Word,
	"side":    side,
	"count":   results.Counted,
	"sign":    func(outcome report.Outcome) string { return signs[outcome] },
}).Parse(pageSource))

// Write writes the run as a page. Nothing that a target sent runs in it: all is
// escaped, and the page's own policy allows its own script and style alone.
func Write(w io.Writer, run *report.Run) error {
	if err := page.Execute(w, view(run)); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// policy allows what the page brings along, by its digests, and no request.
func policy() string {
	return fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'", digest(style), digest(script))
}

func digest(source string) string {
	sum := sha256.Sum256([]byte(source))
	return base64.StdEncoding.EncodeToString(sum[:])
}
