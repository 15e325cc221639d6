package card_test

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
)

func TestAComparisonNamesBothAnswers(t *testing.T) {
	g := NewWithT(t)
	look := func(step, version string) report.Exchange {
		body := `{"id":"i-1","name":"an item","content_version":"` + version + `","description":"something long"}`
		return report.Exchange{Step: step, Method: "GET", URL: "https://vc.example/api/content/library/item/i-1", Status: 200, Response: report.Message{Body: body}}
	}
	content := contentOf(report.Result{
		Message: "expected the item's content_version to stay, got another one",
		Failure: &report.Failure{
			Step: "cancel", Expected: "the item's content_version to stay", Got: "another one", Field: "content_version",
			Before: new(0), Exchange: new(2), Want: new("2"), Was: new("1"),
		},
		Exchanges: []report.Exchange{look("look at the item", "2"), {Method: "POST"}, look("look again", "1")},
	})
	g.Expect(content.Title).To(Equal("cancel: expected the item's content_version to stay, got content_version 2 before, 1 now"))
	g.Expect(content.Got).To(Equal("content_version 2 before, 1 now"))
	g.Expect(content.Compared).To(HaveLen(2))
	g.Expect(content.Compared[0]).To(And(HaveField("When", "before"), HaveField("Step", "look at the item"), HaveField("Value", `"content_version": "2"`)))
	g.Expect(content.Compared[1]).To(And(HaveField("When", "now"), HaveField("Step", "look again"), HaveField("Value", `"content_version": "1"`)))
	g.Expect(contentOf(report.Result{Failure: &report.Failure{Exchange: new(0)}, Exchanges: []report.Exchange{{}}}).Compared).To(BeEmpty())
}

func TestBodiesAreSpreadWhereTheyAreStructured(t *testing.T) {
	long := strings.Repeat("x", 80)
	for name, c := range map[string]struct {
		message report.Message
		want    string
	}{
		"short":     {report.Message{Body: `{"a":1}`}, `{"a":1}`},
		"JSON":      {report.Message{Body: `{"a":"` + long + `","b":[]}`}, "{\n  \"a\": \"" + long + "\",\n  \"b\": []\n}"},
		"half":      {report.Message{Body: `{"a":"` + long + `",`, Truncated: true}, `{"a":"` + long + `",`},
		"not JSON":  {report.Message{Body: "{" + long}, "{" + long},
		"text":      {report.Message{Body: "404 page not found " + long}, "404 page not found " + long},
		"XML":       {report.Message{Body: "<a><b>" + long + "</b></a>", Header: map[string][]string{"Content-Type": {"application/xml"}}}, "<a>\n  <b>" + long + "</b>\n</a>"},
		"not XML":   {report.Message{Body: "<a><b>" + long + "</b></a>"}, "<a><b>" + long + "</b></a>"},
		"too large": {report.Message{Body: `["` + strings.Repeat("x", 40<<10) + `"]`}, `["` + strings.Repeat("x", 40<<10) + `"]`},
	} {
		t.Run(name, func(t *testing.T) { NewWithT(t).Expect(card.Body(c.message)).To(Equal(c.want)) })
	}
}
