package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: fail",
	Behaviour("download_session.fail.ok", session.FailOK),
	Behaviour("download_session.fail.unknown_id", session.UnknownID),
	Behaviour("download_session.fail.not_active", session.RefusedIn(Canceled)),
	Behaviour("download_session.fail.not_active_error", session.RefusedIn(Errored)),
	Behaviour("download_session.fail.state_error", session.FailState),
	Behaviour("download_session.fail.error_message", session.FailMessage),
	Behaviour("download_session.fail.message_required", session.FailWithoutMessage),
)
