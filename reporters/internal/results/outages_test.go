package results

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

func TestOutagesAreALineForEachCause(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Outages(nil)).To(BeEmpty())
	began := time.Date(2026, 3, 4, 5, 6, 7, 8_000_000, time.UTC)
	stops := report.Outage{Began: began, DurationMS: new(600.0), By: "update_session.fail.ok [api]", Before: []string{"POST /fail"}}
	g.Expect(Outages([]report.Outage{
		stops,
		{Began: began, DurationMS: new(1500.0), Before: []string{"POST /a", "POST /b", "POST /c", "POST /d"}},
		stops,
		{Began: began, UnderWay: []string{"PUT /e"}, Before: []string{"POST /a"}},
		{Began: began},
	})).To(HaveExactElements(
		"the target stopped answering 2 times, for 1.2 s in all, because of update_session.fail.ok [api]",
		"the target stopped answering at 05:06:07.008 UTC for 1.5 s; answered last were POST /a, POST /b, POST /c and 1 more",
		"the target stopped answering at 05:06:07.008 UTC and did not come back; under way were PUT /e",
		"the target stopped answering at 05:06:07.008 UTC and did not come back",
	))
}

func TestOutagesHaveAnEnd(t *testing.T) {
	g := NewWithT(t)
	lines := Outages(make([]report.Outage, 100))
	g.Expect(lines).To(HaveLen(mostOutages + 1))
	g.Expect(lines[mostOutages]).To(Equal("and 95 more, see --json"))
}
