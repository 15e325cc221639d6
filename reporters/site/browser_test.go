package site

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"session-conformance/reporters/internal/consumertest"
)

// opened is the site of the four runs in a browser.
func opened(t *testing.T, before ...chromedp.Action[chromedp.Void]) context.Context {
	t.Helper()
	folder := t.TempDir()
	for path, text := range made(t, months(), unchanged) {
		file := filepath.Join(folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx := consumertest.Browser(t)
	if err := chromedp.Do(ctx, append(before, chromedp.Navigate("file://"+filepath.Join(folder, "index.html")))...); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func TestFiltersAndDifferences(t *testing.T) {
	g := NewWithT(t)
	ctx := opened(t)
	rows := func(change string) []string {
		return consumertest.Ask[[]string](t, ctx, `(() => { `+change+`;
			document.getElementById("filter").dispatchEvent(new Event("input"));
			return [...document.querySelectorAll("#matrix tbody tr")].filter((r) => r.checkVisibility()).map((r) => r.cells[0].textContent); })()`)
	}
	g.Expect(rows("")).To(Equal([]string{"s.a", "s.b", "s.new", "s.old"}))
	g.Expect(rows(`document.getElementById("wrong").checked = true`)).To(Equal([]string{"s.a", "s.b"}))
	g.Expect(rows(`document.getElementById("search").value = "S.B"`)).To(Equal([]string{"s.b"}))

	changed := `[...document.querySelectorAll("#changes tbody tr")].map((r) => [...r.cells].slice(0, 3).map((c) => c.textContent).join(" "))`
	g.Expect(consumertest.Ask[[]string](t, ctx, changed)).To(Equal([]string{"s.a passed failed"}), "the last two runs")
	g.Expect(consumertest.Ask[[]string](t, ctx, `(() => { document.getElementById("before").value = "0"; document.getElementById("after").value = "1";
		document.getElementById("pair").dispatchEvent(new Event("input")); return `+changed+`; })()`)).
		To(Equal([]string{"s.b passed failed", "s.new not in the run failed", "s.old passed not in the run"}))
	g.Expect(consumertest.Ask[string](t, ctx, `document.getElementById("changed").textContent`)).
		To(Equal("2 got wrong, 0 are wrong no more, 1 changed otherwise"))
}

// axe-core finds nothing, and nothing is wider than a phone or a desk.
func TestThePageIsReadableByAll(t *testing.T) {
	for scheme, width := range map[string]int64{"light": 1280, "dark": 360} {
		t.Run(fmt.Sprintf("%s-%d", scheme, width), func(t *testing.T) {
			g := NewWithT(t)
			ctx := opened(t, consumertest.Prefers(scheme), chromedp.EmulateViewport(width, 800))
			g.Expect(consumertest.Accessible(t, ctx)).To(BeEmpty())
			g.Expect(consumertest.Ask[int64](t, ctx, `document.documentElement.scrollWidth`)).To(BeNumerically("<=", width))
		})
	}
}
