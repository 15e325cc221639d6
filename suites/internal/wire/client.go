package wire

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
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
}

// Client sends requests to one target. It follows no redirect, keeps no cookie
// and repeats only what the target has put off, so that what the target does is
// what is seen. Copies made by With and Unstoppable share its connections.
type Client struct {
	resty     *resty.Client
	transport *http.Transport
	target    string
	timeout   time.Duration
	header    http.Header
	observe   func(Exchange)
	// stopped is over once stop was called.
	stopped context.Context
	stop    context.CancelFunc
	// unstoppable sends also after Stop: what cleans up.
	unstoppable bool
}

// NewClient prepares a client; it sends nothing yet.
func NewClient(options Options) *Client {
	transport := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: connectTimeout}).DialContext,
		TLSHandshakeTimeout:    connectTimeout,
		TLSClientConfig:        options.TLS,
		MaxIdleConns:           options.Connections,
		MaxIdleConnsPerHost:    options.Connections,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true,
	}
	if options.Proxy {
		transport.Proxy = http.ProxyFromEnvironment
	}
	// SetContentLength: without it resty sends a POST without a body chunked.
	client := resty.NewWithClient(&http.Client{Transport: recorder{transport}}).SetContentLength(true).SetLogger(silent{})
	stopped, stop := context.WithCancel(context.Background())
	return &Client{
		resty: client, transport: transport, target: strings.TrimRight(options.Target, "/"),
		timeout: options.RequestTimeout, header: http.Header{}, observe: options.Observe, stopped: stopped, stop: stop,
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

// Do sends the request to the target and returns what happened; an error of
// the transport is part of the exchange.
func (c *Client) Do(ctx context.Context, request Request) Exchange {
	return c.send(ctx, c.target+request.Path, request)
}

// DoURL sends the request to an address that the target named, such as a
// transfer URL; without the client's own headers, as the official sample does.
func (c *Client) DoURL(ctx context.Context, address string, request Request) Exchange {
	bare := *c
	bare.header = nil
	return bare.send(ctx, address, request)
}

// Transfer sends the request to a transfer URL as DoURL does and, if the target
// wants a login there, as some do, again with the client's own headers; those
// go to the target's own host only.
func (c *Client) Transfer(ctx context.Context, address string, request Request) Exchange {
	bare := c.DoURL(ctx, address, request)
	if bare.Status != http.StatusUnauthorized || !sameHost(address, c.target) {
		return bare
	}
	exchange := c.send(ctx, address, request)
	exchange.Earlier = append(bare.Tries(), exchange.Earlier...)
	return exchange
}

// Call is Do in plain types, for packages that do not know this one.
func (c *Client) Call(ctx context.Context, method, path string, header http.Header, body []byte) (int, []byte, error) {
	exchange := c.Do(ctx, Request{Method: method, Path: path, Header: header, Body: body})
	if exchange.Err != nil {
		return 0, nil, unanswered{exchange.Err}
	}
	return exchange.Status, exchange.Answer, nil
}

// Put uploads the body to an address that the target named.
func (c *Client) Put(ctx context.Context, address string, body []byte) (int, []byte, error) {
	exchange := c.Transfer(ctx, address, Request{Method: http.MethodPut, Body: body})
	if exchange.Err != nil {
		return 0, nil, unanswered{exchange.Err}
	}
	return exchange.Status, exchange.Answer, nil
}

func sameHost(one, other string) bool {
	a, errA := url.Parse(one)
	b, errB := url.Parse(other)
	return errA == nil && errB == nil && a.Scheme == b.Scheme && a.Host == b.Host
}

// unanswered is a transport error that reads as Explain words it.
type unanswered struct{ error }

func (u unanswered) Error() string { return Explain(u.error) }
func (u unanswered) Unwrap() error { return u.error }

// IsUnanswered says whether Call or Put failed because no answer came.
func IsUnanswered(err error) bool { return is[unanswered](err) }

// try sends the request once.
func (c *Client) try(ctx context.Context, address string, request Request) Exchange {
	exchange := &Exchange{Request: request, URL: address, Started: time.Now()}
	if c.Stopped() && !c.unstoppable {
		exchange.Err = ErrStopped
		return *exchange
	}
	exchange.Request.Header = c.headerOf(request)
	outgoing := c.resty.R().SetContext(context.WithValue(ctx, exchangeKey{}, exchange)).SetDoNotParseResponse(true)
	outgoing.Header = exchange.Request.Header.Clone()
	if request.Body != nil {
		outgoing.SetBody(request.Body)
	}
	_, err := outgoing.Execute(request.Method, address)
	exchange.Duration = time.Since(exchange.Started)
	if exchange.Err == nil && err != nil {
		exchange.Err = err
	}
	if c.observe != nil {
		c.observe(*exchange)
	}
	return *exchange
}

func (c *Client) headerOf(request Request) http.Header {
	header := request.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	for name, values := range c.header {
		if _, given := header[name]; !given {
			header[name] = values
		}
	}
	return header
}

type exchangeKey struct{}

// recorder reads the answer whole, up to its limit, and keeps what was read
// even when reading fails, which resty would drop.
type recorder struct{ next http.RoundTripper }

func (r recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.next.RoundTrip(request)
	exchange, recorded := request.Context().Value(exchangeKey{}).(*Exchange)
	if err != nil || !recorded {
		return response, err
	}
	exchange.Status = response.StatusCode
	if len(response.Header) > maxHeaders {
		_ = response.Body.Close()
		return nil, errTooManyHeaders
	}
	exchange.AnswerHeader = response.Header
	// Who gets no header follows no redirect and unpacks nothing.
	response.Header = http.Header{}
	if response.StatusCode == http.StatusSwitchingProtocols {
		// What would follow is not HTTP, and no deadline would end it.
		_ = response.Body.Close()
		response.Body = http.NoBody
		return response, nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if len(body) > maxBody {
		body, exchange.Truncated, err = body[:maxBody], true, errBodyTooLong
	}
	exchange.Answer, exchange.Err = body, err
	closeErr := response.Body.Close()
	if exchange.Err == nil && closeErr != nil {
		exchange.Err = closeErr
	}
	response.Body = http.NoBody
	return response, nil
}

// silent keeps resty from writing warnings of its own: everything that is
// worth knowing is in the exchange.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}
