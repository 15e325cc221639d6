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
		reply := s.Create(Download, WithToken(CreateFor(item), token))
		if same := s.Made(reply); same.ID != first.ID {
			s.Fail(Expected("the same session %s for the same token", again).Got("another one").Compare(first.ID, same.ID).About(reply))
		}
	}

	s.Step("control: create with another token")
	reply := s.Create(Download, WithToken(CreateFor(item), NewToken()))
	if other := s.Made(reply); other.ID == first.ID {
		s.Fail(Expected("a session of its own for another token").Got("the first one again").Holding(first.ID).About(reply))
	}
}
