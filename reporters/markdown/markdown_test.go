package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	dom "golang.org/x/net/html"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

func TestGolden(t *testing.T) {
	for name, run := range map[string]*report.Run{
		"every-outcome": reporttest.Run(),
		"clashing":      reporttest.Clashing(),
		"unusable": {Verdict: report.Unusable, Summary: "the target cannot be judged: connection refused",
			Target: report.Target{URL: "https://vc.example"}},
	} {
		t.Run(name, func(t *testing.T) {
			goldie.New(t, goldie.WithNameSuffix(".md")).Assert(t, name, reporttest.Written(t, Write, run))
		})
	}
}

func TestAReaderSeesTheCountsAndWhatDidNotPass(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()

	page := rendered(g, string(reporttest.Written(t, Write, run)))

	g.Expect(page.texts("h2")).To(ConsistOf("❌ " + run.Summary))
	numbers := page.texts("td")[:1+len(report.Outcomes)]
	want := []string{fmt.Sprint(run.Counts.Total)}
	for _, outcome := range report.Outcomes {
		want = append(want, fmt.Sprint(run.Counts.Of(outcome)))
	}
	g.Expect(numbers).To(Equal(want))
	text := page.text()
	for _, result := range run.Results {
		if result.Outcome != report.Passed {
			g.Expect(text).To(ContainSubstring(result.ID), "%s in %s", result.ID, result.VariantName())
		}
	}
}

func TestCells(t *testing.T) {
	g := NewWithT(t)
	g.Expect(cellOf(report.Counts{Total: 12, Failed: 3, Passed: 8, Skipped: 1})).To(Equal("❌ 3 failed, 8 passed, 1 skipped"))
	g.Expect(cellOf(report.Counts{Total: 2, Observed: 1, Skipped: 1})).To(Equal("➖ 1 skipped, 1 observed"))
	g.Expect(cellOf(report.Counts{})).To(BeEmpty())
}

func TestAFailureHasACardWithARowForEachVariant(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	cards, _, _ := card.Cards(run.Results)

	text := cardOf(run, cards[0])
	page := rendered(g, text)

	g.Expect(page.texts("td")).To(Equal([]string{
		"legacy path json", "failed", "12 ms", "legacy path xml", "failed", "12 ms", "legacy action json", "failed", "12 ms",
	}))
	for _, part := range []string{
		"expected: 400 not_allowed_in_current_state\ngot: 200 with no body\n",
		"MUST: Cancel is allowed only while", "source: B65 ", "look at: the guard", "spec: suites/downloadsession/cancel.go:41",
		"This blocks:\n\ndownload_session.delete.canceled in legacy path json",
		"--focus 'download_session.cancel.not_active '",
		"act: cancel it again\n> POST https://vc.example/com/vmware", "Reproduce with curl in legacy path json",
	} {
		g.Expect(page.text()).To(ContainSubstring(part))
	}
}

func TestLongThingsAreCut(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	failed := run.Results[2]
	failed.Exchanges = slices.Repeat(failed.Exchanges, 5)
	failed.Exchanges[14].Response.Body = strings.Repeat("é", bodyLimit)
	failed.Exchanges[14].Request.Body = strings.Repeat("x", scriptLimit)
	failed.Failure = nil
	var blocked []report.Result
	for i := range maxBlocked + 7 {
		one := run.Results[10]
		one.ID = fmt.Sprintf("a.b.blocked_%02d", i)
		blocked = append(blocked, one)
	}

	text := cardOf(run, card.Card{Results: []report.Result{failed}, Blocked: blocked})

	g.Expect(text).To(ContainSubstring("Exchanges in legacy path json (15)</summary>\n\n7 earlier ones are in the other reports.\n"))
	g.Expect(strings.Count(text, "\n> POST ")).To(Equal(maxExchanges))
	g.Expect(text).To(ContainSubstring("é\n(2048 more bytes are in the saved run)\n"))
	g.Expect(text).To(MatchRegexp(`\nThe curl script has \d+ bytes; the other reports have it\.\n`))
	g.Expect(text).To(ContainSubstring("a.b.blocked_19` in legacy path json: deletes a CANCELED session\n- and 7 more\n"))

	g.Expect(diffOf(slices.Repeat([]card.DiffLine{{Kind: card.OnlyGot, Text: "a"}}, maxDiff+3))).To(
		HaveSuffix("\n+a\n(3 more lines are in the other reports)\n```\n"))
}

