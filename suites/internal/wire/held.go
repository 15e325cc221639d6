package wire

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
)

// isShared says that the connection carries several requests at once: whoever
// holds one of its writes holds all of them.
func isShared(conn net.Conn) bool {
	secure, ok := conn.(interface{ ConnectionState() tls.ConnectionState })
	return ok && secure.ConnectionState().NegotiatedProtocol == "h2"
}

// innerConn is the connection below TLS.
func innerConn(conn net.Conn) net.Conn {
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		return secure.NetConn()
	}
	return conn
}

// heldConn is a connection whose next write may wait before its last byte. The
// transport writes a request of a few kilobytes at once.
type heldConn struct {
	net.Conn

	mu   sync.Mutex
	next func(*hold) bool
}

type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// dialHeld makes connections that Together can hold.
func dialHeld(dial dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &heldConn{Conn: conn}, nil
	}
}

// holdNext lets the next write wait, if enter takes it in.
func (c *heldConn) holdNext(enter func(*hold) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = enter
}

// takeNext returns what takes in the write about to begin, once.
func (c *heldConn) takeNext() func(*hold) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := c.next
	c.next = nil
	return next
}

// Write writes all but the last byte, and the last when all others are as far.
func (c *heldConn) Write(data []byte) (int, error) {
	enter := c.takeNext()
	if enter == nil || len(data) == 0 {
		return c.Conn.Write(data)
	}
	last := len(data) - 1
	written, err := c.Conn.Write(data[:last])
	if err != nil {
		return written, err
	}
	held := newHold(c.Conn, data[last:])
	if !enter(held) {
		more, err := c.Conn.Write(data[last:])
		return written + more, err
	}
	<-held.over
	return written + held.written, held.err
}
