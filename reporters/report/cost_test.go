package report_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

func TestTheCostOfTwoRunsIsTheirSum(t *testing.T) {
	g := NewWithT(t)
	one := report.Cost{Requests: 4, Creates: 1, Logins: 1, BytesSent: 10, BytesReceived: 20, Operations: []report.OperationCost{
		{Operation: "a", Requests: 3, Answered: 3, LongestAnswer: 9, MedianMS: 1, P95MS: 2, MostMS: 4},
		{Operation: "c", Requests: 1},
	}}
	other := report.Cost{Requests: 3, Creates: 2, Logins: 1, BytesSent: 1, BytesReceived: 2, Operations: []report.OperationCost{
		{Operation: "a", Requests: 1, Answered: 1, LongestAnswer: 12, MedianMS: 5, P95MS: 6, MostMS: 3},
		{Operation: "b", Requests: 1, Answered: 1, LongestAnswer: 2, MedianMS: 7, P95MS: 7, MostMS: 7},
		{Operation: "c", Requests: 1},
	}}
	sum := report.Cost{Requests: 7, Creates: 3, Logins: 2, BytesSent: 11, BytesReceived: 22, Operations: []report.OperationCost{
		{Operation: "a", Requests: 4, Answered: 4, LongestAnswer: 12, MedianMS: 2, P95MS: 3, MostMS: 4},
		{Operation: "b", Requests: 1, Answered: 1, LongestAnswer: 2, MedianMS: 7, P95MS: 7, MostMS: 7},
		{Operation: "c", Requests: 2},
	}}
	g.Expect(one.Plus(other)).To(Equal(sum))
	g.Expect(other.Plus(one)).To(Equal(sum))
	g.Expect(one.Plus(report.Cost{})).To(Equal(one))
	g.Expect(one.Operations).To(HaveLen(2), "it is as it was")
	g.Expect(sum.Slowest().Operation).To(Equal("b"))
	g.Expect(sum.Longest().Operation).To(Equal("a"))
	g.Expect(report.Cost{}.Slowest()).To(BeZero())
}
