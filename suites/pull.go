package suites

import (
	"net"
	"net/url"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/spec"
)

// openPull offers files where the target can fetch them: at the address that
// was named, or on the loopback interface of a target that is there itself.
func (s *Suite) openPull() (*library.Pull, error) {
	if named := s.options.PullAddress; named != "" {
		return library.OpenPull(named, true)
	}
	if guessed := loopback(s.options.Target); guessed != "" {
		return library.OpenPull(guessed, false)
	}
	return nil, nil
}

// loopback returns the target's host if it is an address of the loopback
// interface, else nothing.
func loopback(target string) string {
	parsed, err := url.Parse(target)
	if err != nil {
		return ""
	}
	host := parsed.Hostname()
	if address := net.ParseIP(host); host == "localhost" || address != nil && address.IsLoopback() {
		return host
	}
	return ""
}

// offer is the server as specs see it; none stays none.
func offer(pull *library.Pull) spec.PullServer {
	if pull == nil {
		return nil
	}
	return pull
}
