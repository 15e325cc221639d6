package html

import (
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// The slowest answer has the longest bar, and no bar is longer than one that
// holds it.
func TestTheBarsOfLatenciesAreSeen(t *testing.T) {
	for screen, size := range screens {
		t.Run(screen, func(t *testing.T) {
			g := NewWithT(t)
			run := reporttest.Run()
			ctx := opened(t, run, chromedp.EmulateViewport(size[0], size[1]))
			bars := consumertest.Ask[[][]float64](t, ctx, `(() => {
				for (const one of document.querySelectorAll("details")) one.open = true;
				return [...document.querySelectorAll("svg.latency")].map((svg) => [...svg.querySelectorAll("rect")].map((bar) => bar.getBoundingClientRect().width));
			})()`)
			g.Expect(bars).To(HaveLen(len(run.Cost.Operations)))
			slowest := run.Cost.Slowest()
			for i, one := range run.Cost.Operations {
				g.Expect(bars[i]).To(HaveLen(3))
				for part, milliseconds := range []float64{one.MostMS, one.P95MS, one.MedianMS} {
					g.Expect(bars[i][part]).To(BeNumerically("~", 256*milliseconds/slowest.MostMS, 1), one.Operation)
				}
			}
			g.Expect(consumertest.Ask[[]string](t, ctx, tooWide)).To(BeEmpty())
			keep(t, ctx, "cost-"+screen)
		})
	}
}

func TestAnOldRunHasNoCost(t *testing.T) {
	run := reporttest.Run()
	run.Cost = report.Cost{}
	elements(t, string(reporttest.Written(t, Write, run)), func(node *html.Node) {
		NewWithT(t).Expect(attribute(node, "id")).NotTo(Equal("cost-heading"))
	})
}
