package suites_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// judgeTransfers judges a target's files.
func judgeTransfers(t *testing.T, target string, focus ...string) (*report.Run, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	return suites.Run(ctx, suites.Options{
		Target: target, Username: "admin", Password: "secret", LabelFilter: "api || rest", Focus: focus,
		Seed: 1, RequestTimeout: 5 * time.Second, NoReplay: true,
	})
}

// transferHost serves a target's transfers by TLS, with a certificate that
// nobody but its endpoints names.
func transferHost(t *testing.T, options fake.Options) (target string) {
	t.Helper()
	var right *fake.Server
	transfers := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { right.ServeHTTP(w, r) }))
	transfers.Config.ErrorLog = log.New(io.Discard, "", 0)
	transfers.StartTLS()
	t.Cleanup(transfers.Close)
	if options.Certificate == nil {
		options.Certificate = transfers.Certificate()
	}
	right, err := fake.New(options)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(right.Close)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host, r.TLS = strings.TrimPrefix(transfers.URL, "https://"), &tls.ConnectionState{}
		right.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web.URL
}

func accusations(run *report.Run) (found []string) {
	for _, result := range run.Results {
		if !result.Outcome.Right() && result.Outcome != report.Skipped && result.Outcome != report.Observed {
			found = append(found, string(result.Outcome)+" "+result.ID+": "+result.Message)
		}
	}
	return found
}

func TestTransfersAtAHostThatIsKnownByItsThumbprint(t *testing.T) {
	g := NewWithT(t)
	target := transferHost(t, fake.Options{})
	run, err := judgeTransfers(t, target, `updatesession\.file\.push`, `downloadsession\.file\.transfer`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(accusations(run)).To(BeEmpty())
	g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
	g.Expect(run.Summary).NotTo(ContainSubstring(" 0 behaviours passed"))
}

func TestTransferURLsThatAreRelative(t *testing.T) {
	g := NewWithT(t)
	var host string
	right, err := fake.New(fake.Options{Rewrite: func(_ *fake.Call, answer *fake.Answer) {
		answer.Body = bytes.ReplaceAll(answer.Body, []byte(host+"/cls/"), []byte("/cls/"))
	}})
	g.Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(right)
	t.Cleanup(web.Close)
	t.Cleanup(right.Close)
	host = web.URL
	run, err := judgeTransfers(t, web.URL, `updatesession\.file\.push`, `downloadsession\.file\.transfer`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(accusations(run)).To(BeEmpty())
	g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
}

func TestTransferHostThatCannotBeReachedIsNamed(t *testing.T) {
	g := NewWithT(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	listener.Close()
	closed := listener.Addr().String()
	right, err := fake.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = closed
		right.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	t.Cleanup(right.Close)
	run, err := judgeTransfers(t, web.URL, `updatesession\.file\.push`, `downloadsession\.file\.transfer`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Verdict).NotTo(Equal(report.Conformant), "nothing could be judged")
	cause := ": the host " + closed + ", which the target names for transfers, cannot be reached from here"
	g.Expect(accusations(run)).To(And(Not(BeEmpty()), HaveEach(And(HavePrefix("blocked "), ContainSubstring(cause)))))
}

func TestTransferHostWithAnotherCertificateThanItsEndpointsName(t *testing.T) {
	g := NewWithT(t)
	other := &x509.Certificate{Raw: []byte("another")}
	target := transferHost(t, fake.Options{Certificate: other})
	run, err := judgeTransfers(t, target, `updatesession\.file\.push`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Verdict).To(Equal(report.NotConformant), run.Summary)
	g.Expect(accusations(run)).To(ContainElement(HavePrefix("failed updatesession.file.push.put: ")))
	g.Expect(accusations(run)).To(HaveEach(And(
		Or(HavePrefix("failed updatesession.file.push.put: "), HavePrefix("blocked ")),
		ContainSubstring("has a certificate with the thumbprint"))))
}
