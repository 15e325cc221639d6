package har

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/internal/consumertest"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func TestGolden(t *testing.T) {
	got := reporttest.Written(t, Write, reporttest.Run())

	goldie.New(t, goldie.WithNameSuffix(".har")).Assert(t, "every-outcome", got)
}

func TestHARValidatorFindsNothing(t *testing.T) {
	for name, run := range map[string]*report.Run{
		"every outcome": reporttest.Run(),
		"nothing":       {Verdict: report.Unusable},
		"an empty exchange": {Results: []report.Result{{
			ID: "a.b.c", Binding: "api", Exchanges: []report.Exchange{{URL: "https://[::1]:8443/%zz?#[]{}\xff"}},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)

			findings := consumertest.Node(t, "har-validator", "testdata/validate.js", reporttest.Written(t, Write, run))

			g.Expect(string(findings)).To(BeEmpty())
		})
	}
}

func TestEachBehaviourWithExchangesIsAPage(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	type named struct {
		id, variant string
		outcome     report.Outcome
		entries     int
	}
	var want, got []named
	for _, r := range run.Results {
		if len(r.Exchanges) > 0 {
			want = append(want, named{r.ID, r.VariantName(), r.Outcome, len(r.Exchanges)})
		}
	}

	read := readBack(t, run)

	for _, p := range read.Pages {
		entries := slices.Clone(read.Entries)
		entries = slices.DeleteFunc(entries, func(e entry) bool { return e.Page != p.ID })
		got = append(got, named{p.Behaviour, p.Variant, p.Outcome, len(entries)})
	}
	g.Expect(got).To(ConsistOf(want))
	g.Expect(read.Run.Counts).To(Equal(run.Counts))
	g.Expect(read.Run.Verdict).To(Equal(run.Verdict))
}

func TestExchangesFollowEachOther(t *testing.T) {
	g := NewWithT(t)
	run := oneResult()
	run.Results[0].Started = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	run.Results[0].Exchanges = []report.Exchange{{Step: "arrange: a", DurationMS: 1500}, {Step: "act: b", DurationMS: 2.5},
		{Step: "assert: c", DurationMS: -1}}

	entries := readBack(t, run).Entries

	var seen [][3]any
	for _, e := range entries {
		seen = append(seen, [3]any{e.Comment, e.Started, e.Time})
		g.Expect(e.Timings).To(Equal(timings{Wait: e.Time}))
	}
	g.Expect(seen).To(Equal([][3]any{
		{"arrange: a", "2026-03-04T05:06:07.000Z", 1500.0},
		{"act: b", "2026-03-04T05:06:08.500Z", 2.5},
		{"assert: c", "2026-03-04T05:06:08.502Z", 0.0},
	}))
}

func TestBodies(t *testing.T) {
	for name, c := range map[string]struct {
		message  report.Message
		size     int
		text     string
		encoding string
		comment  string
	}{
		"none":      {report.Message{}, 0, "", "", ""},
		"text":      {report.Message{Body: "é<\x00😀"}, 8, "é<\x00😀", "", ""},
		"binary":    {report.Message{Body: "AP8=", Encoding: "base64"}, 2, "AP8=", "base64", ""},
		"truncated": {report.Message{Body: "abc", Truncated: true}, unknownSize, "abc", "", results.WentOn},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			run := oneResult(report.Exchange{Status: 200, Request: c.message, Response: c.message})

			e := readBack(t, run).Entries[0]

			g.Expect(e.Response.BodySize).To(Equal(c.size))
			g.Expect(e.Request.BodySize).To(Equal(c.size))
			g.Expect(e.Response.Content.Size).To(Equal(len(c.message.Text())))
			g.Expect(e.Response.Content).To(HaveField("Text", c.text))
			g.Expect(e.Response.Content).To(HaveField("Encoding", c.encoding))
			g.Expect(e.Response.Content).To(HaveField("Comment", c.comment))
			if c.text == "" {
				g.Expect(e.Request.PostData).To(BeNil())
				return
			}
			g.Expect(e.Request.PostData).To(HaveValue(Equal(postData{unknownType, c.text, c.encoding, c.comment})))
		})
	}
}

