package spec

import (
	"slices"

	"session-conformance/suites/internal/wire"
)

// Account is a name and password that the target knows.
type Account struct{ Username, Password string }

// Slow skips the behaviour unless the user allows it to wait for expiry.
func (s *Spec) Slow() {
	if !s.target.Slow {
		s.Skip("waits until a session expires; allow it with --slow")
	}
}

// AsOther sends a request by the second account; without one the behaviour
// is skipped.
func (s *Spec) AsOther(variant wire.Variant, operation, subject string, arguments wire.Object) wire.Reply {
	if s.target.Other == nil {
		s.Skip("needs a second account; name one with --other-username and --other-password")
	}
	return s.SendBy(s.target.Other, s.Request(variant, operation, subject, arguments), variant, operation)
}

// Nobody is a client that sends no credentials.
func (s *Spec) Nobody() *wire.Client { return s.target.Nobody }

// Account is the account of the run; without one, since a token was given
// instead, the behaviour is skipped.
func (s *Spec) Account() Account {
	if s.target.Account.Username == "" {
		s.Skip("needs a user name and password; a token cannot show how the target logs in")
	}
	return s.target.Account
}

// Hide keeps a secret that the behaviour came by out of every report. A long
// one, such as a whole answer, is hidden in parts: looking for a long text takes
// its length squared.
func (s *Spec) Hide(secret string) {
	for part := range slices.Chunk([]byte(secret[:min(len(secret), keptAnswer)]), longestSecret) {
		s.target.Hide(string(part))
	}
}

// longestSecret is the length of the longest text that is hidden whole, in
// bytes; the tokens that are known have a tenth of it.
const longestSecret = 4 << 10

// PullSource offers the content at an address that the target can fetch it
// from; without such an address the behaviour is skipped.
func (s *Spec) PullSource(content []byte) string {
	if s.target.Pull == nil {
		s.Skip("needs an address of this machine that the target can fetch from; name one with --pull-address HOST[:PORT]")
	}
	return s.target.Pull.Offer(content)
}

// ExpectFetched skips the behaviour if nobody asked at an address that was only
// guessed: a target on the loopback interface may be the end of a tunnel.
func (s *Spec) ExpectFetched(address string) {
	if !s.target.Pull.Fetched(address) {
		s.Skip("nobody fetched from this machine's loopback address; if the target is elsewhere, name an address that it reaches with --pull-address HOST[:PORT]")
	}
}

// PullNowhere returns an address of this machine at which nothing is offered.
func (s *Spec) PullNowhere() string {
	if s.target.Pull == nil {
		s.Skip("needs an address of this machine that the target can fetch from; name one with --pull-address HOST[:PORT]")
	}
	return s.target.Pull.Nowhere()
}
