package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: concurrency",
	// Races that a run provokes after its behaviours; nothing here sends a request.
	Behaviour("download_session.concurrency.linearizable", sessions.JudgedByRaces),
)
