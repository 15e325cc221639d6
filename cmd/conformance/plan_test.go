package main

import (
	"net/http"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
)

func TestAPlanAsksTheTargetNothing(t *testing.T) {
	g := NewWithT(t)
	asked := func(http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Error("asked", r.Method, r.URL) })
	}
	_, _, run := reference(t, fake.Options{}, asked)
	got := conformance(t, append(run, "--plan", "--focus", "download_session.cancel.ok ", "--header", "X-Gateway=secret")...)
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(And(MatchRegexp(`^A run with these settings judges \d+ behaviours on the reference server, with \d+ requests,\n\d+ creates and `),
		MatchRegexp(`(?m)^ +\d+ +download_session\.cancel$`)))
	refused := conformance(t, append(run, "--plan", "--read-only")...)
	g.Expect(one(g, refused.stderr)).To(ContainSubstring("--plan knows only runs that create"))
}
