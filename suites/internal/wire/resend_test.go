package wire

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// putOffTimes puts the first requests off, with the header, then answers 204.
func putOffTimes(t *testing.T, times int64, status int, retryAfter string, timeout time.Duration) (*Client, *atomic.Int64) {
	t.Helper()
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if requests.Add(1) > times {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	client := NewClient(Options{Target: server.URL, RequestTimeout: timeout})
	t.Cleanup(client.Close)
	return client, &requests
}

const always = 1 << 30

var post = Request{Method: http.MethodPost, Path: "/", Body: []byte("body")}

func TestWhatTheTargetPutsOffIsSentAgain(t *testing.T) {
	past := time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
	for _, test := range []struct {
		status     int
		retryAfter string
	}{{429, "0"}, {503, "0"}, {429, past}} {
		g := NewWithT(t)
		client, requests := putOffTimes(t, 2, test.status, test.retryAfter, 5*time.Second)

		exchange := client.Do(t.Context(), post)

		g.Expect(exchange.Err).NotTo(HaveOccurred())
		g.Expect(exchange.Status).To(Equal(204))
		g.Expect(requests.Load()).To(BeEquivalentTo(3))
		tries := exchange.Tries()
		g.Expect(tries).To(HaveLen(3))
		for _, try := range tries[:2] {
			g.Expect(try.Status).To(Equal(test.status))
			g.Expect(try.Err).To(Satisfy(is[*PutOffError]))
			g.Expect(try.Body).To(Equal(post.Body))
			g.Expect(try.Earlier).To(BeEmpty())
		}
		g.Expect(tries[2]).To(HaveField("Status", 204))
	}
}

func TestWhatPutsNothingOffIsAnAnswer(t *testing.T) {
	for _, test := range []struct {
		status     int
		retryAfter string
	}{{404, "0"}, {200, "0"}, {500, ""}, {302, "0"}} {
		g := NewWithT(t)
		client, requests := putOffTimes(t, always, test.status, test.retryAfter, 5*time.Second)

		exchange := client.Do(t.Context(), post)

		g.Expect(exchange.Err).NotTo(HaveOccurred())
		g.Expect(exchange.Status).To(Equal(test.status))
		g.Expect(requests.Load()).To(BeEquivalentTo(1))
	}
}

// A gateway seldom says how long to wait.
func TestWhatAGatewayAnswersIsAskedAgain(t *testing.T) {
	for _, test := range []struct {
		status     int
		retryAfter string
	}{{429, ""}, {503, ""}, {429, "soon"}, {429, "-1"}, {429, "99999999999"}, {502, "0"}, {504, ""}} {
		g := NewWithT(t)
		client, requests := putOffTimes(t, 3, test.status, test.retryAfter, 5*time.Second)

		exchange := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"})

		g.Expect(exchange.Err).NotTo(HaveOccurred())
		g.Expect(exchange.Status).To(Equal(204))
		g.Expect(requests.Load()).To(BeEquivalentTo(4))
	}
}

// What may have happened is not asked for twice.
func TestAGatewayThatGotNoAnswerLosesWhatIsNotOnlyRead(t *testing.T) {
	g := NewWithT(t)
	client, _ := putOffTimes(t, 1, http.StatusBadGateway, "", 5*time.Second)

	exchange := client.Do(t.Context(), post)

	g.Expect(exchange.Err).To(Satisfy(is[*PutOffError]))
	g.Expect(exchange).To(HaveField("Lost", true))
	g.Expect(exchange.Tries()).To(HaveLen(1))
}

// An error of the API that says its type is the target's own answer.
func TestAnErrorOfTheAPIIsNoGateways(t *testing.T) {
	g := NewWithT(t)
	own := Exchange{Status: http.StatusServiceUnavailable, Answer: []byte(`{"error_type":"SERVICE_UNAVAILABLE","messages":[]}`)}
	g.Expect(own).NotTo(Satisfy(Exchange.isGateways))
	own.Answer = []byte("<html>")
	g.Expect(own).To(Satisfy(Exchange.isGateways))
}

// Nobody waits for a time that comes too late.
func TestATimeThatComesTooLateIsNotWaitedFor(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour).UTC().Format(http.TimeFormat)
	for _, retryAfter := range []string{"3600", "4294967295", tomorrow} {
		g := NewWithT(t)
		client, requests := putOffTimes(t, always, 429, retryAfter, time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()

		exchange := client.Do(ctx, post)

		g.Expect(ctx.Err()).NotTo(HaveOccurred())
		g.Expect(requests.Load()).To(BeEquivalentTo(1))
		g.Expect(Explain(exchange.Err)).To(And(HavePrefix("the target put the request off, with 429 and Retry-After"),
			ContainSubstring("RequestTimeout")))
		g.Expect(exchange.Err).NotTo(Satisfy(IsTimeout))
	}
}

func TestAFewTriesAreEnough(t *testing.T) {
	g := NewWithT(t)
	client, requests := putOffTimes(t, always, 503, "0", time.Minute)

	exchange := client.Do(t.Context(), post)

	g.Expect(exchange.Err).To(MatchError(ContainSubstring("put the request off, with 503")))
	g.Expect(requests.Load()).To(BeEquivalentTo(mostTries))
	g.Expect(exchange.Tries()).To(HaveLen(mostTries))
}

// A pause is no request in flight: a stop ends it, but not for who cleans up.
func TestAStopEndsThePause(t *testing.T) {
	g := NewWithT(t)
	var client *Client
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		client.Stop()
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()
	client = NewClient(Options{Target: server.URL, RequestTimeout: time.Minute})
	defer client.Close()

	exchange := client.Do(t.Context(), post)

	g.Expect(exchange.Err).To(MatchError(ErrStopped))
	g.Expect(exchange.Tries()).To(HaveLen(2))

	cleaner, _ := putOffTimes(t, 1, 429, "0", time.Minute)
	cleaner.Stop()
	cleaner.Stop()
	g.Expect(cleaner.Unstoppable().Do(t.Context(), post).Status).To(Equal(204))
}

func TestAnEndOfTheContextEndsThePause(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	waited := func(c *Client) bool { return c.wait(ctx, time.Hour) }
	g.Expect(NewClient(Options{})).NotTo(Satisfy(waited))
}

// The try without a login is seen, too.
func TestATransferWithALoginShowsTheTryWithout(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Token") == "" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	defer server.Close()
	client := NewClient(Options{Target: server.URL, RequestTimeout: time.Minute}).With("Token", "secret")
	defer client.Close()

	exchange := client.Transfer(t.Context(), server.URL+"/file", Request{Method: http.MethodGet})

	g.Expect(exchange.Status).To(Equal(200))
	tries := exchange.Tries()
	g.Expect(tries).To(HaveLen(2))
	g.Expect(tries[0].Status).To(Equal(401))
	g.Expect(tries[0].Request.Header).NotTo(HaveKey("Token"))
	g.Expect(tries[1].Request.Header).To(HaveKey("Token"))
}

// A target that puts off every few requests makes no run last for ever.
func TestARunThatWasPutOffForTooLongSendsARequestOnce(t *testing.T) {
	g := NewWithT(t)
	client, requests := putOffTimes(t, always, http.StatusTooManyRequests, "1", 5*time.Second)
	client.presence.putOff = mostPutOff * client.timeout

	exchange := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"})

	g.Expect(exchange.Err).To(Satisfy(is[*PutOffError]))
	g.Expect(requests.Load()).To(BeEquivalentTo(1))
}

// What nobody waits for must not leave the others without time.
func TestATimeThatComesTooLateTakesNoneFromOthers(t *testing.T) {
	g := NewWithT(t)
	client, _ := putOffTimes(t, always, http.StatusServiceUnavailable, "3600", 5*time.Second)

	exchange := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"})

	g.Expect(exchange.Err).To(Satisfy(is[*PutOffError]))
	g.Expect(client.presence.putOff).To(BeZero())
}
