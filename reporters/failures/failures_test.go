package failures_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/failures"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func told(g Gomega, run *report.Run, limit int) string {
	var out bytes.Buffer
	g.Expect(failures.Write(&out, run, limit)).To(Succeed())
	return out.String()
}

// tokens are about as many as a text has for a language model.
func tokens(text string) int { return (len([]rune(text)) + 3) / 4 }

func TestFailuresAreToldInFewWords(t *testing.T) {
	goldie.New(t, goldie.WithNameSuffix(".txt")).Assert(t, "every-outcome", []byte(told(NewWithT(t), reporttest.Run(), 3)))
}

// long is a text that no real target sends in such a place.
func long(word string) string { return strings.Repeat(word+" ", 1000) }

// failing is a run in which one behaviour after another fails in many variants
// with all texts as long as can be.
func failing(results, causes int) *report.Run {
	run := reporttest.Run()
	run.Results, run.Target.URL = nil, "https://vc.example/"+strings.Repeat("a", 100)
	run.Summary = long("not conformant")
	for i := range results {
		cause := i % causes
		run.Results = append(run.Results, report.Result{
			ID: fmt.Sprintf("updatesession.file.validate.cause_%d", cause), Service: "updatesession.file", Operation: "validate",
			Binding: "legacy", Route: "action", Representation: fmt.Sprint("json", i/causes),
			Level: report.Must, Outcome: report.Failed, Promise: long("promises"), Clause: long("clause"), LookAt: long("look"),
			Message: "expected " + long("this") + ", got " + long("that") + "\n" + strings.Repeat(long("detail")+"\n", 50),
			Exchanges: []report.Exchange{{
				Method: "POST", URL: run.Target.URL + long("/path"), Status: 200,
				Request: report.Message{Body: long("sent")}, Response: report.Message{Body: long("came")},
			}},
		})
	}
	for i := range results {
		run.Results = append(run.Results, report.Result{
			ID: fmt.Sprint("update_session.get.blocked_", i), Binding: "api", Level: report.Must, Outcome: report.Blocked,
			BlockedBy: "updatesession.file.validate.cause_0",
		})
	}
	run.Counts = report.Count(run.Results)
	return run
}

func TestEvenTheWorstFailuresAreShort(t *testing.T) {
	g := NewWithT(t)
	one := told(g, failing(1, 1), failures.DefaultLimit)
	g.Expect(tokens(one)).To(BeNumerically("<=", 600), one)
	g.Expect(one).To(ContainSubstring("blocks: 1 other result\n"))

	hundred := told(g, failing(100, 3), failures.DefaultLimit)
	g.Expect(tokens(hundred)).To(BeNumerically("<=", 3000), hundred)
	g.Expect(strings.Count(hundred, "FAILED ")).To(Equal(3))
}

func TestTheLimitIsKeptAndTold(t *testing.T) {
	g := NewWithT(t)
	got := told(g, failing(100, 50), 2)
	g.Expect(strings.Count(got, "FAILED ")).To(Equal(2))
	g.Expect(got).To(HaveSuffix("not told here: 48 more failures\n"))
}

func TestARunWithoutFailuresIsItsVerdict(t *testing.T) {
	g := NewWithT(t)
	run := &report.Run{Verdict: report.Conformant, Summary: "conformant: 2 behaviours passed"}
	g.Expect(told(g, run, failures.DefaultLimit)).To(Equal("conformant: 2 behaviours passed\n"))
}
