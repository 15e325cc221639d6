package wire

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// quietTLS serves with a certificate that nobody knows.
func quietTLS(t *testing.T) *httptest.Server {
	t.Helper()
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "bytes") }))
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(web.Close)
	return web
}

// clientThatWasTold is a client of a target that named the transfer endpoint.
func clientThatWasTold(t *testing.T, endpoint string) *Client {
	t.Helper()
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/cls/") {
			io.WriteString(w, "the target's own")
			return
		}
		io.WriteString(w, endpoint)
	}))
	t.Cleanup(target.Close)
	client := NewClient(Options{Target: target.URL + "/", RequestTimeout: 10 * time.Second})
	t.Cleanup(client.Close)
	NewWithT(t).Expect(client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/file"}).Err).NotTo(HaveOccurred())
	return client
}

func TestTransferEndpointsAreVerifiedByWhatTheyName(t *testing.T) {
	web := quietTLS(t)
	right := withColons(thumbprintOf(web.Certificate().Raw))
	other := strings.Repeat("00:", 19) + "11"
	whole := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}))
	member := func(name, value string) string {
		quoted, _ := json.Marshal(value)
		return fmt.Sprintf(",%q:%s", name, quoted)
	}
	for _, test := range []struct{ name, members, refused string }{
		{"its thumbprint", member(memberThumbprint, right), ""},
		{"its thumbprint, without colons", member(memberThumbprint, strings.ToLower(strings.ReplaceAll(right, ":", ""))), ""},
		{"its certificate", member(memberCertificate, whole), ""},
		{"its certificate, over a thumbprint", member(memberThumbprint, other) + member(memberCertificate, whole), ""},
		{"another thumbprint", member(memberThumbprint, other), "has a certificate with the thumbprint " + right + ", the transfer endpoint names " + other},
		{"nothing", "", "is not trusted"},
		{"no thumbprint", member(memberThumbprint, "unknown"), "is not trusted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			client := clientThatWasTold(t, fmt.Sprintf(`{"value":[{"name":"a","download_endpoint":{"uri":%q%s}}]}`,
				web.URL+"/a", test.members))
			for range 2 {
				got := client.Transfer(t.Context(), web.URL+"/a", Request{Method: http.MethodGet})
				if test.refused == "" {
					g.Expect(got.Err).NotTo(HaveOccurred())
					g.Expect(string(got.Answer)).To(Equal("bytes"))
					continue
				}
				g.Expect(got.Err).To(HaveOccurred())
				g.Expect(Explain(got.Err)).To(ContainSubstring(test.refused))
			}
			g.Expect(client.Transfer(t.Context(), web.URL+"/b", Request{Method: http.MethodGet}).Err).To(HaveOccurred(),
				"nobody named its certificate")
		})
	}
}

// An address on the way out of what is remembered takes nothing else with it.
func TestTrustIsBounded(t *testing.T) {
	g := NewWithT(t)
	trust := newTrust(&http.Transport{})
	for i := range mostEndpoints + 10 {
		trust.pin(fmt.Sprint(i), "00")
		trust.pin(fmt.Sprint(i), "11")
	}
	g.Expect(trust.pins).To(HaveLen(mostEndpoints))
	g.Expect(trust.named).To(HaveLen(mostEndpoints))
	g.Expect(trust.pins).To(And(HaveKeyWithValue("10", "11"), Not(HaveKey("9"))))
	for i := range mostPins + 3 {
		request := httptest.NewRequest(http.MethodGet, fmt.Sprintf("https://%d/", i), nil)
		trust.pin(request.URL.String(), "00")
		request = request.WithContext(context.WithValue(t.Context(), exchangeKey{}, &Exchange{URL: request.URL.String()}))
		g.Expect(trust.transport(request).DisableKeepAlives).To(Equal(i >= mostPins))
	}
	g.Expect(trust.pinned).To(HaveLen(mostPins))
}
