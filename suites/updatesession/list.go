package updatesession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: list",
	Behaviour("update_session.list.ok", session.ListOK),
	Behaviour("update_session.list.contains_own", session.ListContainsOwn),
	Behaviour("update_session.list.filter_hit", session.ListFilterHit).Long(),
	Behaviour("update_session.list.filter_miss", session.ListFilterMiss).Long(),
	Behaviour("update_session.list.filter_unknown_item", session.ListUnknownItem),
	Behaviour("update_session.list.only_own", session.ListOnlyOwn),
	Behaviour("update_session.list.empty_is_array", session.ListEmpty),
	Behaviour("update_session.list.after_delete", session.ListAfterDelete),
	Behaviour("update_session.list.terminal_listed", session.ListTerminal),
)
