// Package wire turns an operation in a binding into bytes and an answer's
// bytes into a decoded reply. It judges nothing.
package wire

import "session-conformance/suites/variant"

// The names of a variant's parts are those that everybody uses.
type (
	Variant        = variant.Variant
	Binding        = variant.Binding
	Route          = variant.Route
	Representation = variant.Representation
)

// Their values, as the specs write them.
const (
	Legacy, Rest, API        = variant.Legacy, variant.Rest, variant.API
	Path, Action, Collection = variant.Path, variant.Action, variant.Collection
	JSON, XML, Query         = variant.JSON, variant.XML, variant.Query
)

// Variants lists the ways in which the binding spells the operation, plainest
// first; none where the binding does not have it. The query representation
// belongs to the routes with an action, as the pages print it behind ~action.
func Variants(operation string, binding Binding) []Variant {
	shape, ok := operations[operation]
	if !ok {
		return nil
	}
	switch binding {
	case API:
		return []Variant{{Binding: API, Route: Path, Representation: JSON}}
	case Rest:
		return []Variant{{Binding: Rest, Route: Path, Representation: JSON}}
	}
	if shape.notLegacy {
		return nil
	}
	var variants []Variant
	for _, representation := range variant.Representations {
		for _, route := range variant.Routes {
			if shape.legacySpells(route, representation) {
				variants = append(variants, Variant{Binding: Legacy, Route: route, Representation: representation})
			}
		}
	}
	return variants
}

func (o operation) legacySpells(route Route, representation Representation) bool {
	switch route {
	case Path:
		return o.method != "" && representation != Query
	case Action:
		return o.subject != "" && (representation != Query || o.more)
	default:
		return true
	}
}