// GitHub shows nothing of a summary that is too long.
func TestAHugeRunFitsAndNamesWhatIsCut(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	failed := run.Results[2]
	failed.Exchanges[0].Response.Body = strings.Repeat("😀", bodyLimit)
	run.Results = nil
	for i := range 2000 {
		failed.ID = fmt.Sprintf("a.b.fails_%04d", i)
		run.Results = append(run.Results, failed)
	}
	run.Counts = report.Count(run.Results)

	text := string(reporttest.Written(t, Write, run))

	g.Expect(len(text)).To(And(BeNumerically("<=", limit), BeNumerically(">", limit*9/10)))
	g.Expect(text).To(MatchRegexp(`\n\d+ more would make this summary longer than GitHub takes; the other reports have them:\n\n- .a\.b\.fails_\d+. in legacy path json\n`))
	g.Expect(text).To(MatchRegexp(`\n- and \d+ more\n\n$`))
	g.Expect(strings.Count(text, "</details>")).To(Equal(strings.Count(text, "<details>")))
}

func TestManyReasonsAreCut(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	skipped := run.Results[8]
	run.Results = nil
	for i := range maxReasons + 3 {
		skipped.Message = fmt.Sprintf("reason %02d", i)
		run.Results = append(run.Results, skipped)
	}
	for i := range maxIDs + 4 {
		skipped.ID, skipped.Message = fmt.Sprintf("a.b.c_%02d", i), "reason 00"
		run.Results = append(run.Results, skipped)
	}

	text := string(reporttest.Written(t, Write, run))

	g.Expect(text).To(ContainSubstring("\n- and 3 more reasons\n"))
	g.Expect(text).To(ContainSubstring("\n  - and 5 more\n"))
}

func TestOrderDoesNotDependOnTheSeed(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	before := string(reporttest.Written(t, Write, run))

	slices.Reverse(run.Results)

	g.Expect(string(reporttest.Written(t, Write, run))).To(Equal(before))
}

// elements are those that this package writes, and their attributes.
var elements = map[string][]string{
	"html": nil, "head": nil, "body": nil, "h2": nil, "h3": nil, "p": nil, "ul": nil, "ol": nil, "li": nil, "b": nil, "strong": nil,
	"table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"style"}, "td": {"style"},
	"details": nil, "summary": nil, "pre": nil, "code": {"class"}, "a": {"href"},
}

func FuzzNoAnswerWritesMarkup(f *testing.F) {
	f.Add(reporttest.Hostile, "a_b*c* | d")
	f.Add("</details></summary>\n\n# x", "```\n````\n</code>")
	f.Add("# x", "")
	f.Add("| a |\n| --- |\n<!--", "[x](javascript:alert(1)) ~~~")
	f.Fuzz(func(t *testing.T, message, name string) {
		g := NewWithT(t)
		run := reporttest.Run()
		for i := range run.Results {
			one := &run.Results[i]
			one.Message, one.Promise, one.Clause, one.LookAt, one.BlockedBy = message, name, name, name, message
			one.Exchanges = []report.Exchange{{
				Step: name, Method: "GET", URL: "https://vc.example/" + message, Error: message, Status: i,
				Request:  report.Message{Body: message},
				Response: report.Message{Body: name, Header: map[string][]string{"Content-Type": {message}}},
			}}
		}
		run.Summary = name
		plain := rendered(g, string(reporttest.Written(t, Write, reporttest.Run())))

		page := rendered(g, string(reporttest.Written(t, Write, run)))

		page.each(func(node *dom.Node) {
			g.Expect(elements).To(HaveKey(node.Data))
			for _, attribute := range node.Attr {
				g.Expect(elements[node.Data]).To(ContainElement(attribute.Key), node.Data)
			}
		})
		g.Expect(page.texts("th")).To(Equal(plain.texts("th")[:len(page.texts("th"))]))
		g.Expect(page.texts("h2")).To(ConsistOf(strings.TrimSpace("❌ " + strings.Join(strings.Fields(visible.Text(name)), " "))))
	})
}

// page is the HTML that a renderer makes of Markdown.
type page struct{ root *dom.Node }

func rendered(g *WithT, markdown string) page {
	renderer := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithRendererOptions(html.WithUnsafe()))
	var out bytes.Buffer
	g.Expect(renderer.Convert([]byte(markdown), &out)).To(Succeed())
	root, err := dom.Parse(&out)
	g.Expect(err).NotTo(HaveOccurred())
	return page{root}
}

func (p page) each(visit func(*dom.Node)) {
	for node := range p.root.Descendants() {
		if node.Type == dom.ElementNode {
			visit(node)
		}
	}
}

func (p page) text() string { return textOf(p.root) }

func (p page) texts(element string) (all []string) {
	p.each(func(node *dom.Node) {
		if node.Data == element {
			all = append(all, textOf(node))
		}
	})
	return all
}

func textOf(node *dom.Node) string {
	var out strings.Builder
	for inner := range node.Descendants() {
		if inner.Type == dom.TextNode {
			out.WriteString(inner.Data)
		}
	}
	return out.String()
}
