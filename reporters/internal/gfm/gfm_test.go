package gfm

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

func TestWhatIsWritten(t *testing.T) {
	g := NewWithT(t)
	for got, want := range map[string]string{
		Text("a_b *c* <d> [e](f) #1 | `g` $h$ ~i~"): "a\\_b \\*c\\* &lt;d&gt; \\[e\\](f) \\#1 \\| \\`g\\` \\$h\\$ \\~i\\~",
		Text("- a - b"):                          "\\- a - b",
		Text("12. a. b"):                         "12\\. a. b",
		Text("7.0u2"):                            "7.0u2",
		Text("a\n\x1b b"):                        `a \\x1b b`,
		HTML("<a>&_b_"):                          "&lt;a&gt;&amp;_b_",
		Code("a"):                                "`a`",
		Code(""):                                 "",
		Code("`a``b"):                            "``` `a``b ```",
		Link("a_b", "https://a.example/<s> \\x"): "[a\\_b](<https://a.example/sx>)",
		Link("a", "javascript:alert(1)"):         "a",
		Fence("diff", "-a\n```\n"):               "````diff\n-a\n```\n````\n",
	} {
		g.Expect(got).To(Equal(want))
	}
}

// renderer makes no links of bare addresses: GitHub does so after all else, and
// links change no text.
var renderer = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList))

// rendered is what a reader sees: the text of the HTML, without its tags.
func rendered(g *WithT, markdown string) (text, markup string) {
	var out bytes.Buffer
	g.Expect(renderer.Convert([]byte(markdown), &out)).To(Succeed())
	return html.UnescapeString(tag.ReplaceAllString(out.String(), "")), out.String()
}

var (
	tag       = regexp.MustCompile(`<[^>]*>`)
	paragraph = regexp.MustCompile(`</?p>`)
)

// Whatever a text holds, a reader of the page sees that text and nothing else.
func FuzzAnyTextShowsAsItIs(f *testing.F) {
	for _, text := range []string{
		reporttest.Hostile, "- a", "1) a", "+ a", "# a", "> a", "    a", "a\\", "| a | b |\n| --- | --- |", "```\na", "~~~",
		"<!-- a", "[a]: b", "![a](b)", "**a** __b__", "&lt;", "a  \nb", "===", "https://a.example/_b_", "``` `` `", "\\`", "a|b\\|c",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g := NewWithT(t)
		want := oneLine(text)

		shown, markup := rendered(g, Text(text))
		g.Expect(strings.TrimSuffix(shown, "\n")).To(Equal(want))
		g.Expect(paragraph.ReplaceAllString(markup, "")).NotTo(ContainSubstring("<"))

		shown, _ = rendered(g, "x "+Code(text)+" y")
		g.Expect(strings.Fields(shown)).To(Equal(strings.Fields("x " + want + " y")))

		shown, markup = rendered(g, "| "+Text(text)+" | y |\n| --- | --- |\n| "+Text(text)+" | y |\n")
		g.Expect(strings.Fields(shown)).To(Equal(strings.Fields(want + " y " + want + " y")))
		g.Expect(strings.Count(markup, "<th>")+strings.Count(markup, "<td>")).To(Equal(4), markup)

		shown, _ = rendered(g, "x\n\n"+Fence("", text)+"\ny")
		g.Expect(shown).To(Equal("x\n" + strings.TrimRight(visible.Text(text), "\n") + "\n\ny\n"))
	})
}
