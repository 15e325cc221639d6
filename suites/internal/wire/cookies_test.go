package wire

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// setsCookies answers with the cookies, and tells which came with each request.
func setsCookies(t *testing.T, set ...string) (url string, came chan string) {
	t.Helper()
	came = make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came <- r.Header.Get("Cookie")
		for _, cookie := range set {
			w.Header().Add("Set-Cookie", cookie)
		}
		fmt.Fprint(w, `{"value":"token"}`)
	}))
	t.Cleanup(server.Close)
	return server.URL, came
}

func TestCookiesOfABalancerGoBackAndThoseOfALoginDoNot(t *testing.T) {
	g := NewWithT(t)
	target, came := setsCookies(t, "NODE=a1; Path=/", "vmware-api-session-id=other; Path=/", "LOGIN=token; Path=/")
	client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
	t.Cleanup(client.Close)

	client.Do(t.Context(), post)
	g.Expect(<-came).To(BeEmpty())
	exchange := client.Do(t.Context(), post)
	g.Expect(<-came).To(Equal("NODE=a1"))
	g.Expect(exchange.Request.Header).NotTo(HaveKey("Cookie"), "reports show what is in it")
	client.Transfer(t.Context(), target+"/transfer", Request{Method: http.MethodGet})
	g.Expect(<-came).To(Equal("NODE=a1"))
}

// Another port is another origin, though a cookie does not know ports.
func TestCookiesStayAtTheTarget(t *testing.T) {
	g := NewWithT(t)
	target, _ := setsCookies(t, "NODE=a1; Path=/")
	elsewhere, came := setsCookies(t, "OTHER=b2; Path=/")
	client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
	t.Cleanup(client.Close)
	client.Do(t.Context(), post)

	for range 2 {
		client.Transfer(t.Context(), elsewhere, Request{Method: http.MethodGet})
		g.Expect(<-came).To(BeEmpty())
	}
}

func TestCookiesAreBounded(t *testing.T) {
	g := NewWithT(t)
	var set []string
	for i := range 2 * mostCookies {
		set = append(set, fmt.Sprintf("N%d=a", i))
	}
	target, came := setsCookies(t, set...)
	client := NewClient(Options{Target: target, RequestTimeout: 5 * time.Second})
	t.Cleanup(client.Close)
	client.Do(t.Context(), post)
	<-came
	client.Do(t.Context(), post)
	sent, err := http.ParseCookie(<-came)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(sent).To(HaveLen(mostCookies))
}
