package protocol

import (
	. "session-conformance/suites/internal/spec"
)

var _ = Describe("Protocol: client tokens",
	Behaviour("protocol.token.body", honoursToken),
	Behaviour("protocol.token.header", honoursToken),
)

// honoursToken: a token makes create idempotent, and only for itself.
func honoursToken(s *Spec) {
	item := s.Item()
	token := NewToken()
	s.Step("create with a token")
	first := s.Made(s.Create(Download, WithToken(CreateFor(item), token)))

	for _, again := range []string{"again", "a third time"} {
		s.Step("the same create " + again)
		same := s.Made(s.Create(Download, WithToken(CreateFor(item), token)))
		if same.ID != first.ID {
			s.Fail("expected the same session %s for the same token, got another one\nwant %s, got %s", again, first.ID, same.ID)
		}
	}

	s.Step("control: create with another token")
	other := s.Made(s.Create(Download, WithToken(CreateFor(item), NewToken())))
	if other.ID == first.ID {
		s.Fail("expected a session of its own for another token, got the first one again\nit was %s", first.ID)
	}
}
