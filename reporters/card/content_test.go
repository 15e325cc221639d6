package card_test

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func contentOf(result report.Result) card.Content {
	return card.Card{Results: []report.Result{result}}.Content(reporttest.Run())
}

func TestContentSaysAllThatAFormatShows(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	cards, _, _ := card.Cards(run.Results)
	var content card.Content
	for _, one := range cards {
		if one.Results[0].ID == "download_session.cancel.not_active" {
			content = one.Content(run)
		}
	}

	g.Expect(content.Title).To(Equal("act: cancel it again: expected 400 not_allowed_in_current_state, got 200 with no body"))
	g.Expect(content.Promise).To(Equal("refuses to cancel a session that is not ACTIVE"))
	g.Expect(content.Level).To(Equal(report.Must))
	g.Expect(content.Outcome).To(Equal(report.Failed))
	g.Expect(content.Where).To(Equal("legacy path json xml · action json"))
	g.Expect(content.Clause).To(HavePrefix("Cancel is allowed only while"))
	g.Expect(content.Sources).To(HaveLen(3))
	g.Expect(content.Sources[0]).To(Equal(report.Source{Key: "S0"}), "a source that the run does not explain")
	g.Expect(content.Sources[1]).To(And(HaveField("Key", "B65"), HaveField("Title", ContainSubstring("6.5")),
		HaveField("Address", HavePrefix("https://"))))
	g.Expect(content.Headline).To(Equal("expected 400 not_allowed_in_current_state, got 200 with no body"))
	g.Expect(content.Expected).To(Equal("400 not_allowed_in_current_state"))
	g.Expect(content.Got).To(Equal("200 with no body"))
	g.Expect(content.Answers).To(Equal([]card.WrongAnswer{{Got: "200 with no body", Where: content.Where}}))
	g.Expect(content.Rows).To(HaveLen(3))
	g.Expect(content.Rows[2]).To(Equal(card.Row{Variant: "legacy action json", Outcome: report.Failed, Message: content.Headline, DurationMS: 12.5}))
	g.Expect(content.Shown).To(Equal("legacy path json"))
	g.Expect(content.Steps).To(HaveLen(3))
	g.Expect(content.Steps[2]).To(And(HaveField("Name", "act: cancel it again"), HaveField("Exchanges", HaveLen(1))))
	g.Expect(content.Curl).To(ContainSubstring("step 'act: cancel it again'\nsend -X POST"))
	g.Expect(content.Rerun).To(HaveSuffix("--focus 'download_session.cancel.not_active '"))
	g.Expect(content.LookAt).To(HavePrefix("the guard on"))
	g.Expect(content.Location).To(Equal("suites/downloadsession/cancel.go:41"))
	g.Expect(content.Blocked).To(Equal([]card.BlockedBehaviour{{
		ID: "download_session.delete.canceled", Title: "deletes a CANCELED session", Where: "legacy path json",
	}}))
}

func TestAMessageThatComparesNothingHasNoSides(t *testing.T) {
	g := NewWithT(t)
	for _, message := range []string{"", "no verdict within 30 s", "expected nothing", "got it, got that"} {
		content := contentOf(report.Result{Message: message})
		g.Expect(content).To(And(HaveField("Expected", ""), HaveField("Got", ""), HaveField("Headline", message),
			HaveField("Diff", BeEmpty()), HaveField("Answers", BeEmpty())))
	}
}

// field is a failure of a field in the last of two answers.
func field(name, want, was, got, body string) report.Result {
	return report.Result{
		Failure: &report.Failure{Expected: name + " " + want, Got: got, Field: name, Want: &want, Was: &was,
			Exchange: new(1), Body: body},
		Exchanges: []report.Exchange{{}, {Status: 200, Response: report.Message{Body: body}}},
	}
}

func state(body string) report.Result {
	return field("state", "CANCELED", "ACTIVE", `state is the string "ACTIVE"`, body)
}

// texts is a failure that compares two texts.
func texts(want, was string) report.Result {
	return report.Result{Failure: &report.Failure{Expected: "this", Got: "that", Want: &want, Was: &was}}
}

