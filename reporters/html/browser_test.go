package html

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// address is the page of the run, as a file.
func address(t testing.TB, run *report.Run) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.html")
	file, err := os.Create(path)
	if err == nil {
		err = Write(file, run)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return "file://" + path
}

// screens are the widths and heights of a desk and of a phone.
var screens = map[string][2]int64{"desktop": {1280, 900}, "phone": {360, 740}}

// opened is the page of the run, in a browser, with all of it open.
func opened(t *testing.T, run *report.Run, before ...chromedp.Action[chromedp.Void]) context.Context {
	t.Helper()
	ctx := consumertest.Browser(t)
	steps := append(before, chromedp.Navigate(address(t, run)),
		chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach((d) => { d.open = true; })`))
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// Nothing is wider than the screen, whatever is open, and a picture can be
// looked at in the folder that CONFORMANCE_SCREENSHOTS names.
func TestThePageFitsEveryScreen(t *testing.T) {
	runs := map[string]*report.Run{"": reporttest.Run(), "-clashing": reporttest.Clashing()}
	for name, size := range screens {
		for suffix, run := range runs {
			t.Run(name+suffix, func(t *testing.T) { fits(t, run, size, name+suffix) })
		}
	}
}

func fits(t *testing.T, run *report.Run, size [2]int64, name string) {
	g := NewWithT(t)
	ctx := opened(t, run, chromedp.EmulateViewport(size[0], size[1]))
	g.Expect(consumertest.Ask[[]string](t, ctx, tooWide)).To(BeEmpty())
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
	g.Expect(err).NotTo(HaveOccurred())
	if folder := os.Getenv("CONFORMANCE_SCREENSHOTS"); folder != "" {
		g.Expect(os.WriteFile(filepath.Join(folder, name+".jpg"), picture, 0o600)).To(Succeed())
	}
}

// The bars of what is not explained are seen, and seen as that.
func TestTheTimelineIsDrawn(t *testing.T) {
	g := NewWithT(t)
	ctx := opened(t, reporttest.Clashing(), chromedp.EmulateViewport(screens["desktop"][0], screens["desktop"][1]))

	colours := consumertest.Ask[[]string](t, ctx, `[...document.querySelectorAll("svg.timeline rect")]
		.filter((bar) => bar.getBoundingClientRect().width > 0).map((bar) => getComputedStyle(bar).fill)`)

	g.Expect(colours).To(HaveLen(4))
	g.Expect(colours[0]).To(Equal(colours[1]))
	g.Expect(colours[2:]).NotTo(ContainElement(colours[0]))
}

// tooWide names the elements that reach beyond the screen, but for those in a
// box that scrolls by itself.
const tooWide = `(() => {
	const scrolls = (e) => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement));
	const names = wide.map((e) => e.tagName + "." + e.className + ": " + e.textContent.slice(0, 40));
	return document.documentElement.scrollWidth > innerWidth ? ["the page itself", ...names] : names;
})()`

func TestThePageIsAccessible(t *testing.T) {
	expectAccessible(t, reporttest.Run(), "all")
}

// As --exchanges all leaves it: what passed shows its exchanges, too.
func TestThePageIsAccessibleWithAllExchanges(t *testing.T) {
	run := reporttest.Run()
	var shown []report.Exchange
	for _, result := range run.Results {
		shown = append(shown, result.Exchanges...)
	}
	for i := range run.Results {
		if len(run.Results[i].Exchanges) == 0 {
			run.Results[i].Exchanges = shown
		}
	}
	expectAccessible(t, run, "all-exchanges")
}

// expectAccessible lets axe-core look at the page in light and in dark, with all
// of it open, and keeps a picture under the name.
func expectAccessible(t *testing.T, run *report.Run, name string) {
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			g := NewWithT(t)
			ctx := opened(t, run, consumertest.Prefers(scheme))
			g.Expect(consumertest.Accessible(t, ctx)).To(BeEmpty())
			keep(t, ctx, name+"-"+scheme)
		})
	}
}

// What the filters show is what the run counts.
func TestFiltersShowWhatTheRunCounts(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	ctx := opened(t, run)
	visible := func(steps ...chromedp.Action[chromedp.Void]) int {
		g.Expect(chromedp.Do(ctx, steps...)).To(Succeed())
		return consumertest.Ask[int](t, ctx, `[...document.querySelectorAll("#rows tr")].filter((r) => r.checkVisibility()).length`)
	}
	choose := func(name, value string) chromedp.Action[chromedp.Void] {
		return chromedp.Evaluate[chromedp.Void](`(() => { const s = document.getElementById("` + name + `"); s.value = "` + value + `"; s.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	}
	until := func(condition string) chromedp.Action[chromedp.Void] { return chromedp.Poll[chromedp.Void](condition) }

	g.Expect(visible()).To(Equal(run.Counts.Total))
	for _, outcome := range report.Outcomes {
		g.Expect(visible(choose("outcome", string(outcome)))).To(Equal(run.Counts.Of(outcome)), string(outcome))
	}
	g.Expect(visible(chromedp.Click(`form button[type=reset]`),
		until(`document.getElementById("shown").textContent.startsWith(document.querySelectorAll("#rows tr").length + " of ")`))).To(Equal(run.Counts.Total))
	// A key of the browser's protocol is typed even where the page prevents it.
	slash := chromedp.Evaluate[chromedp.Void](`document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }))`)
	g.Expect(visible(slash, until(`document.activeElement.id === "search"`), chromedp.KeyEvent("cancel.ok"))).
		To(Equal(countOf(run, func(r report.Result) bool { return r.ID == "download_session.cancel.ok" })),
			"the slash leads to the search")
	g.Expect(visible(chromedp.KeyEvent(" nothing has this"))).To(BeZero())
	g.Expect(visible(chromedp.Click(`.matrix button[data-service="download_session"][data-operation="create"][data-binding="api"]`),
		until(`/operation create/.test(document.getElementById("shown").textContent)`))).
		To(Equal(countOf(run, func(r report.Result) bool {
			return r.Service == "download_session" && r.Operation == "create" && r.Binding == "api"
		})))
}

func countOf(run *report.Run, fits func(report.Result) bool) (n int) {
	for _, result := range run.Results {
		if fits(result) {
			n++
		}
	}
	return n
}

// BenchmarkOpen measures from the request for the page of 2,000 results until
// it is drawn and filtered once.
func BenchmarkOpen(b *testing.B) {
	ctx, page := consumertest.Browser(b), address(b, many(2000))
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := chromedp.Do(ctx, chromedp.Navigate(page),
			chromedp.Poll[chromedp.Void](`/^2000 of 2000/.test(document.getElementById("shown").textContent)`)); err != nil {
			b.Fatal(err)
		}
	}
}
