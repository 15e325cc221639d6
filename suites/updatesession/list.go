package updatesession

import (
	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Update session: list",
	Behaviour("update_session.list.ok", sessions.ListHoldsSession),
	Behaviour("update_session.list.contains_own", sessions.ListHoldsOwn),
	// Of two items: neither the other one's session nor any that is not of the item.
	Behaviour("update_session.list.filter_hit", sessions.ListOfItemHoldsItsOwn).Long(),
	// Beside its control: the list of its own item holds it.
	Behaviour("update_session.list.filter_miss", sessions.ListOfOtherItemLacksIt).Long(),
	Behaviour("update_session.list.filter_unknown_item", sessions.ListRefusesUnknownItem),
	Behaviour("update_session.list.no_privilege", sessions.ListNeedsPrivilege),
	// A second account lists all, and then the item, and sees no session of the first.
	Behaviour("update_session.list.only_own", sessions.ListHidesFromOthers),
	// An empty array; after a create, the list of the item holds the session.
	Behaviour("update_session.list.empty_is_array", sessions.ListOfNewItemIsEmpty),
	// Neither the list of its item nor that of all, where it stood before.
	Behaviour("update_session.list.after_delete", sessions.ListLacksDeleted),
	// Whether all sessions means those in ERROR, too.
	Behaviour("update_session.list.terminal_listed", sessions.ObserveEndedInList),
)
