package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: keep_alive",
	Behaviour("download_session.keep_alive.ok", session.KeepAliveOK),
	Behaviour("download_session.keep_alive.unknown_id", session.UnknownID),
	Behaviour("download_session.keep_alive.not_active", session.RefusedIn(Canceled)),
	Behaviour("download_session.keep_alive.not_active_error", session.RefusedIn(Errored)),
	Behaviour("download_session.keep_alive.progress_set", session.KeepAliveProgress),
	Behaviour("download_session.keep_alive.progress_absent", session.KeepAliveWithoutProgress),
	Behaviour("download_session.keep_alive.extends", session.KeepAliveExtends).Long(),
	Behaviour("download_session.keep_alive.progress_backwards", session.KeepAliveBackwards),
	Behaviour("download_session.keep_alive.progress_out_of_range", session.KeepAliveOutOfRange),
	Behaviour("download_session.keep_alive.wrong_field", session.KeepAliveWrongField),
)
