package downloadsession

import (
	"session-conformance/suites/internal/session"
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Download session: delete",
	Behaviour("download_session.delete.ok", session.DeleteOK),
	Behaviour("download_session.delete.unknown_id", session.UnknownID),
	Behaviour("download_session.delete.then_get", session.DeleteThenGet),
	Behaviour("download_session.delete.twice", session.DeleteTwice),
	Behaviour("download_session.delete.active", session.DeletedIn(Active)),
	Behaviour("download_session.delete.canceled", session.DeletedIn(Canceled)),
	Behaviour("download_session.delete.error", session.DeletedIn(Errored)),
)
