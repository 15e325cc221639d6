package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Exchange is one request and its answer as they went over the wire.
type Exchange struct {
	Request
	// URL is the complete address, as it was sent.
	URL    string
	Status int
	// Header and Body of the answer; Body holds at most maxBody bytes.
	AnswerHeader http.Header
	Answer       []byte
	Truncated    bool
	Err          error
	Started      time.Time
	Duration     time.Duration
	// Earlier are the tries before this one: those that the target put off, and
	// those without a login or over a connection that was lost.
	Earlier []Exchange
	// Lost says that nobody knows whether the target did what was asked for, and
	// that asking again could do it twice.
	Lost bool
}

// Succeeded says whether the status is one of success.
func (e Exchange) Succeeded() bool { return e.Status >= 200 && e.Status < 300 }

// Tries lists the earlier tries and, at last, the exchange itself.
func (e Exchange) Tries() []Exchange {
	last := e
	last.Earlier = nil
	return append(slices.Clone(e.Earlier), last)
}

// ErrStopped answers a request that was made after the run was stopped; it
// was not sent.
var ErrStopped = errors.New("not sent: the run was stopped")

// What ends an answer that is too much to keep.
var (
	errBodyTooLong    = fmt.Errorf("the body is longer than %d bytes", maxBody)
	errTooManyHeaders = fmt.Errorf("the headers are more than %d", maxHeaders)
)

// IsTimeout says whether the exchange ended because time ran out.
func IsTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// cause is a kind of transport error and what a user should read for it.
type cause struct {
	is   func(error) bool
	text string
}

var causes = []cause{
	{IsTimeout, "no complete answer in time"},
	{is[*net.DNSError], "the host name does not resolve; check {Target}"},
	{errorIs(syscall.ECONNREFUSED), "the connection was refused; check the host and port of {Target}, and whether the server runs"},
	{errorIs(syscall.EHOSTUNREACH), "there is no route to the host"},
	{errorIs(syscall.ENETUNREACH), "there is no route to the network"},
	{errorIs(syscall.ECONNRESET), "the server reset the connection"},
	{errorIs(syscall.EPIPE), "the server closed the connection while the request was sent"},
	// Before the general case, which wraps it.
	{is[x509.HostnameError], "the server's certificate is for another host; name that one in {Target}, or verify nothing with {Insecure}"},
	{is[*tls.CertificateVerificationError], "the server's certificate is not trusted; name its authority with {CACert}, or verify nothing with {Insecure}"},
	{is[tls.RecordHeaderError], "the server does not speak TLS"},
	{contains("server gave HTTP response to HTTPS client"), "the server speaks plain HTTP, not TLS; begin {Target} with http://"},
	{contains("server response headers exceeded"), fmt.Sprintf("the headers are longer than %d bytes", maxHeader)},
	{contains("malformed HTTP"), "the answer is not HTTP"},
	{contains("MIME header", "Content-Length", "chunk", "header line too long"), "the answer is not correct HTTP"},
	{contains("tls: handshake failure", "tls: protocol version not supported"), "the server refused the TLS handshake"},
	{errorIs(io.ErrUnexpectedEOF), "the server closed the connection in the middle of its answer"},
	{errorIs(io.EOF), "the server closed the connection without an answer"},
	{contains("server closed idle connection"), "the server closed the connection without an answer"},
}

func is[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

func errorIs(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

func contains(texts ...string) func(error) bool {
	return func(err error) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(err.Error(), text) })
	}
}

// Explain says in words what a transport error means, with its own text behind.
func Explain(err error) string {
	var of advised
	errors.As(err, &of)
	return NameOptions(explain(err), of.name)
}

func explain(err error) string {
	// Some quote what the target sent, which may be long.
	own := fmt.Sprintf("%.200s", innermost(err))
	var ended *LoginEndedError
	var unreachable *UnreachableError
	var other *ThumbprintError
	switch {
	case errors.As(err, &ended):
		return ended.Error()
	case errors.As(err, &unreachable):
		return unreachable.Error()
	case errors.As(err, &other):
		return other.Error()
	case errors.Is(err, ErrStopped), errors.Is(err, ErrReadOnly), errors.Is(err, errBodyTooLong), errors.Is(err, errTooManyHeaders),
		is[*PutOffError](err), is[*AddressError](err):
		return own
	case is[*GoneError](err):
		return innermost(err).Error()
	case strings.Contains(own, "readLoopPeekFailLocked"):
		// Its own text has no words for it.
		return "the server sent something before it was asked, which is not HTTP"
	}
	for _, cause := range causes {
		if cause.is(err) && own == context.DeadlineExceeded.Error() {
			return cause.text // what Go calls it says no more
		}
		if cause.is(err) {
			return fmt.Sprintf("%s (%s)", cause.text, own)
		}
	}
	return own
}

// innermost drops what net/http and net put before each error: the method, the
// URL and the addresses of the connection.
func innermost(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
