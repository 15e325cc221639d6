package report_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func TestExitCodes(t *testing.T) {
	g := NewWithT(t)
	for verdict, code := range map[report.Verdict]int{
		report.Conformant: 0, report.NotConformant: 1, report.Unusable: 3, report.Faulty: 4, report.Interrupted: 130, "": 4,
	} {
		g.Expect(verdict.ExitCode()).To(Equal(code), string(verdict))
	}
}

func TestARunTellsItsExitCode(t *testing.T) {
	g := NewWithT(t)
	g.Expect((&report.Run{Verdict: report.Unusable}).Exit()).To(Equal(3))
	g.Expect((&report.Run{Verdict: report.Unusable, ExitCode: new(report.WrongUsage)}).Exit()).To(Equal(2))
}

func TestCount(t *testing.T) {
	g := NewWithT(t)
	counts := report.Count(reporttest.Run().Results)
	sum := 0
	for _, outcome := range report.Outcomes {
		g.Expect(counts.Of(outcome)).To(BeNumerically(">", 0), string(outcome))
		sum += counts.Of(outcome)
	}
	g.Expect(sum).To(Equal(counts.Total))
	g.Expect(counts.Of("unknown")).To(BeZero())
}

func TestMessageText(t *testing.T) {
	g := NewWithT(t)
	g.Expect(report.Message{Body: "AP8=", Encoding: "base64"}.Text()).To(Equal("\x00\xff"))
	g.Expect(report.Message{Body: "AP8"}.Text()).To(Equal("AP8"))
	g.Expect(report.Message{Body: "broken!", Encoding: "base64"}.Text()).To(Equal("broken!"))
	g.Expect(report.Message{Header: map[string][]string{"Content-Type": {"text/xml"}}}.ContentType()).To(Equal("text/xml"))
	g.Expect(report.Message{}.ContentType()).To(BeEmpty())
}
