package trial

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
)

//go:embed page.html
var pageSource string

var page = template.Must(template.New("page").Parse(pageSource))

// WriteHTML writes the matrix of mutants and behaviours as one page that needs
// nothing else.
func (r Result) WriteHTML(w io.Writer) error {
	var score strings.Builder
	if err := r.Score.Write(&score); err != nil {
		return err
	}
	return page.Execute(w, map[string]any{"Result": r, "Score": score.String(), "Blocks": blocks(r.Mutants)})
}

// block is the matrix of the mutants of one operation.
type block struct {
	Operation  string
	Behaviours []string
	Rows       []row
	Caught     int
}

// row is a mutant; its cells stand under the block's behaviours.
type row struct {
	Finding
	Cells []cell
}

// cell is what a behaviour made of a mutant.
type cell struct{ Mark, Class, Title string }

// The marks, readable without colour.
var (
	declaredCatch = cell{"●", "caught", "declared, and caught it"}
	otherCatch    = cell{"○", "also", "caught it, too"}
	missed        = cell{"✕", "missed", "declared, and did not catch it"}
)

// blocks puts the mutants of an operation together, in the order of the names.
func blocks(findings []Finding) []block {
	byOperation := map[string][]Finding{}
	for _, finding := range findings {
		name := finding.Fault[:strings.LastIndexByte(finding.Fault, '.')]
		byOperation[name] = append(byOperation[name], finding)
	}
	var all []block
	for operation, findings := range byOperation {
		all = append(all, newBlock(operation, findings))
	}
	slices.SortFunc(all, func(a, b block) int { return strings.Compare(a.Operation, b.Operation) })
	return all
}

func newBlock(operation string, findings []Finding) block {
	b := block{Operation: operation}
	for _, finding := range findings {
		b.Behaviours = append(b.Behaviours, finding.Declared...)
		for _, catch := range finding.Catches {
			b.Behaviours = append(b.Behaviours, catch.ID)
		}
	}
	slices.Sort(b.Behaviours)
	b.Behaviours = slices.Compact(b.Behaviours)
	for _, finding := range findings {
		if finding.Outcome == Caught {
			b.Caught++
		}
		b.Rows = append(b.Rows, row{finding, cells(finding, b.Behaviours)})
	}
	return b
}

func cells(finding Finding, behaviours []string) []cell {
	messages := map[string]string{}
	for _, catch := range finding.Catches {
		messages[catch.ID] = fmt.Sprintf("[%s] %s", catch.Variant, catch.Message)
	}
	all := make([]cell, len(behaviours))
	for i, id := range behaviours {
		declared := slices.Contains(finding.Declared, id)
		message, caught := messages[id]
		switch {
		case declared && slices.Contains(finding.Missed, id):
			all[i] = missed
		case declared:
			all[i] = declaredCatch
		case caught:
			all[i] = otherCatch
		}
		if message != "" {
			all[i].Title += ": " + message
		}
	}
	return all
}
