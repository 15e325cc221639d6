package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: keep_alive",
	Behaviour("download_session.keep_alive.ok", sessions.KeepAliveLeavesActive),
	Behaviour("download_session.keep_alive.unknown_id", sessions.RefusesUnknownID),
	Behaviour("download_session.keep_alive.not_active", sessions.RefusesIn(Canceled)),
	Behaviour("download_session.keep_alive.not_active_error", sessions.RefusesIn(Errored)),
	Behaviour("download_session.keep_alive.progress_set", sessions.KeepAliveSetsProgress),
	// Without a progress, in an empty object or no body, get shows the last one.
	Behaviour("download_session.keep_alive.progress_absent", sessions.KeepAliveLeavesProgress),
	// Within two seconds, and never back.
	Behaviour("download_session.keep_alive.extends", sessions.KeepAliveMovesExpiryOn).Waiting(),
	// 20 after 50.
	Behaviour("download_session.keep_alive.progress_backwards", sessions.ObserveProgressBackwards),
	// 101 and -1.
	Behaviour("download_session.keep_alive.progress_out_of_range", sessions.ObserveProgressOutOfRange),
	// The name that the other service gives to the progress.
	Behaviour("download_session.keep_alive.wrong_field", sessions.ObserveOtherProgressName),
)
