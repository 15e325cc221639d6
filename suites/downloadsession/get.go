package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: get",
	Behaviour("download_session.get.ok", session.GetOK),
	Behaviour("download_session.get.unknown_id", session.UnknownID),
	Behaviour("download_session.get.fields", session.GetFields),
	Behaviour("download_session.get.state_enum", session.GetStateEnum),
	Behaviour("download_session.get.id_field", session.GetIDField),
	Behaviour("download_session.get.no_error_message_when_ok", session.GetNoErrorMessage),
	Behaviour("download_session.get.progress_range", session.GetProgressRange),
	Behaviour("download_session.get.time_format", session.GetTimeFormat),
	Behaviour("download_session.expiry.not_before", session.ExpiryNotBefore),
	Behaviour("download_session.expiry.auto_delete", session.ExpiryDeletes).Long(),
)
