package html

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

// elements visits every element of a page.
func elements(t *testing.T, source string, visit func(*html.Node)) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(source))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for node := range document.Descendants() {
		if node.Type == html.ElementNode {
			visit(node)
		}
	}
}

func attribute(node *html.Node, name string) string {
	for _, attribute := range node.Attr {
		if attribute.Key == name {
			return attribute.Val
		}
	}
	return ""
}

// Whatever a target sends, the page has our script and no other, and asks for
// nothing.
func TestNothingOfTheTargetRunsOrLoads(t *testing.T) {
	g := NewWithT(t)
	source := string(reporttest.Written(t, Write, reporttest.Run()))
	scripts := 0
	elements(t, source, func(node *html.Node) {
		switch node.Data {
		case "script":
			scripts++
			g.Expect(node.FirstChild.Data).To(Equal(script))
		case "style":
			g.Expect(node.FirstChild.Data).To(Equal(style))
		}
		g.Expect(node.Data).NotTo(BeElementOf("img", "link", "iframe", "object", "embed", "base", "video", "audio", "source"))
		for _, name := range []string{"src", "srcset", "action", "formaction", "onerror", "onload", "style", "ping"} {
			g.Expect(attribute(node, name)).To(BeEmpty(), "<%s %s>", node.Data, name)
		}
		if href := attribute(node, "href"); href != "" {
			g.Expect(href).To(Or(HavePrefix("#"), HavePrefix("https://")))
		}
	})
	g.Expect(scripts).To(Equal(1))
	g.Expect(source).To(ContainSubstring(`http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;`))
	g.Expect(source).NotTo(MatchRegexp("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028]"))
}

// The page can be read without its script: every result has its row, every
// anchor its card.
func TestEveryResultHasARowAndEveryLinkACard(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	rows, links, ids := map[string]string{}, []string{}, map[string]bool{}
	elements(t, string(reporttest.Written(t, Write, run)), func(node *html.Node) {
		if id := attribute(node, "data-id"); id != "" {
			rows[id+" "+attribute(node, "data-variant")] = attribute(node, "data-outcome")
		}
		if place, here := strings.CutPrefix(attribute(node, "href"), "#"); here {
			links = append(links, place)
		}
		if id := attribute(node, "id"); id != "" {
			g.Expect(ids).NotTo(HaveKey(id))
			ids[id] = true
		}
	})
	g.Expect(rows).To(HaveLen(len(run.Results)))
	for _, result := range run.Results {
		g.Expect(rows).To(HaveKeyWithValue(visible.Text(result.ID)+" "+visible.Text(result.VariantName()), string(result.Outcome)))
	}
	for _, link := range links {
		g.Expect(ids).To(HaveKey(link))
	}
}

// many is a run with thousands of results, of which every tenth fails.
func many(n int) *report.Run {
	run := reporttest.Run()
	sample := run.Results
	run.Results = nil
	for i := range n {
		result := sample[i%len(sample)]
		result.ID = fmt.Sprintf("download_session.get.number_%d", i)
		if i%10 != 0 {
			result.Outcome, result.Message = report.Passed, ""
		}
		run.Results = append(run.Results, result)
	}
	run.Counts = report.Count(run.Results)
	return run
}

func BenchmarkWrite(b *testing.B) {
	run := many(2000)
	for b.Loop() {
		var out bytes.Buffer
		if err := Write(&out, run); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
	}
}

// What has a card shows its exchanges there, what has none in its row.
func TestAPassedResultShowsTheExchangesThatWereSaved(t *testing.T) {
	run := reporttest.Run()
	passed := slices.IndexFunc(run.Results, func(result report.Result) bool { return result.Outcome == report.Passed })
	for _, saved := range []bool{true, false} {
		g := NewWithT(t)
		run.Results[passed].Exchanges = nil
		if saved {
			run.Results[passed].Exchanges = []report.Exchange{{Step: "act: ask", Method: "GET", URL: "https://vc.example/passed", Status: 200}}
		}

		shown := 0
		elements(t, string(reporttest.Written(t, Write, run)), func(node *html.Node) {
			if node.Data == "code" && node.FirstChild != nil && strings.Contains(node.FirstChild.Data, "/passed") {
				shown++
			}
		})
		g.Expect(shown == 1).To(Equal(saved))
	}
}
