// Package wire turns an operation in a binding into bytes and an answer's
// bytes into a decoded reply. It judges nothing.
package wire

import "strings"

// Binding is one of the three ways in which the operations exist on the wire
// (reference, section 1).
type Binding string

// The bindings.
const (
	Legacy Binding = "legacy"
	Rest   Binding = "rest"
	API    Binding = "api"
)

// Bindings lists the bindings, newest first: the order in which they are
// tried and shown.
var Bindings = []Binding{API, Rest, Legacy}

// Route is how a legacy request addresses an operation; rest and api have the
// path route only.
type Route string

// The routes, after the pages of the legacy binding.
const (
	// Path is GET, DELETE or PATCH on id:{id}, and POST for create.
	Path Route = "path"
	// Action is POST id:{id}?~action=.
	Action Route = "action"
	// Collection is POST ?~action= with the id among the arguments.
	Collection Route = "collection"
)

// Representation is how the arguments and the answer are written.
type Representation string

// The representations, after the pages of the legacy binding.
const (
	JSON Representation = "json"
	XML  Representation = "xml"
	// Query has the arguments in the query string, behind ~action.
	Query Representation = "query"
)

// Variant is one complete way to spell a request.
type Variant struct {
	Binding        Binding
	Route          Route
	Representation Representation
}

// String names the variant as users see it: "api", "legacy collection xml".
func (v Variant) String() string {
	if v.Binding != Legacy {
		return string(v.Binding)
	}
	return strings.Join([]string{string(v.Binding), string(v.Route), string(v.Representation)}, " ")
}

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
		return []Variant{{API, Path, JSON}}
	case Rest:
		return []Variant{{Rest, Path, JSON}}
	}
	if shape.notLegacy {
		return nil
	}
	var variants []Variant
	for _, representation := range []Representation{JSON, XML, Query} {
		for _, route := range []Route{Path, Action, Collection} {
			if shape.legacySpells(route, representation) {
				variants = append(variants, Variant{Legacy, route, representation})
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
