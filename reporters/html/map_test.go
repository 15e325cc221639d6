package html

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

// explorations are runs with maps, by the name of their pictures.
var explorations = map[string]func() *report.Run{"map-right": reporttest.Explored, "map-wrong": reporttest.ExploredWrong,
	"claims": reporttest.Claiming}

// The maps fit every screen, and are drawn once on each.
func TestTheMapsFitEveryScreen(t *testing.T) {
	for name, run := range explorations {
		for screen, size := range screens {
			t.Run(name+" "+screen, func(t *testing.T) {
				g := NewWithT(t)
				ctx := opened(t, run(), chromedp.EmulateViewport(size[0], size[1]))
				g.Expect(consumertest.Ask[[]string](t, ctx, tooWide)).To(BeEmpty())
				g.Expect(consumertest.Ask[[]string](t, ctx, `[...document.querySelectorAll("svg.lifecycle")].filter((s) => s.checkVisibility()).map((s) => s.classList[1])`)).
					To(HaveEach(map[string]string{"desktop": "wide", "phone": "narrow"}[screen]))
				g.Expect(consumertest.Ask[[]string](t, ctx, smallText)).To(BeEmpty())
				keep(t, ctx, name+"-"+screen)
			})
		}
	}
}

// smallText is what nobody can read on this screen: text of fewer pixels than ten.
const smallText = `[...document.querySelectorAll("svg.lifecycle text")].filter((e) => e.checkVisibility() && !e.classList.contains("number"))
	.filter((e) => e.getBoundingClientRect().height < 10).map((e) => e.textContent)`

// overlaps are two texts of a drawing in each other's place.
const overlaps = `(() => {
	const found = [];
	for (const svg of document.querySelectorAll("svg.lifecycle")) {
		const texts = [...svg.querySelectorAll("text")].filter((e) => e.checkVisibility()).map((e) => [e.textContent, e.getBoundingClientRect()]);
		texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
			if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) found.push(one + " and " + other);
		}));
	}
	return found;
})()`

func TestNoTextOfTheMapsCoversAnother(t *testing.T) {
	for screen, size := range screens {
		t.Run(screen, func(t *testing.T) {
			ctx := opened(t, reporttest.ExploredWrong(), chromedp.EmulateViewport(size[0], size[1]))
			NewWithT(t).Expect(consumertest.Ask[[]string](t, ctx, overlaps)).To(BeEmpty())
		})
	}
}

func TestThePageWithMapsIsAccessible(t *testing.T) {
	expectAccessible(t, reporttest.ExploredWrong(), "map-wrong")
}

func TestTheMapsArePrintedAsOnADesk(t *testing.T) {
	g := NewWithT(t)
	const paper = 700
	ctx := opened(t, reporttest.ExploredWrong(), chromedp.EmulateViewport(paper, 900), consumertest.Emulate(emulation.SetEmulatedMediaParams{Media: "print"}))
	// Paper is narrower than a screen, but printed finer.
	g.Expect(consumertest.Ask[string](t, ctx, `[...document.querySelectorAll("svg.lifecycle")].find((s) => s.checkVisibility()).classList[1]`)).To(Equal("wide"))
	keep(t, ctx, "map-wrong-print")
}

// What deviates leads to its history, without a script.
func TestWhatDeviatesLeadsToItsHistory(t *testing.T) {
	g := NewWithT(t)
	ids, links := map[string]string{}, []string{}
	elements(t, string(reporttest.Written(t, Write, reporttest.ExploredWrong())), func(node *html.Node) {
		if id := attribute(node, "id"); id != "" {
			ids["#"+id] = node.Data
		}
		if node.Data == "a" && node.Namespace == "svg" {
			links = append(links, attribute(node, "href"))
		}
	})
	g.Expect(links).To(HaveLen(2*4), "of each drawing, for each finding")
	for _, link := range links {
		g.Expect(ids).To(HaveKeyWithValue(link, "li"))
	}
}

// keep keeps a picture of the page in the folder that CONFORMANCE_SCREENSHOTS
// names.
func keep(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("CONFORMANCE_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(filepath.Join(folder, name+".jpg"), picture, 0o600)).To(Succeed())
}
