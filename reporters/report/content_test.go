package report_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func contentOf(result report.Result) report.Content {
	return reporttest.Run().Content(report.Card{Results: []report.Result{result}})
}

func TestContentSaysAllThatAFormatShows(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	cards, _, _ := report.Cards(run.Results)
	var content report.Content
	for _, card := range cards {
		if card.Results[0].ID == "download_session.cancel.not_active" {
			content = run.Content(card)
		}
	}

	g.Expect(content.Title).To(Equal("refuses to cancel a session that is not ACTIVE"))
	g.Expect(content.Level).To(Equal(report.Must))
	g.Expect(content.Outcome).To(Equal(report.Failed))
	g.Expect(content.Where).To(Equal("legacy path json xml · action json"))
	g.Expect(content.Clause).To(HavePrefix("Cancel is allowed only while"))
	g.Expect(content.Sources).To(HaveLen(3))
	g.Expect(content.Sources[0]).To(Equal(report.Source{Key: "S0"}), "a source that the run does not explain")
	g.Expect(content.Sources[1]).To(And(HaveField("Key", "B65"), HaveField("Title", ContainSubstring("6.5")), HaveField("Address", HavePrefix("https://"))))
	g.Expect(content.Headline).To(Equal("expected 400 not_allowed_in_current_state, got 200 with no body"))
	g.Expect(content.Expected).To(Equal("400 not_allowed_in_current_state"))
	g.Expect(content.Got).To(Equal("200 with no body"))
	g.Expect(content.Answers).To(Equal([]report.Answer{{Got: "200 with no body", Where: content.Where}}))
	g.Expect(content.Rows).To(HaveLen(3))
	g.Expect(content.Rows[2]).To(Equal(report.Row{Variant: "legacy action json", Outcome: report.Failed, Message: content.Headline, DurationMS: 12.5}))
	g.Expect(content.Shown).To(Equal("legacy path json"))
	g.Expect(content.Steps).To(HaveLen(3))
	g.Expect(content.Steps[2]).To(And(HaveField("Name", "act: cancel it again"), HaveField("Exchanges", HaveLen(1))))
	g.Expect(content.Curl).To(ContainSubstring("step 'act: cancel it again'\nsend -X POST"))
	g.Expect(content.Rerun).To(HaveSuffix("--focus 'download_session.cancel.not_active '"))
	g.Expect(content.LookAt).To(HavePrefix("the guard on"))
	g.Expect(content.Location).To(Equal("suites/downloadsession/cancel.go:41"))
	g.Expect(content.Blocked).To(Equal([]report.BlockedBehaviour{{
		ID: "download_session.delete.canceled", Title: "deletes a CANCELED session", Where: "legacy path json",
	}}))
}

// The suite's own golden file of messages holds every layout that there is.
func TestExpectedAndGotAreFoundInEveryMessage(t *testing.T) {
	g := NewWithT(t)
	golden, err := os.ReadFile("../../suites/internal/spec/testdata/messages.txt")
	g.Expect(err).NotTo(HaveOccurred())
	messages := strings.Split(string(golden), "\n== ")
	g.Expect(len(messages)).To(BeNumerically(">", 30))
	for _, text := range messages {
		_, message, _ := strings.Cut(text, "\n")
		content := contentOf(report.Result{Message: strings.TrimSpace(message)})
		g.Expect(content.Headline).To(Equal(fmt.Sprintf("expected %s, got %s", content.Expected, content.Got)))
		g.Expect(content.Expected).NotTo(BeEmpty())
		g.Expect(content.Got).NotTo(BeEmpty())
		g.Expect(content.Details).NotTo(ContainSubstring(content.Headline))
	}
}

func TestAMessageThatComparesNothingHasNoSides(t *testing.T) {
	g := NewWithT(t)
	for _, message := range []string{"", "no verdict within 30 s", "expected nothing", "got it, got that"} {
		content := contentOf(report.Result{Message: message})
		g.Expect(content).To(And(HaveField("Expected", ""), HaveField("Got", ""), HaveField("Headline", message), HaveField("Diff", BeEmpty()), HaveField("Answers", BeEmpty())))
	}
}

