// It judges many servers; make test runs it without the race detector.

//go:build !race

package suites_test

import (
	"bytes"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/guide"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// growing is a server that answers a part of the operations, as one does that is being
// built.
func growing(t *testing.T, built []guide.Operation) (url string) {
	missing := func(operation string) bool {
		named := slices.ContainsFunc(guide.Operations, func(o guide.Operation) bool { return o.String() == operation })
		return named && !slices.ContainsFunc(built, func(o guide.Operation) bool { return o.String() == operation })
	}
	server, err := fake.New(fake.Options{
		Around: func(asked *fake.Call, do func() (any, error)) (any, error) {
			if missing(asked.Operation) {
				return nil, fake.Refuse("operation_not_found", "not built yet")
			}
			return do()
		},
		Rewrite: func(asked *fake.Call, answer *fake.Answer) {
			if missing(asked.Operation) {
				*answer = fake.Answer{Status: 404, ContentType: "text/plain", Body: []byte("404 page not found\n")}
			}
		},
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	return web.URL
}

// A server grows from nothing in ten steps: at each the guide names the operation that
// comes next, and at the end there is none.
func TestTheGuideLeadsFromNothingToConformant(t *testing.T) {
	steps := []int{0, 1, 3, 5, 7, 9, 12, 15, 18, 21, len(guide.Operations)}
	for _, built := range steps {
		g := NewWithT(t)
		run, err := suites.Run(t.Context(), suites.Options{
			Target: growing(t, guide.Operations[:built]), Username: "admin", Password: "secret", LabelFilter: "api",
			NoReplay: true, Once: true, LongestWait: time.Second,
		})
		g.Expect(err).NotTo(HaveOccurred())
		next, _ := guide.Next(run)
		if built == len(guide.Operations) {
			g.Expect(run.Verdict).To(Equal(report.Conformant), run.Summary)
			g.Expect(next).To(Equal(guide.Progress{}))
			continue
		}
		var text bytes.Buffer
		g.Expect(guide.Write(&text, run, func(string) []string { return nil })).To(Succeed())
		g.Expect(next.Operation).To(Equal(guide.Operations[built]), "%d built\n%s", built, text.String())
		g.Expect(text.String()).To(ContainSubstring("next      build " + guide.Operations[built].String()))
		g.Expect(text.String()).To(MatchRegexp(`\n\d+ of 24 operations answer\n`))
	}
}
