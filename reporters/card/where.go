package card

import (
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/variant"
)

// Where names the variants of results in one short line:
// "api, rest, legacy path json xml · action json".
func Where(results []report.Result) string {
	byBinding := map[string][]report.Variant{}
	for _, result := range results {
		byBinding[result.Binding] = append(byBinding[result.Binding],
			report.Variant{Route: result.Route, Representation: result.Representation})
	}
	var names []string
	for _, binding := range inOrder(keys(byBinding), variant.Bindings) {
		name := binding
		if binding == "legacy" {
			name += " " + Routes(byBinding[binding])
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// Routes names variants of one binding: "path json xml · action json".
func Routes(variants []report.Variant) string {
	byRoute := map[string][]string{}
	for _, variant := range variants {
		byRoute[variant.Route] = append(byRoute[variant.Route], variant.Representation)
	}
	var names []string
	for _, route := range inOrder(keys(byRoute), variant.Routes) {
		representations := inOrder(byRoute[route], variant.Representations)
		names = append(names, strings.Join(append([]string{route}, representations...), " "))
	}
	return strings.Join(names, " · ")
}

// inOrder sorts names by their place in order, unknown ones last, and drops
// those that stand there twice.
func inOrder[N ~string](names []string, order []N) []string {
	place := func(name string) int {
		if at := slices.Index(order, N(name)); at >= 0 {
			return at
		}
		return len(order)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(names)
}

func keys[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	return names
}
