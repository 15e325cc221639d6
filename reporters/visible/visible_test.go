package visible_test

import (
	"encoding/xml"
	"session-conformance/reporters/visible"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestText(t *testing.T) {
	g := NewWithT(t)
	for in, out := range map[string]string{
		"plain ]]> <&> é 😀\n\tindented": "plain ]]> <&> é 😀\n\tindented",
		"\x1b[2J\x00\x7f\b":             `\x1b[2J\x00\x7f\x08`,
		"a\r\nb\rc":                     "a\nb\\x0dc",
		"\xff\xed\xa0\x80":              `\xff\xed\xa0\x80`,
		"\ufffe\uffff\ufffd":            `\ufffe\uffff` + "\ufffd",
		"\u009b31m\u202eabc\u2028":      `\x9b31m\u202eabc\u2028`,
	} {
		g.Expect(visible.Text(in)).To(Equal(out))
	}
}

func TestFirstLine(t *testing.T) {
	g := NewWithT(t)
	g.Expect(visible.FirstLine("\n one \r\ntwo", 10)).To(Equal("one"))
	g.Expect(visible.FirstLine(strings.Repeat("é", 12), 10)).To(Equal(strings.Repeat("é", 10) + "..."))
	g.Expect(visible.FirstLine("a\x1b", 10)).To(Equal(`a\x1b`))
	g.Expect(visible.FirstLine("\x1b\x1b\x1b", 10)).To(Equal(`\x1b\x1b\x...`))
	g.Expect(visible.FirstLine("", 10)).To(BeEmpty())
}

func FuzzTextIsXMLAndSafe(f *testing.F) {
	f.Add("\x1b]0;title\x07\xff\ufffe]]>\r\r\n\u0085")
	f.Fuzz(func(t *testing.T, text string) {
		g := NewWithT(t)
		shown := visible.Text(text)
		g.Expect([]rune(shown)).NotTo(ContainElement(Satisfy(func(r rune) bool { return r != '\n' && r != '\t' && visible.Hidden(r) })))
		g.Expect(visible.Text(shown)).To(Equal(shown))
		// EscapeText puts U+FFFD in place of what XML cannot carry.
		var escaped strings.Builder
		g.Expect(xml.EscapeText(&escaped, []byte(shown))).To(Succeed())
		g.Expect(strings.Count(escaped.String(), "\ufffd")).To(Equal(strings.Count(shown, "\ufffd")))
	})
}
