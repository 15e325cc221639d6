package wire

import (
	"context"
	"net/http"
	"time"
)

// Do sends the request to the target and returns what happened; an error of
// the transport is part of the exchange.
func (c *Client) Do(ctx context.Context, request Request) Exchange {
	return c.send(ctx, c.target+request.Path, request)
}

// DoURL sends the request to an address that the target named, such as a
// transfer URL; without the client's own headers, as the official sample does.
func (c *Client) DoURL(ctx context.Context, address string, request Request) Exchange {
	bare := *c
	bare.header, bare.login = nil, nil
	return bare.send(ctx, absolute(c.target, address), request)
}

// Transfer sends the request to a transfer URL as DoURL does and, if the target
// wants a login there, as some do, again with the client's own headers; those
// go to the target's own host only.
func (c *Client) Transfer(ctx context.Context, address string, request Request) Exchange {
	address = absolute(c.target, address)
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
	if observe, watched := ctx.Value(observerKey{}).(func(Exchange)); watched {
		observe(exchange)
	}
	if exchange.Err != nil {
		return 0, nil, unanswered{exchange.Err}
	}
	if to := exchange.RedirectsTo(); to != "" {
		// Its body says nothing that a client could use.
		return exchange.Status, []byte("a redirect to " + to), nil
	}
	return exchange.Status, exchange.Answer, nil
}

type observerKey struct{}

// WithObserver lets observe see the exchanges that Call makes with the context.
func WithObserver(ctx context.Context, observe func(Exchange)) context.Context {
	return context.WithValue(ctx, observerKey{}, observe)
}

// Put uploads the body to an address that the target named.
func (c *Client) Put(ctx context.Context, address string, body []byte) (int, []byte, error) {
	exchange := c.Transfer(ctx, address, Request{Method: http.MethodPut, Body: body})
	if exchange.Err != nil {
		return 0, nil, unanswered{exchange.Err}
	}
	return exchange.Status, exchange.Answer, nil
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
	if c.readOnly && !request.Reads() && !request.isLogin() {
		exchange.Err = ErrReadOnly
		return *exchange
	}
	if exchange.Err = c.checkAddress(address); exchange.Err != nil {
		return *exchange
	}
	if c.pace.Wait(ctx) != nil {
		// Also where the context would end before its turn comes.
		exchange.Err = context.DeadlineExceeded
		return *exchange
	}
	if ctx.Value(newConnections{}) != nil {
		c.transport.CloseIdleConnections()
	}
	exchange.Started = time.Now()
	exchange.Request.Header = c.headerOf(ctx, address, request)
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
	c.presence.note(request, *exchange)
	c.transport.learn(*exchange, c.target)
	if c.login != nil {
		c.login.learn(request, *exchange)
	}
	return *exchange
}

// headerOf is the request's own header and what the client adds to it: the
// token of the login, and at the target's own host what the user has named.
func (c *Client) headerOf(ctx context.Context, address string, request Request) http.Header {
	header := request.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	add := func(name string, values ...string) {
		if _, given := header[name]; !given && values[0] != "" {
			header[name] = values
		}
	}
	for name, values := range c.header {
		add(name, values...)
	}
	if c.login != nil {
		add(http.CanonicalHeaderKey(c.login.header), c.login.Token())
	}
	if len(c.always) > 0 && sameHost(address, c.target) {
		for name, values := range c.always {
			add(name, values...)
		}
	}
	add("User-Agent", c.userAgent)
	if id, given := ctx.Value(requestID{}).(string); given {
		add(requestIDHeader, id)
	}
	return header
}

// requestID is the key of the id that requests carry.
type requestID struct{}

// WithRequestID gives requests an id by which whoever runs the target finds them
// in his log.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestID{}, id)
}

// newConnections is the key of a context that uses no connection twice.
type newConnections struct{}

// OnNewConnections lets each request be sent over a connection of its own: one that
// is kept open may be closed at the moment when it is used. All clients that share
// connections lose those that they do not use at the moment.
func OnNewConnections(ctx context.Context) context.Context {
	return context.WithValue(ctx, newConnections{}, true)
}

// tokenIn is the token of the login in an exchange; false says that the request
// brought its own, or that there is none.
func (c *Client) tokenIn(request Request, exchange Exchange) (token string, sent bool) {
	if c.login == nil {
		return "", false
	}
	name := http.CanonicalHeaderKey(c.login.header)
	if _, own := request.Header[name]; own {
		return "", false
	}
	if _, own := c.header[name]; own {
		return "", false
	}
	return exchange.Request.Header.Get(name), true
}
