package wire

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// knowing serves a target that knows one token at a time, and refuses it for
// what is forbidden, whatever its token.
func knowing(t *testing.T, renew func(context.Context) (string, error)) (client *Client, login *Login, known *atomic.Value) {
	t.Helper()
	known = &atomic.Value{}
	known.Store("first")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Token") != known.Load() || r.URL.Path == "/forbidden" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(server.Close)
	client = NewClient(Options{Target: server.URL, RequestTimeout: 5 * time.Second})
	t.Cleanup(client.Close)
	login = NewLogin("Token", "first", renew)
	return client.WithLogin(login), login, known
}

var read = Request{Method: http.MethodGet, Path: "/"}

func TestALoginThatEndedIsMadeAnewOnceForAll(t *testing.T) {
	g := NewWithT(t)
	var renewals atomic.Int64
	client, login, known := knowing(t, func(context.Context) (string, error) {
		renewals.Add(1)
		return "second", nil
	})
	g.Expect(client.Do(t.Context(), read).Status).To(Equal(200))
	known.Store("second")

	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { g.Expect(client.Do(t.Context(), post).Status).To(Equal(200)) })
	}
	group.Wait()

	g.Expect(renewals.Load()).To(BeEquivalentTo(1))
	g.Expect(login.Renewals()).To(Equal(1))
	g.Expect(login.Token()).To(Equal("second"))
}

func TestARefusalThatIsAboutTheRequestIsItsAnswer(t *testing.T) {
	g := NewWithT(t)
	client, login, _ := knowing(t, func(context.Context) (string, error) { return "", errors.New("asked for a login") })
	g.Expect(client.Do(t.Context(), read).Status).To(Equal(200))

	exchange := client.Do(t.Context(), Request{Method: http.MethodPost, Path: "/forbidden"})

	g.Expect(exchange.Err).NotTo(HaveOccurred())
	g.Expect(exchange.Status).To(Equal(401))
	g.Expect(login.Renewals()).To(BeZero())
}

// Behaviours about authentication see what the target answers them.
func TestARequestWithATokenOfItsOwnRenewsNothing(t *testing.T) {
	g := NewWithT(t)
	client, login, _ := knowing(t, func(context.Context) (string, error) { return "", errors.New("asked for a login") })
	own := Request{Method: http.MethodGet, Path: "/", Header: http.Header{"Token": {"wrong"}}}
	g.Expect(client.Do(t.Context(), own).Status).To(Equal(401))
	g.Expect(client.With("Token", "wrong").Do(t.Context(), read).Status).To(Equal(401))
	g.Expect(login.Renewals()).To(BeZero())
}

func TestALoginThatNobodyCanMakeAnewAccusesNobody(t *testing.T) {
	for name, renew := range map[string]func(context.Context) (string, error){
		"no user name": nil,
		"refused":      func(context.Context) (string, error) { return "", errors.New("refused") },
	} {
		g := NewWithT(t)
		client, _, known := knowing(t, renew)
		g.Expect(client.Do(t.Context(), read).Status).To(Equal(200))
		known.Store("second")

		exchange := client.Do(t.Context(), post)

		g.Expect(exchange.Err).To(Satisfy(is[*LoginEndedError]), name)
		g.Expect(Explain(exchange.Err)).To(HavePrefix("the login of the run has ended"), name)
	}
}
