// Package variant names the ways in which an operation is spelled on the wire,
// in the order in which they are tried and shown.
package variant

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

// Bindings lists the bindings, newest first.
var Bindings = []Binding{API, Rest, Legacy}

// BindingNames lists their names, for those who only show or read them.
func BindingNames() []string {
	names := make([]string, 0, len(Bindings))
	for _, binding := range Bindings {
		names = append(names, string(binding))
	}
	return names
}

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

// Routes lists the routes, plainest first.
var Routes = []Route{Path, Action, Collection}

// Representation is how the arguments and the answer are written.
type Representation string

// The representations, after the pages of the legacy binding.
const (
	JSON Representation = "json"
	XML  Representation = "xml"
	// Query has the arguments in the query string, behind ~action.
	Query Representation = "query"
)

// Representations lists the representations, plainest first.
var Representations = []Representation{JSON, XML, Query}

// Variant is one complete way to spell a request.
type Variant struct {
	Binding        Binding
	Route          Route
	Representation Representation
}

// String names the variant as users see it: "api", "legacy collection xml".
// Only legacy has more than one.
func (v Variant) String() string {
	if v.Binding != Legacy {
		return string(v.Binding)
	}
	return strings.Join([]string{string(v.Binding), string(v.Route), string(v.Representation)}, " ")
}
