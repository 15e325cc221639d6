package sessions

import (
	"net/http"
	"time"

	. "session-conformance/suites/internal/spec"
)

// LivesUntilExpiry: a session whose time lies ahead is alive; where the run may
// wait, also shortly before it.
func LivesUntilExpiry(s *Spec) {
	session := s.Session(Active)
	reply := session.Get()
	if model, _ := reply.AsMembers(); model.Has("expiration_time") {
		readTime(s, reply)
	}

	s.Expect(reply).To(ShowFutureTime("expiration_time"))
	s.Expect(reply).To(HaveState(Active))
	if !s.MayBeSlow() {
		return
	}
	if left := s.ExpiresIn(reply); left > beforeExpiry {
		s.WaitFor(left-beforeExpiry, 0)
		s.Step("get, shortly before its expiration_time")
		s.Expect(session.Get()).To(HaveState(Active))
	}
}

// beforeExpiry is when a session is looked at that has to be there still: the
// target's clock is known by the second.
const beforeExpiry = 3 * time.Second

// expiryGrace is how long after its time an idle session may still be there:
// the documents say that it is deleted, and not when.
const expiryGrace = 2 * time.Minute

// IsGoneAfterExpiry: a session that nobody uses is gone some time after its time.
func IsGoneAfterExpiry(s *Spec) { goneAfterExpiry(s, Active) }

// EndedIsGoneAfterExpiry: so is one that has ended.
func EndedIsGoneAfterExpiry(s *Spec) { goneAfterExpiry(s, Ended) }

// goneAfterExpiry asks nothing of the session meanwhile: a get might keep it alive.
func goneAfterExpiry(s *Spec, state State) {
	s.Slow()
	session := s.Session(state)
	left := s.ExpiresIn(session.Get())

	s.WaitFor(left, expiryGrace)

	s.Step("get, until the session is gone")
	var last Reply
	if gone := s.Poll(expiryGrace, func() bool {
		last = session.Get()
		return last.Status == http.StatusNotFound
	}); !gone {
		s.Fail(Expected("the session to be gone %s after its expiration_time", expiryGrace).GotAnswer(last))
	}
	s.Expect(last).To(BeGone())
}

// URLsEndWithExpiry: a download URL serves no more when the time of its session
// is over.
func URLsEndWithExpiry(s *Spec) {
	s.Slow()
	session := s.Session(Active)
	address := session.DownloadURL()
	s.Step("control: the URL serves the file")
	if before := s.Download(address); !before.Served {
		s.Block("downloadsession.file.transfer.get_bytes", "no download to take back: the URL answered %s", before)
	}
	left := s.ExpiresIn(session.Get())

	s.WaitFor(left, expiryGrace)

	s.Step("the URL, until it serves no more")
	var last Transfer
	// Not at short intervals: each download might keep the session alive.
	if dead := s.Poll(expiryGrace, func() bool {
		last = s.Download(address)
		return !last.Served
	}); !dead {
		s.Fail(Expected("the download URL to be dead %s after the expiration_time of its session", expiryGrace).
			Got("%s", last).AboutExchange(last.Exchange))
	}
}
