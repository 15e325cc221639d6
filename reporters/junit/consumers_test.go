package junit

import (
	"encoding/json"
	"testing"

	parser "github.com/joshdk/go-junit"
	. "github.com/onsi/gomega"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// seen is a case as a reader of JUnit sees it.
type seen struct {
	Name    string
	Status  string
	Message string
	Text    string
}

// readers are parsers that others wrote.
var readers = map[string]func(*testing.T, []byte) []seen{
	"go-junit": func(t *testing.T, data []byte) (cases []seen) {
		g := NewWithT(t)
		suites, err := parser.Ingest(data)
		g.Expect(err).NotTo(HaveOccurred())
		for _, suite := range suites {
			for _, test := range suite.Tests {
				one := seen{Name: test.Name, Status: string(test.Status), Message: test.Message}
				if problem, ok := test.Error.(parser.Error); ok {
					one.Message, one.Text = problem.Message, problem.Body
				}
				cases = append(cases, one)
			}
		}
		return cases
	},
	"junit2json": func(t *testing.T, data []byte) (cases []seen) {
		read := consumertest.Node(t, "junit2json", "testdata/read.js", data)
		NewWithT(t).Expect(json.Unmarshal(read, &cases)).To(Succeed(), "%s", read)
		return cases
	},
}

func TestOtherParsersReadTheSame(t *testing.T) {
	run := reporttest.Run()
	want := map[string]int{
		"passed": run.Counts.Passed + run.Counts.Warned + run.Counts.Observed, "failed": run.Counts.Failed + run.Counts.TimedOut,
		"error": run.Counts.Fault, "skipped": run.Counts.Skipped + run.Counts.Blocked + run.Counts.NotRun + run.Counts.Waived,
	}
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			counts, messages := map[string]int{}, map[string]seen{}
			for _, one := range read(t, reporttest.Written(t, Write, run)) {
				counts[one.Status]++
				messages[one.Name] = one
			}
			g.Expect(counts).To(Equal(want))
			for _, result := range run.Results {
				one := caseOf(run, result, cardsOf(run))
				g.Expect(messages).To(HaveKey(one.Name))
				if one.Failure != nil {
					g.Expect(messages[one.Name].Message).To(Equal(one.Failure.Message))
					g.Expect(messages[one.Name].Text).To(Equal(one.Failure.Text), "what the target sent survives")
				}
			}
		})
	}
}

func TestTheSchemaAcceptsEveryRun(t *testing.T) {
	for name, run := range map[string]*report.Run{
		"every outcome": reporttest.Run(),
		"unusable":      {Verdict: report.Unusable, Summary: reporttest.Hostile},
		"nothing":       {Verdict: report.Conformant, Summary: "x"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			findings := consumertest.Node(t, "xmllint-wasm", "testdata/validate.js", reporttest.Written(t, Write, run))
			g.Expect(string(findings)).To(BeEmpty())
		})
	}
	t.Run("it refuses", func(t *testing.T) {
		g := NewWithT(t)
		findings := consumertest.Node(t, "xmllint-wasm", "testdata/validate.js", []byte(`<testsuites name="x" tests="1"/>`))
		g.Expect(string(findings)).To(ContainSubstring("'failures' is required"))
	})
}
