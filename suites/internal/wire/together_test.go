package wire

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	. "github.com/onsi/gomega"
)

// meeting answers 502 to requests that come one after the other: it waits until
// as many are under way as take part.
type meeting struct {
	size int

	mu      sync.Mutex
	present int
	met     chan struct{}
}

func (m *meeting) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	m.mu.Lock()
	if m.present++; m.present == m.size {
		close(m.met)
	}
	m.mu.Unlock()
	select {
	case <-m.met:
	case <-time.After(time.Second):
		w.WriteHeader(http.StatusBadGateway)
	}
}

// serveHTTP2 serves requests that share a connection.
func serveHTTP2(handler http.Handler) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	return server
}

func TestTogetherOverConnectionsOfEachKind(t *testing.T) {
	const size = 4
	for name, serve := range map[string]func(http.Handler) *httptest.Server{
		"plain": httptest.NewServer, "TLS": httptest.NewTLSServer, "HTTP/2": serveHTTP2,
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			server := serve(&meeting{size: size, met: make(chan struct{})})
			defer server.Close()
			options := Options{Target: server.URL, RequestTimeout: 5 * time.Second, Connections: size}
			if server.TLS != nil {
				options.TLS = server.Client().Transport.(*http.Transport).TLSClientConfig
			}
			client := NewClient(options)
			defer client.Close()
			exchanges := make([]Exchange, size)
			clients := make([]func(context.Context), size)
			for i := range size {
				clients[i] = func(ctx context.Context) {
					exchanges[i] = client.Do(ctx, Request{Method: http.MethodPost, Path: "/", Body: []byte("{}")})
				}
			}

			Together(context.Background(), clients, nil, 0)

			for _, exchange := range exchanges {
				g.Expect(exchange.Err).NotTo(HaveOccurred())
				g.Expect(exchange.Status).To(Equal(http.StatusOK))
			}
		})
	}
}

func TestTogetherHoldsNobodyForOneThatIsNotSent(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	client := NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second, Connections: 2})
	defer client.Close()
	began := time.Now()

	var sent Exchange

	Together(context.Background(), []func(context.Context){
		func(context.Context) {},
		func(ctx context.Context) { sent = client.Do(ctx, Request{Method: http.MethodGet, Path: "/"}) },
	}, nil, 0)

	g.Expect(sent.Status).To(Equal(http.StatusOK))
	g.Expect(time.Since(began)).To(BeNumerically("<", longestHold))
}

// inOrder is a connection that notes what is written, and by whom.
type inOrder struct {
	net.Conn
	name string
	note func(string)
}

func (c inOrder) Write(data []byte) (int, error) {
	c.note(c.name + string(data))
	return len(data), nil
}

func TestLastBytesFollowInOrderAndTheLateOnesWithTheFirstAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewWithT(t)
		var written []string
		note := func(what string) { written = append(written, what) }
		start := newStart(2, 1)
		start.lead = time.Hour
		var entered []bool
		for client, name := range []string{"a", "b", "c"} {
			entered = append(entered, start.enter(client, newHold(inOrder{name: name, note: note}, []byte("!"))))
		}
		go start.conduct()

		synctest.Wait()
		g.Expect(written).To(Equal([]string{"a!", "b!"}))

		start.leave(1) // half of those in front have their answer
		synctest.Wait()
		g.Expect(written).To(Equal([]string{"a!", "b!", "c!"}))
		entered = append(entered, start.enter(0, newHold(nil, nil)))
		g.Expect(entered).To(Equal([]bool{true, true, true, false}), "at last the start is over")
	})
}

func TestLateClientsWaitNoLongerThanTheLead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := newStart(1, 1)
		start.lead = time.Minute
		var held [2]*hold
		for client := range held {
			held[client] = newHold(nil, nil)
			start.enter(client, held[client])
		}
		began := time.Now()

		start.conduct()

		<-held[1].over
		NewWithT(t).Expect(time.Since(began)).To(Equal(start.lead))
	})
}

func TestMidwayActsBeforeTheLastByte(t *testing.T) {
	g := NewWithT(t)
	var order []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		order = append(order, r.URL.Path+string(body))
	}))
	defer server.Close()
	client := NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second, Connections: 2})
	defer client.Close()

	var put Exchange
	Midway(t.Context(), func(ctx context.Context) {
		put = client.DoURL(ctx, server.URL+"/put/", Request{Method: http.MethodPut, Body: []byte("content")})
	}, func() { client.Do(t.Context(), Request{Method: http.MethodPost, Path: "/cancel"}) })

	g.Expect(put.Status).To(Equal(http.StatusOK))
	g.Expect(order).To(Equal([]string{"/cancel", "/put/content"}))
}

func TestMidwayEndsWithWhatIsNeverSent(t *testing.T) {
	client := NewClient(Options{Target: "http://127.0.0.1:1", RequestTimeout: time.Second, Connections: 1})
	defer client.Close()
	client.Stop()
	acted := 0

	Midway(t.Context(), func(ctx context.Context) {
		client.Do(ctx, Request{Method: http.MethodPut, Path: "/", Body: []byte("x")})
	}, func() { acted++ })

	NewWithT(t).Expect(acted).To(Equal(1))
}

func TestAConnectionOfHTTP2IsShared(t *testing.T) {
	for name, shared := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		g := NewWithT(t)
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.Proto)
		}))
		server.EnableHTTP2 = shared
		server.StartTLS()
		var got bool
		ctx := httptrace.WithClientTrace(t.Context(),
			&httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { got = isShared(info.Conn) }})
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
		g.Expect(err).NotTo(HaveOccurred())
		answer, err := server.Client().Do(request)
		g.Expect(err).NotTo(HaveOccurred())
		body, err := io.ReadAll(answer.Body)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(answer.Body.Close()).To(Succeed())
		g.Expect(string(body)).To(Equal(name))
		g.Expect(got).To(Equal(shared), name)
		server.Close()
	}
}