func TestDiff(t *testing.T) {
	for name, c := range map[string]struct {
		result report.Result
		want   string
	}{
		"texts": {texts("a\nb\nc\n", "a\nX\nc\n"), " a\n-b\n+X\n c"},
		"words": {texts("i-1", "i-2"), "-i-1\n+i-2"},
		"empty": {texts("a", ""), "-a"},
		"JSON": {state(`{"value":{"id":"1","state":"ACTIVE","name":"x"}}`),
			" {\n   \"value\": {\n     \"id\": \"1\",\n-    \"state\": \"CANCELED\",\n+    \"state\": \"ACTIVE\",\n     \"name\": \"x\"\n   }\n }"},
		"number as text": {field("size", "25", "25", "size is a string", `{"size":"25"}`),
			" {\n-  \"size\": 25\n+  \"size\": \"25\"\n }"},
		"number": {field("size", "25", "26", "size is 26", `{"size":26}`), " {\n-  \"size\": 25\n+  \"size\": 26\n }"},
		"text of digits": {field("version", "2", "1", "another one", `{"version":"1"}`),
			" {\n-  \"version\": \"2\"\n+  \"version\": \"1\"\n }"},
		"XML": {state(`<r><value><state>ACTIVE</state><id>1</id></value></r>`),
			" <r>\n   <value>\n-    <state>CANCELED</state>\n+    <state>ACTIVE</state>\n     <id>1</id>\n   </value>\n </r>"},
		"inner": {state(`{"preview":{"state":"X"},"state":"ACTIVE"}`),
			"   \"preview\": {\n     \"state\": \"X\"\n   },\n-  \"state\": \"CANCELED\"\n+  \"state\": \"ACTIVE\"\n }"},
		"inner XML": {state(`<?xml version="1.0"?><r><preview><state>X</state></preview><empty/><state>ACTIVE</state></r>`),
			"     <state>X</state>\n   </preview>\n   <empty/>\n-  <state>CANCELED</state>\n+  <state>ACTIVE</state>\n </r>"},
		"far": {texts("0\n1\n2\n3\n4\n5\n6\n7\n8\n9", "a\n1\n2\n3\n4\n5\n6\n7\n8\nb"),
			"-0\n+a\n 1\n 2\n 3\n ...\n 6\n 7\n 8\n-9\n+b"},
		"beyond words": {field("id", "i-1", "i-2", "another one", "not JSON"), "-i-1\n+i-2"},
		// Nothing to compare.
		"in a list":  {state(`[{"state":"ACTIVE"},{"state":"ACTIVE"}]`), ""},
		"not JSON":   {state("state ACTIVE"), ""},
		"equal":      {texts("a", "a"), ""},
		"one side":   {report.Result{Failure: &report.Failure{Want: new("a")}}, ""},
		"an old run": {report.Result{Message: "expected a, got b\nwant \"a\", got \"b\""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []string
			for _, line := range contentOf(c.result).Diff {
				lines = append(lines, string(line.Kind)+line.Text)
			}
			NewWithT(t).Expect(strings.Join(lines, "\n")).To(Equal(c.want))
		})
	}
}

func TestCardsLeaveOutWhatBindingsAndFormatsCallTheSame(t *testing.T) {
	g := NewWithT(t)
	failed := func(binding, got string, answer report.Answer) report.Result {
		return report.Result{ID: "a.b", Binding: binding, Outcome: report.Failed,
			Failure: &report.Failure{Expected: "404 not_found", Got: got, Answer: &answer}}
	}
	cards, _, _ := card.Cards([]report.Result{
		failed("api", "204 with no body", report.Answer{Status: 204, Body: "no body"}),
		failed("rest", "200 with no body", report.Answer{Status: 200, Body: "no body"}),
		failed("legacy", "500 with XML", report.Answer{Status: 500, Body: "XML"}),
		failed("api", "500 with JSON", report.Answer{Status: 500, Body: "JSON"}),
		failed("rest", "502 with JSON", report.Answer{Status: 502, Body: "JSON"}),
	})
	var sizes []int
	for _, one := range cards {
		sizes = append(sizes, len(one.Results))
	}
	g.Expect(sizes).To(Equal([]int{2, 2, 1}))
	g.Expect(cards[0].Content(reporttest.Run()).Answers).To(Equal([]card.WrongAnswer{
		{Got: "204 with no body", Where: "api"}, {Got: "200 with no body", Where: "rest"},
	}))
}

