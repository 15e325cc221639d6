package updatesession

import (
	"time"

	"session-conformance/suites/internal/sessions"
	. "session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// withSigned arranges a session that has received a self-signed OVF.
func withSigned(s *Spec, item Item) *Session {
	session := s.UpdateSession(Active, On(item))
	for _, file := range sessions.Signed() {
		session.Files().Push(file)
	}
	return session
}

// previewBudget is how long a preview may be in preparation.
const previewBudget = 15 * time.Second

// awaitPreview gets the session until its preview is not in preparation.
func awaitPreview(s *Spec, session *Session) (reply Reply) {
	s.PollFor("a preview that is prepared", previewBudget, func() bool {
		reply = session.Get()
		model, _ := reply.AsMembers()
		preview, _ := model["preview_info"].(wire.Members)
		state, _ := preview.String("state")
		return state != "PREPARING"
	})
	return reply
}

// warningsIn are the warnings that get shows of a session.
func warningsIn(reply Reply) []any {
	model, _ := reply.AsMembers()
	preview, _ := model["preview_info"].(wire.Members)
	warnings, _ := preview["warnings"].([]any)
	return warnings
}
