package guide_test

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/guide"
	"session-conformance/reporters/report"
)

func result(service, operation string, outcome report.Outcome) report.Result {
	return report.Result{ID: service + "." + operation + ".ok", Service: service, Operation: operation, Binding: "api",
		Level: report.Must, Outcome: outcome}
}

func written(g *WithT, run *report.Run) string {
	var out bytes.Buffer
	g.Expect(guide.Write(&out, run, func(operation string) []string { return []string{"page of " + operation} })).To(Succeed())
	return out.String()
}

func TestTheGuideNamesWhatToBuildNext(t *testing.T) {
	g := NewWithT(t)
	g.Expect(guide.Operations).To(HaveLen(24))
	run := &report.Run{Bindings: []report.Binding{{Name: "api", Served: true}, {Name: "rest"}}, Summary: "not conformant"}
	g.Expect(written(g, run)).To(ContainSubstring("\n0 of 24 operations answer\nnext      build download_session.create\n          page of download_session.create\n"))

	missing := result("download_session", "get", report.Failed)
	missing.Message = "expected 200, got 404"
	missing.Failure = &report.Failure{Operation: "download_session.get", Answer: &report.Answer{Status: 404}, Wanted: &report.Answer{Status: 200}}
	run.Results = []report.Result{result("download_session", "create", report.Passed), missing, result("download_session", "get", report.Blocked),
		result("download_session", "list", report.Blocked)}
	text := written(g, run)
	g.Expect(text).To(MatchRegexp(`(?m)^download_session.create +1/1$`))
	g.Expect(text).To(MatchRegexp(`(?m)^download_session.get +does not answer yet$`))
	g.Expect(text).To(MatchRegexp(`(?m)^download_session.list +nothing holds yet$`))
	g.Expect(text).To(ContainSubstring("\n1 of 24 operations answer\nnext      build download_session.get: 2 results wait for it\n" +
		"          download_session.get.ok: expected 200, got 404\n"))

	run.Results[1].Failure.Answer.Type = "resource_busy"
	g.Expect(written(g, run)).To(ContainSubstring("next      mend download_session.get"), "a documented error is an answer")

	run.Results = run.Results[:1]
	g.Expect(written(g, run)).To(ContainSubstring("next      nothing: every operation does what is documented\n"))
}