// The status that each binding documents is no failure of its own.
func TestTheSameShapeIsOneFailureInEveryBinding(t *testing.T) {
	misshapen := func(binding, expected string, status int) report.Result {
		return report.Result{ID: "a.b", Binding: binding, Outcome: report.Failed, Failure: &report.Failure{
			Expected: expected, Got: "it", Answer: &report.Answer{Status: status, Body: "JSON", Problem: "want an id, got a number"},
		}}
	}
	cards, _, _ := card.Cards([]report.Result{misshapen("api", "201 with an id", 201), misshapen("rest", "200 with an id", 200)})
	NewWithT(t).Expect(cards).To(HaveLen(1))
}

func TestARunWithoutDataIsGroupedByFirstLines(t *testing.T) {
	g := NewWithT(t)
	cards, _, _ := card.Cards([]report.Result{
		{ID: "a.b", Outcome: report.Failed, Message: "expected a, got b\none"}, {ID: "a.b", Outcome: report.Failed, Message: "expected a, got b\ntwo"},
		{ID: "a.b", Outcome: report.Failed, Message: "expected a, got c"},
	})
	g.Expect(cards).To(HaveLen(2))
	content := cards[0].Content(reporttest.Run())
	g.Expect(content).To(And(HaveField("Headline", "expected a, got b"), HaveField("Expected", ""), HaveField("Details", "one")))
}

func TestACardNamesWhatItBlocksThroughOthers(t *testing.T) {
	g := NewWithT(t)
	blocked := func(id, by string) report.Result {
		return report.Result{ID: id, Binding: "api", Outcome: report.Blocked, BlockedBy: by}
	}
	results := []report.Result{
		{ID: "root", Binding: "api", Outcome: report.Failed}, blocked("middle", "root"), blocked("leaf", "middle"),
		{ID: "soft", Binding: "api", Outcome: report.Warned}, blocked("softened", "soft"),
		blocked("ring 1", "ring 2"), blocked("ring 2", "ring 1"), blocked("lost", "nothing"),
	}

	cards, warnings, orphans := card.Cards(results)

	g.Expect(cards).To(HaveLen(1))
	g.Expect(ids(cards[0].Blocked)).To(Equal([]string{"middle", "leaf"}))
	g.Expect(warnings).To(HaveLen(1))
	g.Expect(ids(warnings[0].Blocked)).To(Equal([]string{"softened"}))
	g.Expect(ids(orphans)).To(Equal([]string{"ring 1", "ring 2", "lost"}))
}

func ids(results []report.Result) (all []string) {
	for _, result := range results {
		all = append(all, result.ID)
	}
	return all
}

func TestLooksAtOneThingAreToldOnce(t *testing.T) {
	g := NewWithT(t)
	get := report.Exchange{Step: "get, until it ends", Method: "GET", URL: "/s/1", Status: 200,
		Response: report.Message{Body: "first"}}
	last, refused, other := get, get, get
	last.Response.Body, refused.Status, other.URL = "last", 404, "/s/2"
	steps := card.Card{Results: []report.Result{{Exchanges: []report.Exchange{get, get, last, refused, refused, other}}}}.Content(&report.Run{}).Steps
	g.Expect(steps).To(HaveLen(1))
	g.Expect(steps[0].Exchanges).To(Equal([]card.Exchange{{Exchange: last, Times: 3}, {Exchange: refused, Times: 1}, {Exchange: refused, Times: 1}, {Exchange: other, Times: 1}}))
}
