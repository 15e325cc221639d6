package downloadsession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: get",
	Behaviour("download_session.get.ok", sessions.GetShowsItem),
	Behaviour("download_session.get.unknown_id", sessions.RefusesUnknownID),
	// In its documented type, while ACTIVE and after fail.
	Behaviour("download_session.get.fields", sessions.ShowsEveryField),
	// While ACTIVE and after fail.
	Behaviour("download_session.get.state_enum", sessions.ShowsDocumentedState),
	// The prose calls it absent, the samples show it.
	Behaviour("download_session.get.id_field", sessions.ObserveIDField),
	Behaviour("download_session.get.no_error_message_when_ok", sessions.ShowsNoErrorMessage),
	Behaviour("download_session.get.progress_range", sessions.ShowsProgressInPercent),
	Behaviour("download_session.get.time_format", sessions.ShowsDocumentedTime),
	// With --slow also three seconds before it.
	Behaviour("download_session.expiry.not_before", sessions.LivesUntilExpiry),
	// Nothing is asked of the ended session until its expiration_time.
	Behaviour("download_session.expiry.ended", sessions.EndedIsGoneAfterExpiry).Waiting(),
	// A control before; nothing is asked until the expiration_time.
	Behaviour("download_session.expiry.invalidates_urls", sessions.URLsEndWithExpiry).Waiting(),
	// Nothing is asked of the session until its expiration_time.
	Behaviour("download_session.expiry.auto_delete", sessions.IsGoneAfterExpiry).Waiting(),
)
