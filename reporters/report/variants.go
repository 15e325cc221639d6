package report

import "session-conformance/suites/variant"

// Variant is where the result was judged; its parts are unique in a run beside
// the id.
func (r Result) Variant() variant.Variant {
	return variant.Variant{
		Binding: variant.Binding(r.Binding), Route: variant.Route(r.Route), Representation: variant.Representation(r.Representation),
	}
}

// VariantName names it as users see it.
func (r Result) VariantName() string { return r.Variant().String() }
