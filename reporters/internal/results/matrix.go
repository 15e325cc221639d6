package results

import (
	"cmp"
	"slices"

	"session-conformance/reporters/report"
)

// Matrix counts outcomes by operation and binding.
type Matrix struct {
	// Bindings name the columns.
	Bindings []string
	Rows     []MatrixRow
}

// MatrixRow is one operation, with the counts of each binding.
type MatrixRow struct {
	Service, Operation string
	Counts             []report.Counts
}

// ByOperation is the matrix of results; a cell with nothing in it has no total.
func ByOperation(results []report.Result) Matrix {
	var matrix Matrix
	for _, group := range report.Group(results, func(r report.Result) string { return r.Binding }) {
		matrix.Bindings = append(matrix.Bindings, group[0].Binding)
	}
	slices.SortFunc(matrix.Bindings, byAge)
	for _, group := range report.Group(results, func(r report.Result) string { return r.Service + " " + r.Operation }) {
		row := MatrixRow{Service: group[0].Service, Operation: group[0].Operation}
		for _, binding := range matrix.Bindings {
			row.Counts = append(row.Counts, report.Count(in(group, binding)))
		}
		matrix.Rows = append(matrix.Rows, row)
	}
	slices.SortFunc(matrix.Rows, func(a, b MatrixRow) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Operation, b.Operation))
	})
	return matrix
}

func in(results []report.Result, binding string) (found []report.Result) {
	for _, result := range results {
		if result.Binding == binding {
			found = append(found, result)
		}
	}
	return found
}

// byAge has the newest binding first, as all reports do, and others behind.
func byAge(a, b string) int {
	order := []string{"api", "rest", "legacy"}
	place := func(binding string) int {
		if at := slices.Index(order, binding); at >= 0 {
			return at
		}
		return len(order)
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
}
