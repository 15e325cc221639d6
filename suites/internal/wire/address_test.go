package wire

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestRelativeTransferURLIsOfTheTarget(t *testing.T) {
	client := clientThatWasTold(t, `{}`)
	for _, address := range []string{"/cls/data/1", strings.TrimPrefix(client.target, "http:") + "/cls/data/1"} {
		g := NewWithT(t)
		got := client.Transfer(t.Context(), address, Request{Method: http.MethodGet})
		g.Expect(got.Err).NotTo(HaveOccurred())
		g.Expect(string(got.Answer)).To(Equal("the target's own"))
		g.Expect(got.URL).To(Equal(client.target + "/cls/data/1"))
	}
}

func TestTransferURLThatCannotBeAsked(t *testing.T) {
	client := clientThatWasTold(t, `{}`)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	listener.Close()
	closed := listener.Addr().String()
	for _, test := range []struct{ address, want string }{
		{"ds:///vmfs/volumes/1", `none of http or https (it begins with "ds:///vmfs`},
		{"esx.test:443/a", "none of http or https"},
		{"http://" + closed + "/a", "the host " + closed + ", which the target names for transfers, cannot be reached from here"},
		{"http://no-such-host.invalid/a", "the host no-such-host.invalid, which the target names for transfers, cannot be reached from here"},
	} {
		t.Run(test.address, func(t *testing.T) {
			g := NewWithT(t)
			got := client.Transfer(t.Context(), test.address, Request{Method: http.MethodGet})
			g.Expect(got.Err).To(HaveOccurred())
			g.Expect(Explain(got.Err)).To(And(ContainSubstring(test.want), Not(ContainSubstring("unsupported")),
				Not(ContainSubstring("Target"))))
		})
	}
}

func TestRedirectsToAnOrigin(t *testing.T) {
	for _, test := range []struct {
		status       int
		location, to string
	}{
		{301, "https://sso.example:8443/login?from=1", "https://sso.example:8443"},
		{302, "//other.example/a", "http://other.example"},
		{307, "/login", "itself"},
		{307, "https://user:password@sso.example/", "https://sso.example"},
		{302, "", ""},
		{302, "http://[", ""},
		{201, "https://sso.example/made", ""},
	} {
		t.Run(test.location, func(t *testing.T) {
			g := NewWithT(t)
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", test.location)
				w.WriteHeader(test.status)
			}))
			defer web.Close()
			client := NewClient(Options{Target: web.URL, RequestTimeout: 10 * time.Second})
			defer client.Close()
			got := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/a/b"})
			g.Expect(got.RedirectsTo()).To(Equal(strings.Replace(test.to, "itself", web.URL, 1)))
			status, body, err := client.Call(t.Context(), http.MethodGet, "/a/b", nil, nil)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(status).To(Equal(test.status))
			g.Expect(string(body)).To(HaveSuffix(got.RedirectsTo()))
		})
	}
}
