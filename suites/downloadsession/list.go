package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: list",
	Behaviour("download_session.list.ok", session.ListOK),
	Behaviour("download_session.list.contains_own", session.ListContainsOwn),
	Behaviour("download_session.list.filter_hit", session.ListFilterHit).Long(),
	Behaviour("download_session.list.filter_miss", session.ListFilterMiss).Long(),
	Behaviour("download_session.list.filter_unknown_item", session.ListUnknownItem),
	Behaviour("download_session.list.only_own", session.ListOnlyOwn),
	Behaviour("download_session.list.empty_is_array", session.ListEmpty),
	Behaviour("download_session.list.after_delete", session.ListAfterDelete),
	Behaviour("download_session.list.terminal_listed", session.ListTerminal),
)
