package results

import (
	"cmp"
	"slices"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/suites/variant"
)

// Matrix counts outcomes by operation, and by binding or variant.
type Matrix struct {
	// Columns name the bindings, or the variants of one.
	Columns []string
	Rows    []MatrixRow
}

// MatrixRow is one operation, with the counts of each column.
type MatrixRow struct {
	Service, Operation string
	Counts             []report.Counts
}

// ByOperation is the matrix of results by binding; a cell with nothing in it has
// no total.
func ByOperation(results []report.Result) Matrix {
	return matrixBy(results, func(r report.Result) string { return r.Binding }, byAge)
}

// ByVariant is the matrix of one binding's results by route and representation.
func ByVariant(results []report.Result, binding string) Matrix {
	ofBinding := slices.DeleteFunc(slices.Clone(results), func(r report.Result) bool { return r.Binding != binding })
	return matrixBy(ofBinding, func(r report.Result) string { return r.Route + " " + r.Representation }, cmp.Compare[string])
}

func matrixBy(results []report.Result, column func(report.Result) string, order func(a, b string) int) Matrix {
	var matrix Matrix
	for _, group := range card.Group(results, column) {
		matrix.Columns = append(matrix.Columns, column(group[0]))
	}
	slices.SortFunc(matrix.Columns, order)
	for _, group := range card.Group(results, func(r report.Result) string { return r.Service + " " + r.Operation }) {
		row := MatrixRow{Service: group[0].Service, Operation: group[0].Operation}
		for _, name := range matrix.Columns {
			elsewhere := func(r report.Result) bool { return column(r) != name }
			row.Counts = append(row.Counts, report.Count(slices.DeleteFunc(slices.Clone(group), elsewhere)))
		}
		matrix.Rows = append(matrix.Rows, row)
	}
	slices.SortFunc(matrix.Rows, func(a, b MatrixRow) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Operation, b.Operation))
	})
	return matrix
}

// byAge has the newest binding first, as all reports do, and others behind.
func byAge(a, b string) int {
	order := variant.BindingNames()
	place := func(binding string) int {
		if at := slices.Index(order, binding); at >= 0 {
			return at
		}
		return len(order)
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
}
