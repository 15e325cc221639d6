package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: fail",
	Behaviour("download_session.fail.ok", sessions.FailEndsSession),
	Behaviour("download_session.fail.unknown_id", sessions.RefusesUnknownID),
	Behaviour("download_session.fail.not_active", sessions.RefusesIn(Canceled)),
	Behaviour("download_session.fail.not_active_error", sessions.RefusesIn(Errored)),
	Behaviour("download_session.fail.state_error", sessions.FailLeavesError),
	Behaviour("download_session.fail.error_message", sessions.FailKeepsMessage),
	// 400 for an empty object and for no body; the session stays ACTIVE.
	Behaviour("download_session.fail.message_required", sessions.FailNeedsMessage),
	Behaviour("download_session.fail.invalidates_urls",
		endsURL(func(session *Session) Reply { return session.Fail("to end its URLs") })),
)
