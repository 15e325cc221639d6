package session

import (
	"net/http"
	"time"

	. "session-conformance/suites/internal/spec"
)

// ExpiryNotBefore: a session whose time lies ahead is alive.
func ExpiryNotBefore(s *Spec) {
	reply := getActive(s)

	s.Expect(reply).To(ShowFutureTime("expiration_time"))
	s.Expect(reply).To(HaveState(Active))
}

// expiryGrace is how long after its time an idle session may still be there:
// the documents say that it is deleted, and not when.
const expiryGrace = 2 * time.Minute

// ExpiryDeletes: a session that nobody uses is gone some time after its time.
// Nothing is asked of it meanwhile: a get might keep it alive.
func ExpiryDeletes(s *Spec) {
	s.Slow()
	session := s.Session(s.Service(), Active)
	left := s.ExpiresIn(s.Get(session))

	s.WaitFor(left, expiryGrace)

	s.Step("get, until the session is gone")
	var last Reply
	if gone := s.Poll(expiryGrace, func() bool {
		last = s.Get(session)
		return last.Status == http.StatusNotFound
	}); !gone {
		s.Fail("expected the session to be gone %s after its expiration_time, got %s%s", expiryGrace, Answer(last), Body(last))
	}
	s.Expect(last).To(BeGone())
}