func TestNoAnswerHasStatusZeroAndTheReason(t *testing.T) {
	g := NewWithT(t)

	entries := readBack(t, oneResult(
		report.Exchange{Error: "connection refused"}, report.Exchange{},
		report.Exchange{Status: 200, Error: "the body broke off"}, report.Exchange{Status: 204},
	)).Entries

	var seen []any
	for _, e := range entries {
		seen = append(seen, [4]any{e.Response.Status, e.Response.StatusText, e.Response.BodySize, e.Response.Error})
	}
	g.Expect(seen).To(Equal([]any{
		[4]any{0, "", unknownSize, "connection refused"}, [4]any{0, "", unknownSize, "no answer"},
		[4]any{200, "OK", 0, "the body broke off"}, [4]any{204, "No Content", 0, ""},
	}))
}

func TestAddresses(t *testing.T) {
	g := NewWithT(t)
	for in, want := range map[string]string{
		"https://vc.example/a%20b/id:1?~action=get":      "https://vc.example/a%20b/id:1?~action=get",
		"https://[::1]:8443/a[0]#x":                      "https://[::1]:8443/a%5B0%5D%23x",
		"https://vc.example?a=[b]":                       "https://vc.example?a=%5Bb%5D",
		"https://vc.example/100%/\x00 é\xff\"<$TOKEN_1>": "https://vc.example/100%25/%00%20%C3%A9%FF%22%3C$TOKEN_1%3E",
		"no address [":                                   "no%20address%20%5B",
	} {
		g.Expect(encode(in)).To(Equal(want))
	}
	g.Expect(queryOf("https://vc.example/?~action=get&a=b%20c+d&a=%FF&&e&%zz=1")).To(Equal([]pair{
		{"~action", "get"}, {"a", "b c d"}, {"a", `\xff`}, {"e", ""}, {"%zz", "1"},
	}))
	g.Expect(queryOf("https://vc.example/")).To(Equal([]pair{}))
}

func TestHeadersKeepEachValueAndTheirOrder(t *testing.T) {
	g := NewWithT(t)
	message := report.Message{Header: map[string][]string{
		"Set-Cookie": {"a=$COOKIE", "b=2"}, "Content-Type": {"text/xml"}, "Location": {"/there"},
	}}

	answer := readBack(t, oneResult(report.Exchange{Status: 302, Response: message})).Entries[0].Response

	g.Expect(answer.Headers).To(Equal([]pair{
		{"Content-Type", "text/xml"}, {"Location", "/there"}, {"Set-Cookie", "a=$COOKIE"}, {"Set-Cookie", "b=2"},
	}))
	g.Expect(answer.RedirectURL).To(Equal("/there"))
	g.Expect(answer.Content.MimeType).To(Equal("text/xml"))
}

func FuzzAnswersSurvive(f *testing.F) {
	f.Add(reporttest.Hostile, "a?b=c#d%")
	f.Add("\xed\xa0\x80", "\x00]]>\u2028😀")
	f.Fuzz(func(t *testing.T, body, text string) {
		g := NewWithT(t)
		message := report.Message{Header: map[string][]string{text: {text}}, Body: body}
		if !utf8.ValidString(body) {
			message.Body, message.Encoding = base64.StdEncoding.EncodeToString([]byte(body)), "base64"
		}
		run := oneResult(report.Exchange{Step: text, Method: text, URL: "https://vc.example/" + text, Status: 200, Request: message,
			Response: message, Error: text})
		run.Summary = text

		e := readBack(t, run).Entries[0]

		g.Expect(report.Message{Body: e.Response.Content.Text, Encoding: e.Response.Content.Encoding}.Text()).To(Equal(body))
		g.Expect(e.Response.Content.Size).To(Equal(len(body)))
		g.Expect(e.Request.URL).To(MatchRegexp(`^https://vc\.example/([!$&'()*+,;=:@/?~.\w-]|%[0-9A-Fa-f]{2})*$`))
		g.Expect(e.Response.Headers).To(ConsistOf(pair{utf8Of(text), utf8Of(text)}))
	})
}

func oneResult(exchanges ...report.Exchange) *report.Run {
	return &report.Run{Results: []report.Result{{ID: "a.b.c", Binding: "api", Exchanges: exchanges}}}
}

func readBack(t testing.TB, run *report.Run) log {
	t.Helper()
	g := NewWithT(t)
	var read document
	g.Expect(json.Unmarshal(reporttest.Written(t, Write, run), &read)).To(Succeed())
	return read.Log
}
