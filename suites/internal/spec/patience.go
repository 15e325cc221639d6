package spec

import "session-conformance/suites/internal/wire"

// expectAnswer blocks the behaviour if nobody waits for an answer any more.
func (s *Spec) expectAnswer(asked string) {
	if why := s.target.Patience.IsOver(asked); why != "" {
		s.Block("a request that is never answered", "not asked: %s", why)
	}
}

// inVariant names an operation in a variant.
func inVariant(operation string, variant wire.Variant) string {
	return operation + " [" + variant.String() + "]"
}
