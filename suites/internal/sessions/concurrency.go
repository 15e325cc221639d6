package sessions

import . "session-conformance/suites/internal/spec"

// JudgedByRaces: clients of the run act at once when all behaviours are done,
// and what no order of their requests explains becomes the outcome.
func JudgedByRaces(s *Spec) { s.Skip("no races were run") }