func answered(message, body string) report.Result {
	return report.Result{Message: message, Exchanges: []report.Exchange{{}, {Status: 200, Response: report.Message{Body: body}}}}
}

func TestDiff(t *testing.T) {
	state := `expected state CANCELED, got state is the string "ACTIVE"`
	for name, c := range map[string]struct {
		result report.Result
		want   string
	}{
		"texts": {report.Result{Message: "expected the 9 bytes, got 9 bytes that differ\nwant \"a\\nb\\nc\\n\", got \"a\\nX\\nc\\n\"\nmore"}, " a\n-b\n+X\n c"},
		"words": {report.Result{Message: "expected it to be the item's id, got another one\nwant \"i-1\", got \"i-2\"\nthe body was x"}, "-i-1\n+i-2"},
		"lists": {report.Result{Message: `expected the item's files to stay ["a" "b c"], got ["b c" "d"]`}, "-a\n b c\n+d"},
		"empty": {report.Result{Message: `expected the item's files to stay ["a"], got []`}, "-a"},
		"JSON": {answered(state, `{"value":{"id":"1","state":"ACTIVE","name":"x"}}`),
			" {\n   \"value\": {\n     \"id\": \"1\",\n-    \"state\": \"CANCELED\",\n+    \"state\": \"ACTIVE\",\n     \"name\": \"x\"\n   }\n }"},
		"number": {answered(`expected size 25, got size is the string "25"`, `{"size":"25"}`), " {\n-  \"size\": 25\n+  \"size\": \"25\"\n }"},
		"XML":    {answered(state, `<r><value><state>ACTIVE</state><id>1</id></value></r>`), " <r>\n   <value>\n-    <state>CANCELED</state>\n+    <state>ACTIVE</state>\n     <id>1</id>\n   </value>\n </r>"},
		"inner": {answered(state, `{"preview":{"state":"X"},"state":"ACTIVE"}`),
			"   \"preview\": {\n     \"state\": \"X\"\n   },\n-  \"state\": \"CANCELED\"\n+  \"state\": \"ACTIVE\"\n }"},
		"inner XML": {answered(state, `<?xml version="1.0"?><r><preview><state>X</state></preview><empty/><state>ACTIVE</state></r>`),
			"     <state>X</state>\n   </preview>\n   <empty/>\n-  <state>CANCELED</state>\n+  <state>ACTIVE</state>\n </r>"},
		"far": {report.Result{Message: "x\nwant \"0\\n1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\", got \"a\\n1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\nb\""}, "-0\n+a\n 1\n 2\n 3\n ...\n 6\n 7\n 8\n-9\n+b"},
		// Nothing to compare.
		"absent":       {answered("expected state CANCELED, got state is absent", `{"id":"1"}`), ""},
		"no answer":    {report.Result{Message: state}, ""},
		"not JSON":     {answered(state, "state ACTIVE"), ""},
		"words differ": {answered("expected library_item_id to be the item's id, got library_item_id is nothing", `{"library_item_id":null}`), ""},
		"equal":        {report.Result{Message: "x\nwant \"a\", got \"a\""}, ""},
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
	failed := func(binding, got string) report.Result {
		return report.Result{ID: "a.b", Binding: binding, Outcome: report.Failed, Message: "expected 404 not_found, got " + got}
	}
	cards, _, _ := report.Cards([]report.Result{
		failed("api", "204 with no body"), failed("rest", "200 with no body"), failed("legacy", "500 with XML"),
		failed("api", "500 with JSON"), failed("rest", "502 with JSON"),
	})
	var sizes []int
	for _, card := range cards {
		sizes = append(sizes, len(card.Results))
	}
	g.Expect(sizes).To(Equal([]int{2, 2, 1}))
	g.Expect(reporttest.Run().Content(cards[0]).Answers).To(Equal([]report.Answer{
		{Got: "204 with no body", Where: "api"}, {Got: "200 with no body", Where: "rest"},
	}))
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

	cards, warnings, orphans := report.Cards(results)

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
