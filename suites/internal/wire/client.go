package wire

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
	"golang.org/x/time/rate"
)

const (
	// maxBody and maxHeader bound an answer: the longest documented one, a
	// list of a few thousand ids, is a tenth of it.
	maxBody   = 1 << 20
	maxHeader = 64 << 10
	// maxHeaders is how many headers an answer may have, ten times what servers
	// send: each costs more memory than bytes on the wire.
	maxHeaders = 500
	// connectTimeout bounds dialling and the TLS handshake; a request's own
	// deadline may end it earlier.
	connectTimeout = 10 * time.Second
)

// Options say how to reach a target.
type Options struct {
	// Target is the URL that every path stands behind.
	Target string
	// RequestTimeout bounds one exchange, its body included.
	RequestTimeout time.Duration
	// Connections is how many are kept open for the next requests.
	Connections int
	TLS         *tls.Config
	// Observe, if set, sees every exchange before the caller does, by several
	// goroutines at once.
	Observe func(Exchange)
	// Proxy reads HTTP_PROXY and its like from the environment.
	Proxy bool
	// WaitForTarget is how long a target that went away is waited for.
	WaitForTarget time.Duration
	// MostPerSecond is how many requests are sent in a second; 0 is no limit.
	MostPerSecond float64
	// Header goes with every request to the target's own host.
	Header http.Header
	// UserAgent names who asks.
	UserAgent string
	// ReadOnly sends nothing that could change something, but for logins.
	ReadOnly bool
	// Waits, if set, is told what requests wait for until what it returns is called.
	Waits func(what string) (over func())
	// OptionName names an option of the run to its user; nil names it as Go does.
	OptionName func(option string) string
}

// Client sends requests to one target. It follows no redirect, keeps no cookie
// of a login, and repeats only what was not answered, so that what the target
// does is what is seen. Copies made by With and its like share its connections.
type Client struct {
	resty     *resty.Client
	transport *trust
	target    string
	timeout   time.Duration
	header    http.Header
	// always goes with every request to the target's own host.
	always    http.Header
	userAgent string
	login     *Login
	presence  *presence
	pace      *rate.Limiter
	readOnly  bool
	// nameOption is OptionName.
	nameOption func(option string) string
	observe    func(Exchange)
	// waits is Waits.
	waits func(what string) (over func())
	// stopped is over once stop was called.
	stopped context.Context
	stop    context.CancelFunc
	// unstoppable sends also after Stop: what cleans up.
	unstoppable bool
}

// NewClient prepares a client; it sends nothing yet.
func NewClient(options Options) *Client {
	own := &http.Transport{
		DialContext:            dialHeld((&net.Dialer{Timeout: connectTimeout}).DialContext),
		TLSHandshakeTimeout:    connectTimeout,
		TLSClientConfig:        options.TLS,
		MaxIdleConns:           options.Connections,
		MaxIdleConnsPerHost:    options.Connections,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
	}
	if options.Proxy {
		own.Proxy = http.ProxyFromEnvironment
	}
	// SetContentLength: without it resty sends a POST without a body chunked.
	transport, cookies := newTrust(own), cookiesOf(options.Target)
	client := resty.NewWithClient(&http.Client{Transport: recorder{transport, cookies}, Jar: cookies}).
		SetContentLength(true).SetLogger(silent{})
	stopped, stop := context.WithCancel(context.Background())
	pace := rate.NewLimiter(rate.Inf, 1)
	if options.MostPerSecond > 0 {
		pace = rate.NewLimiter(rate.Limit(options.MostPerSecond), max(1, int(options.MostPerSecond)))
	}
	waits := options.Waits
	if waits == nil {
		waits = func(string) func() { return func() {} }
	}
	return &Client{
		resty: client, transport: transport, target: strings.TrimRight(options.Target, "/"),
		timeout: options.RequestTimeout, header: http.Header{}, observe: options.Observe, stopped: stopped, stop: stop,
		always: options.Header, userAgent: options.UserAgent, presence: &presence{wait: options.WaitForTarget}, pace: pace,
		nameOption: options.OptionName, readOnly: options.ReadOnly, waits: waits,
	}
}

// With returns a client that also sends the header, beside or instead of the
// one that it had; an empty value takes it away.
func (c *Client) With(name, value string) *Client {
	with := *c
	with.header = c.header.Clone()
	with.header.Set(name, value)
	if value == "" {
		with.header.Del(name)
	}
	return &with
}

// WithLogin returns a client that also sends the token of the login, and sees to
// it that there is one: a 401 of a login that has ended is no answer.
func (c *Client) WithLogin(login *Login) *Client {
	with := *c
	with.login = login
	return &with
}

// Unstoppable returns a client that still sends after Stop.
func (c *Client) Unstoppable() *Client {
	unstoppable := *c
	unstoppable.unstoppable = true
	return &unstoppable
}

// Stop refuses every request from now on; those in flight finish, so that
// what they create is known and can be deleted.
func (c *Client) Stop() { c.stop() }

// Stopped says whether Stop was called.
func (c *Client) Stopped() bool { return c.stopped.Err() != nil }

// Close gives up the connections that are kept open.
func (c *Client) Close() { c.transport.CloseIdleConnections() }
