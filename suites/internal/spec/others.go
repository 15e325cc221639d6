package spec

import (
	"slices"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// Account is a name and password that the target knows.
type Account struct{ Username, Password string }

// Slow skips the behaviour unless the user allows it to wait for expiry.
func (s *Spec) Slow() {
	if !s.target.Slow {
		s.Skip("waits until a session expires; allow it with %s", s.option("Slow"))
	}
}

// MayBeSlow says whether the user allows to wait for expiry.
func (s *Spec) MayBeSlow() bool { return s.target.Slow }

// Other is a client of the second account; without one the behaviour is skipped.
func (s *Spec) Other() *wire.Client {
	if s.target.Other == nil {
		s.Skip("needs a second account; name one with %s and %s", s.option("OtherUsername"), s.option("OtherPassword"))
	}
	return s.target.Other
}

// Limited is a client of an account that may log in and not use sessions;
// without one the behaviour is skipped.
func (s *Spec) Limited() *wire.Client {
	if s.target.Limited == nil {
		s.Skip("needs an account without the privileges ContentLibrary.DownloadSession and ContentLibrary.UpdateSession; "+
			"name one with %s and %s", s.option("LimitedUsername"), s.option("LimitedPassword"))
	}
	return s.target.Limited
}

// option is what the user calls an option of the run.
func (s *Spec) option(name string) string {
	if s.target.OptionName == nil {
		return name
	}
	return s.target.OptionName(name)
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
		s.noPull()
	}
	return s.target.Pull.Offer(content)
}

// SecureSource is PullSource by https, with the certificate that it has.
func (s *Spec) SecureSource(content []byte) (address string, certificate library.Certificate) {
	if s.target.Pull == nil {
		s.noPull()
	}
	return s.target.Pull.OfferSecure(content)
}

// ExpectFetched skips the behaviour if nobody asked at an address that was only
// guessed: a target on the loopback interface may be the end of a tunnel.
func (s *Spec) ExpectFetched(address string) {
	if !s.target.Pull.Fetched(address) {
		s.Skip("nobody fetched from this machine's loopback address; "+
			"if the target is elsewhere, name an address that it reaches with %s HOST[:PORT]", s.option("PullAddress"))
	}
}

// PullNowhere returns an address of this machine at which nothing is offered.
func (s *Spec) PullNowhere() string {
	if s.target.Pull == nil {
		s.noPull()
	}
	return s.target.Pull.Nowhere()
}

func (s *Spec) noPull() {
	s.Skip("needs an address of this machine that the target can fetch from; name one with %s HOST[:PORT]", s.option("PullAddress"))
}
