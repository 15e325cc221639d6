package wire

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// listenAt serves the handler at an address, which is free again after close.
func listenAt(t *testing.T, address string, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: handler}}
	server.Start()
	t.Cleanup(server.Close)
	return server
}

func answers(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func TestATargetThatComesBackIsAskedOn(t *testing.T) {
	g := NewWithT(t)
	first := listenAt(t, "127.0.0.1:0", answers)
	var waited, over atomic.Int64
	client := NewClient(Options{
		Target: first.URL, RequestTimeout: 5 * time.Second, WaitForTarget: 10 * time.Second,
		Waits: func(what string) func() {
			g.Expect(what).To(Equal("the target, which stopped answering (10s at most)"))
			waited.Add(1)
			return func() { over.Add(1) }
		},
	})
	defer client.Close()
	var madeGood atomic.Int64
	client.OnReturn(func(ctx context.Context) {
		madeGood.Add(1)
		g.Expect(client.Do(ctx, read).Status).To(Equal(204))
	})
	g.Expect(client.Do(t.Context(), read).Status).To(Equal(204))
	address := first.Listener.Addr().String()
	first.Close()
	time.AfterFunc(300*time.Millisecond, func() { listenAt(t, address, answers) })

	exchange := client.Do(t.Context(), read)

	g.Expect(exchange.Err).NotTo(HaveOccurred())
	g.Expect(exchange.Status).To(Equal(204))
	g.Expect(madeGood.Load()).To(BeEquivalentTo(1))
	g.Expect(client.Absences()).To(Equal(1))
	g.Expect([]int64{waited.Load(), over.Load()}).To(Equal([]int64{1, 1}), "who looks on is told, and that it is over")
}

func TestATargetThatStaysAwayIsGoneAndItsLastRequestsAreNamed(t *testing.T) {
	g := NewWithT(t)
	var server *httptest.Server
	server = listenAt(t, "127.0.0.1:0", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			server.Listener.Close()
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusNoContent)
	})
	client := NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second, WaitForTarget: 200 * time.Millisecond})
	defer client.Close()
	g.Expect(client.Do(t.Context(), read).Status).To(Equal(204))

	exchange := client.Do(t.Context(), post)

	g.Expect(exchange.Err).To(Satisfy(is[*GoneError]))
	g.Expect(Explain(exchange.Err)).To(Equal("the target stopped answering and did not come back within 200ms; under way were POST /"))
	g.Expect(client.Do(t.Context(), read).Err).To(MatchError(client.Gone()))
}

// Nobody knows whether a request was heard whose answer was lost.
func TestALostAnswerIsAskedForAgainOnlyWhereThatDoesNoMore(t *testing.T) {
	g := NewWithT(t)
	var requests atomic.Int64
	server := listenAt(t, "127.0.0.1:0", func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) == 2 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(http.StatusNoContent)
	})
	client := NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second})
	defer client.Close()
	g.Expect(client.Do(t.Context(), read).Status).To(Equal(204))
	g.Expect(client.Do(t.Context(), post)).To(And(HaveField("Lost", true), HaveField("Status", 0)))

	requests.Store(1)
	g.Expect(client.Do(t.Context(), read)).To(And(HaveField("Lost", false), HaveField("Status", 204)))

	requests.Store(1)
	g.Expect(client.Unstoppable().Do(t.Context(), post)).To(And(HaveField("Lost", false), HaveField("Status", 204)))
}
