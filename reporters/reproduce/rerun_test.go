package reproduce_test

import (
	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
	"testing"

	. "github.com/onsi/gomega"
)

func TestRerun(t *testing.T) {
	g := NewWithT(t)
	run := &report.Run{Target: report.Target{URL: "https://vc.example:8443/", Release: "7.0u2"},
		Options: report.Options{Strict: true}}
	g.Expect(reproduce.Rerun(run, report.Result{ID: "a.b.c"})).To(Equal("conformance run --target https://vc.example:8443/ --release 7.0u2 --strict --focus 'a.b.c '"))

	g.Expect(reproduce.Rerun(&report.Run{Target: report.Target{Bundled: true, URL: "http://127.0.0.1:1"}},
		report.Result{ID: "a.b"})).To(Equal("conformance run --focus 'a.b '"))
	g.Expect(reproduce.Rerun(&report.Run{Target: report.Target{URL: "http://x/$(id)'"}},
		report.Result{ID: "a"})).To(Equal(`conformance run --target 'http://x/$(id)'\''' --focus 'a '`))

	found := report.Result{ID: "a.b", Failure: &report.Failure{Script: "a.b session 1 (api)\n"}}
	g.Expect(reproduce.Rerun(run, found)).To(Equal("conformance explore --target https://vc.example:8443/ --release 7.0u2 --strict --replay a.b.history"))
}
