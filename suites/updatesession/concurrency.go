package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: concurrency",
	// Races that a run provokes after its behaviours; nothing here sends a request.
	Behaviour("update_session.concurrency.linearizable", sessions.JudgedByRaces),
)
