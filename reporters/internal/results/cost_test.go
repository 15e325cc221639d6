package results

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

func TestCostIsASentence(t *testing.T) {
	g := NewWithT(t)
	cost := report.Cost{Requests: 7376, Creates: 1234, Logins: 5, BytesSent: 3_100_000, BytesReceived: 999,
		Operations: []report.OperationCost{
			{Operation: "a", Requests: 1, Answered: 1, LongestAnswer: 12_345, MostMS: 2},
			{Operation: "b", Requests: 1, Answered: 1, LongestAnswer: 3, MostMS: 1234},
		}}
	g.Expect(Cost(cost)).To(Equal("asked 7,376 requests, 1,234 creates and 5 logins among them; 3.1 MB sent, 999 B received; slowest b, 1.2 s"))
	g.Expect(LongestAnswer(cost)).To(Equal("longest answer a, 12.3 kB"))
	cost.Operations = nil
	g.Expect(Cost(cost)).To(HaveSuffix("999 B received"), "nothing was answered")
	g.Expect(LongestAnswer(cost)).To(BeEmpty())
	g.Expect(Cost(report.Cost{})).To(BeEmpty())
}

func TestUnitsGrowWithTheNumber(t *testing.T) {
	g := NewWithT(t)
	for n, want := range map[int64]string{0: "0 B", 1000: "1.0 kB", 999_949: "999.9 kB",
		999_950: "1.0 MB", 1_500_000_000: "1.5 GB"} {
		g.Expect(Bytes(n)).To(Equal(want))
	}
	for ms, want := range map[float64]string{0.04: "0.0 ms", 999.9: "999.9 ms", 999.96: "1.0 s"} {
		g.Expect(Latency(ms)).To(Equal(want))
	}
}
