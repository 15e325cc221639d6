package report

import (
	"encoding/xml"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestExitCodes(t *testing.T) {
	g := NewWithT(t)
	for verdict, code := range map[Verdict]int{
		Conformant: 0, NotConformant: 1, Unusable: 3, Faulty: 4, Interrupted: 130, "": 4,
	} {
		g.Expect(verdict.ExitCode()).To(Equal(code), string(verdict))
	}
}

func TestCount(t *testing.T) {
	g := NewWithT(t)
	counts := Count(everyOutcome().Results)
	sum := 0
	for _, outcome := range Outcomes {
		g.Expect(counts.Of(outcome)).To(BeNumerically(">", 0), string(outcome))
		sum += counts.Of(outcome)
	}
	g.Expect(sum).To(Equal(counts.Total))
	g.Expect(counts.Of("unknown")).To(BeZero())
}

func TestVisible(t *testing.T) {
	g := NewWithT(t)
	for in, out := range map[string]string{
		"plain ]]> <&> é 😀\n\tindented": "plain ]]> <&> é 😀\n\tindented",
		"\x1b[2J\x00\x7f\b":             `\x1b[2J\x00\x7f\x08`,
		"a\r\nb\rc":                     "a\nb\\x0dc",
		"\xff\xed\xa0\x80":              `\xff\xed\xa0\x80`,
		"\ufffe\uffff\ufffd":            `\ufffe\uffff` + "\ufffd",
		"\u009b31m\u202eabc\u2028":      `\x9b31m\u202eabc\u2028`,
	} {
		g.Expect(Visible(in)).To(Equal(out))
	}
}

func TestFirstLine(t *testing.T) {
	g := NewWithT(t)
	g.Expect(FirstLine("\n one \r\ntwo", 10)).To(Equal("one"))
	g.Expect(FirstLine(strings.Repeat("é", 12), 10)).To(Equal(strings.Repeat("é", 10) + "..."))
	g.Expect(FirstLine("a\x1b", 10)).To(Equal(`a\x1b`))
	g.Expect(FirstLine("\x1b\x1b\x1b", 10)).To(Equal(`\x1b\x1b\x...`))
	g.Expect(FirstLine("", 10)).To(BeEmpty())
}

func FuzzVisibleIsXMLAndSafe(f *testing.F) {
	f.Add("\x1b]0;title\x07\xff\ufffe]]>\r\r\n\u0085")
	f.Fuzz(func(t *testing.T, text string) {
		g := NewWithT(t)
		visible := Visible(text)
		g.Expect(strings.ContainsFunc(visible, func(r rune) bool { return r != '\n' && r != '\t' && hidden(r) })).To(BeFalse())
		g.Expect(Visible(visible)).To(Equal(visible))
		// EscapeText puts U+FFFD in place of what XML cannot carry.
		var escaped strings.Builder
		g.Expect(xml.EscapeText(&escaped, []byte(visible))).To(Succeed())
		g.Expect(strings.Count(escaped.String(), "\ufffd")).To(Equal(strings.Count(visible, "\ufffd")))
	})
}

func TestRerun(t *testing.T) {
	g := NewWithT(t)
	run := &Run{Target: Target{URL: "https://vc.example:8443/", Release: "7.0u2"}, Options: Options{Strict: true}}
	g.Expect(run.Rerun("a.b.c")).To(Equal("conformance run --target https://vc.example:8443/ --release 7.0u2 --strict --focus 'a.b.c '"))

	g.Expect((&Run{Target: Target{Bundled: true, URL: "http://127.0.0.1:1"}}).Rerun("a.b")).To(Equal("conformance run --focus 'a.b '"))
	g.Expect((&Run{Target: Target{URL: "http://x/$(id)'"}}).Rerun("a")).To(Equal(`conformance run --target 'http://x/$(id)'\''' --focus 'a '`))
}

func TestWhere(t *testing.T) {
	g := NewWithT(t)
	results := []Result{
		passed("legacy", "collection", "query"), passed("legacy", "path", "xml"), passed("legacy", "path", "json"),
		passed("rest", "path", "json"), passed("api", "path", "json"), passed("own", "", ""),
	}
	g.Expect(Where(results)).To(Equal("api, rest, legacy path json xml · collection query, own"))
	g.Expect(results[0].VariantName()).To(Equal("legacy collection query"))
	g.Expect(results[3].VariantName()).To(Equal("rest"))
}

func TestCardsGroupOneCauseAndNameWhatItBlocks(t *testing.T) {
	g := NewWithT(t)
	other := notActive("rest", "path", "json")
	other.Message = "got 500"
	results := append(everyOutcome().Results, other)

	cards, orphans := Cards(results)

	var ids []string
	for _, card := range cards {
		ids = append(ids, card.Results[0].ID+" in "+Where(card.Results))
	}
	g.Expect(ids).To(Equal([]string{
		"download_session.cancel.not_active in legacy path json xml · action json",
		"download_session.cancel.not_active in rest",
		"download_session.get.model in api",
		"update_session.create.busy in api",
	}))
	g.Expect(cards[0].Blocked).To(HaveLen(1))
	g.Expect(cards[0].Blocked[0].ID).To(Equal("download_session.delete.canceled"))
	g.Expect(orphans).To(HaveLen(1))
	g.Expect(orphans[0].BlockedBy).To(Equal("the login of the other user"))
}

func TestMessageText(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Message{Body: "AP8=", Encoding: "base64"}.Text()).To(Equal("\x00\xff"))
	g.Expect(Message{Body: "AP8"}.Text()).To(Equal("AP8"))
	g.Expect(Message{Body: "broken!", Encoding: "base64"}.Text()).To(Equal("broken!"))
	g.Expect(Message{Header: map[string][]string{"Content-Type": {"text/xml"}}}.ContentType()).To(Equal("text/xml"))
	g.Expect(Message{}.ContentType()).To(BeEmpty())
}
