package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: keep_alive",
	Behaviour("update_session.keep_alive.ok", session.KeepAliveOK),
	Behaviour("update_session.keep_alive.unknown_id", session.UnknownID),
	Behaviour("update_session.keep_alive.not_active", session.RefusedIn(Done)),
	Behaviour("update_session.keep_alive.not_active_canceled", session.RefusedCanceled),
	Behaviour("update_session.keep_alive.not_active_error", session.RefusedIn(Errored)),
	Behaviour("update_session.keep_alive.progress_set", session.KeepAliveProgress),
	Behaviour("update_session.keep_alive.progress_absent", session.KeepAliveWithoutProgress),
	Behaviour("update_session.keep_alive.extends", session.KeepAliveExtends).Long(),
	Behaviour("update_session.keep_alive.progress_backwards", session.KeepAliveBackwards),
	Behaviour("update_session.keep_alive.progress_out_of_range", session.KeepAliveOutOfRange),
	Behaviour("update_session.keep_alive.wrong_field", session.KeepAliveWrongField),
)
