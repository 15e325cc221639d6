package report_test

import (
	"encoding/xml"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func TestExitCodes(t *testing.T) {
	g := NewWithT(t)
	for verdict, code := range map[report.Verdict]int{
		report.Conformant: 0, report.NotConformant: 1, report.Unusable: 3, report.Faulty: 4, report.Interrupted: 130, "": 4,
	} {
		g.Expect(verdict.ExitCode()).To(Equal(code), string(verdict))
	}
}

func TestCount(t *testing.T) {
	g := NewWithT(t)
	counts := report.Count(reporttest.Run().Results)
	sum := 0
	for _, outcome := range report.Outcomes {
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
		g.Expect(report.Visible(in)).To(Equal(out))
	}
}

func TestFirstLine(t *testing.T) {
	g := NewWithT(t)
	g.Expect(report.FirstLine("\n one \r\ntwo", 10)).To(Equal("one"))
	g.Expect(report.FirstLine(strings.Repeat("é", 12), 10)).To(Equal(strings.Repeat("é", 10) + "..."))
	g.Expect(report.FirstLine("a\x1b", 10)).To(Equal(`a\x1b`))
	g.Expect(report.FirstLine("\x1b\x1b\x1b", 10)).To(Equal(`\x1b\x1b\x...`))
	g.Expect(report.FirstLine("", 10)).To(BeEmpty())
}

func FuzzVisibleIsXMLAndSafe(f *testing.F) {
	f.Add("\x1b]0;title\x07\xff\ufffe]]>\r\r\n\u0085")
	f.Fuzz(func(t *testing.T, text string) {
		g := NewWithT(t)
		visible := report.Visible(text)
		g.Expect([]rune(visible)).NotTo(ContainElement(Satisfy(func(r rune) bool { return r != '\n' && r != '\t' && report.Hidden(r) })))
		g.Expect(report.Visible(visible)).To(Equal(visible))
		// EscapeText puts U+FFFD in place of what XML cannot carry.
		var escaped strings.Builder
		g.Expect(xml.EscapeText(&escaped, []byte(visible))).To(Succeed())
		g.Expect(strings.Count(escaped.String(), "\ufffd")).To(Equal(strings.Count(visible, "\ufffd")))
	})
}

func TestRerun(t *testing.T) {
	g := NewWithT(t)
	run := &report.Run{Target: report.Target{URL: "https://vc.example:8443/", Release: "7.0u2"}, Options: report.Options{Strict: true}}
	g.Expect(run.Rerun("a.b.c")).To(Equal("conformance run --target https://vc.example:8443/ --release 7.0u2 --strict --focus 'a.b.c '"))

	g.Expect((&report.Run{Target: report.Target{Bundled: true, URL: "http://127.0.0.1:1"}}).Rerun("a.b")).To(Equal("conformance run --focus 'a.b '"))
	g.Expect((&report.Run{Target: report.Target{URL: "http://x/$(id)'"}}).Rerun("a")).To(Equal(`conformance run --target 'http://x/$(id)'\''' --focus 'a '`))
}

func TestWhere(t *testing.T) {
	g := NewWithT(t)
	results := []report.Result{
		{Binding: "legacy", Route: "collection", Representation: "query"}, {Binding: "legacy", Route: "path", Representation: "xml"},
		{Binding: "legacy", Route: "path", Representation: "json"}, {Binding: "rest"}, {Binding: "api"}, {Binding: "own"},
	}
	g.Expect(report.Where(results)).To(Equal("api, rest, legacy path json xml · collection query, own"))
	g.Expect(results[0].VariantName()).To(Equal("legacy collection query"))
	g.Expect(results[3].VariantName()).To(Equal("rest"))
}

func TestCardsGroupOneCauseAndNameWhatItBlocks(t *testing.T) {
	g := NewWithT(t)
	results := reporttest.Run().Results[:15]
	other := results[2]
	other.Binding, other.Message = "rest", "got 500"
	results = append(results, other)

	cards, _, orphans := report.Cards(results)

	var ids []string
	for _, card := range cards {
		ids = append(ids, card.Results[0].ID+" in "+report.Where(card.Results))
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
	g.Expect(report.Message{Body: "AP8=", Encoding: "base64"}.Text()).To(Equal("\x00\xff"))
	g.Expect(report.Message{Body: "AP8"}.Text()).To(Equal("AP8"))
	g.Expect(report.Message{Body: "broken!", Encoding: "base64"}.Text()).To(Equal("broken!"))
	g.Expect(report.Message{Header: map[string][]string{"Content-Type": {"text/xml"}}}.ContentType()).To(Equal("text/xml"))
	g.Expect(report.Message{}.ContentType()).To(BeEmpty())
}
