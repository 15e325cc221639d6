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

// ask evaluates an expression on the page.
func ask[T any](t *testing.T, ctx context.Context, expression string, options ...chromedp.EvaluateOption) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// Nothing is wider than the screen, whatever is open, and a picture can be
// looked at in the folder that CONFORMANCE_SCREENSHOTS names.
func TestThePageFitsEveryScreen(t *testing.T) {
	for name, size := range screens {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			ctx := opened(t, reporttest.Run(), chromedp.EmulateViewport(size[0], size[1]))
			g.Expect(ask[[]string](t, ctx, tooWide)).To(BeEmpty())
			picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
			g.Expect(err).NotTo(HaveOccurred())
			if folder := os.Getenv("CONFORMANCE_SCREENSHOTS"); folder != "" {
				g.Expect(os.WriteFile(filepath.Join(folder, name+".jpg"), picture, 0o600)).To(Succeed())
			}
		})
	}
}

// tooWide names the elements that reach beyond the screen, but for those in a
// box that scrolls by itself.
const tooWide = `(() => {
	const scrolls = (e) => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement));
	const names = wide.map((e) => e.tagName + "." + e.className + ": " + e.textContent.slice(0, 40));
	return document.documentElement.scrollWidth > innerWidth ? ["the page itself", ...names] : names;
})()`

// axe-core looks at the page in light and in dark, with all of it open.
func TestThePageIsAccessible(t *testing.T) {
	axe := consumertest.Script(t, "axe-core/axe.min.js")
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			g := NewWithT(t)
			ctx := opened(t, reporttest.Run(), prefers(scheme))
			ask[chromedp.Void](t, ctx, axe)
			g.Expect(ask[[]string](t, ctx, findings, chromedp.EvalAwaitPromise)).To(BeEmpty())
		})
	}
}

// findings are axe's, in one line each.
const findings = `axe.run().then((result) => result.violations.map((v) =>
	v.impact + " " + v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | ")))`

// What the filters show is what the run counts.
func TestFiltersShowWhatTheRunCounts(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	ctx := opened(t, run)
	visible := func(steps ...chromedp.Action[chromedp.Void]) int {
		g.Expect(chromedp.Do(ctx, steps...)).To(Succeed())
		return ask[int](t, ctx, `[...document.querySelectorAll("#rows tr")].filter((r) => r.checkVisibility()).length`)
	}
	choose := func(name, value string) chromedp.Action[chromedp.Void] {
		return chromedp.Evaluate[chromedp.Void](`(() => { const s = document.getElementById("` + name + `"); s.value = "` + value + `"; s.dispatchEvent(new Event("input", { bubbles: true })); })()`)
	}
	until := func(condition string) chromedp.Action[chromedp.Void] { return chromedp.Poll[chromedp.Void](condition) }

	g.Expect(visible()).To(Equal(run.Counts.Total))
	for _, outcome := range report.Outcomes {
		g.Expect(visible(choose("outcome", string(outcome)))).To(Equal(run.Counts.Of(outcome)), string(outcome))
	}
	g.Expect(visible(chromedp.Click(`form button[type=reset]`), until(`document.getElementById("shown").textContent.startsWith(document.querySelectorAll("#rows tr").length + " of ")`))).To(Equal(run.Counts.Total))
	// A key of the browser's protocol is typed even where the page prevents it.
	slash := chromedp.Evaluate[chromedp.Void](`document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }))`)
	g.Expect(visible(slash, until(`document.activeElement.id === "search"`), chromedp.KeyEvent("cancel.ok"))).
		To(Equal(countOf(run, func(r report.Result) bool { return r.ID == "download_session.cancel.ok" })), "the slash leads to the search")
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
		if err := chromedp.Do(ctx, chromedp.Navigate(page), chromedp.Poll[chromedp.Void](`/^2000 of 2000/.test(document.getElementById("shown").textContent)`)); err != nil {
			b.Fatal(err)
		}
	}
}
