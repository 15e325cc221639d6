package junit

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func everyOutcome(g *WithT) *report.Run {
	run, err := report.Read("../report/testdata/every-outcome.json")
	g.Expect(err).NotTo(HaveOccurred())
	return run
}

func TestGolden(t *testing.T) {
	g := NewWithT(t)

	got := reporttest.Written(t, Write, everyOutcome(g))

	goldie.New(t, goldie.WithNameSuffix(".xml")).Assert(t, "every-outcome", got)
}

func TestNumbersEqualTheElementsAndTheRun(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)

	document := read(g, reporttest.Written(t, Write, run))

	g.Expect(document).To(Equal(tally{
		Tests:    run.Counts.Total,
		Failures: run.Counts.Failed + run.Counts.TimedOut,
		Errors:   run.Counts.Fault,
		Skipped:  run.Counts.Skipped + run.Counts.Blocked + run.Counts.NotRun + run.Counts.Waived,
	}))
}

func TestOrderDoesNotDependOnTheSeed(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	before := reporttest.Written(t, Write, run)

	for i, j := 0, len(run.Results)-1; i < j; i, j = i+1, j-1 {
		run.Results[i], run.Results[j] = run.Results[j], run.Results[i]
	}

	g.Expect(reporttest.Written(t, Write, run)).To(Equal(before))
}

func TestARunThatIsNotConformantIsNeverGreen(t *testing.T) {
	for verdict, want := range map[report.Verdict]tally{
		report.Conformant:    {},
		report.NotConformant: {Tests: 1, Failures: 1},
		report.Unusable:      {Tests: 1, Errors: 1},
		report.Faulty:        {Tests: 1, Errors: 1},
		report.Interrupted:   {Tests: 1, Errors: 1},
	} {
		g := NewWithT(t)
		run := &report.Run{Verdict: verdict, Summary: "the summary", Started: time.Unix(0, 0)}

		data := reporttest.Written(t, Write, run)

		g.Expect(read(g, data)).To(Equal(want), string(verdict))
		if want.Tests > 0 {
			g.Expect(string(data)).To(ContainSubstring(`message="the summary"`))
		}
	}
}

// caseOfResult is a case with the text of its failure.
func failureOf(g *WithT, run *report.Run, at int) string {
	one := caseOf(run, run.Results[at], cardsOf(run))
	g.Expect(one.Failure).NotTo(BeNil())
	return one.Failure.Text
}

func TestAFailureHasItsWholeCard(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	cards, _, _ := card.Cards(run.Results)
	content := cards[0].Content(run)

	text := failureOf(g, run, 3)

	for _, part := range []string{
		"expected  " + content.Expected, "got       " + content.Got, "behaviour " + content.ID, "variant   legacy path xml",
		"alike in  " + content.Where, "level     MUST", "clause    " + content.Clause, "source    B65 operation and structure pages",
		"look at   " + content.LookAt, "rerun     " + content.Rerun, "blocks    download_session.delete.canceled (legacy path json)",
		"\nact: cancel it again\n> POST ", "\n#!/bin/sh\n# download_session.cancel.not_active in legacy path xml: ",
	} {
		g.Expect(text).To(ContainSubstring(part))
	}
	g.Expect(failureOf(g, run, 15)).To(ContainSubstring("\n-     \"state\": \"CANCELED\",\n+     \"state\": \"ACTIVE\",\n"),
		"a diff of bodies")
}

func TestLongFailuresAreCut(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	failure := &run.Results[2]
	failure.Exchanges[0].Response.Body = strings.Repeat("é", bodyLimit)[1:]
	g.Expect(failureOf(g, run, 2)).To(And(ContainSubstring(`\xa9é`), ContainSubstring("é\n(2048 more bytes are in the saved run)")))

	failure.Failure = &report.Failure{Expected: strings.Repeat("x", 1<<20), Got: "y",
		Details: slices.Repeat([]string{"line"}, 1<<18)}
	failure.Exchanges[1].URL = strings.Repeat("u", 1<<20)
	for range 1000 {
		failure.Exchanges = append(failure.Exchanges, failure.Exchanges[0])
	}
	text := failureOf(g, run, 2)
	g.Expect(text).To(ContainSubstring("(991 earlier exchanges are in the saved run)"))
	g.Expect(len(text)).To(BeNumerically("<", 80<<10))
}

func TestHostileTextSurvives(t *testing.T) {
	g := NewWithT(t)
	run := everyOutcome(g)
	run.Results[2].Failure = nil
	run.Results[2].Message = "got ]]> \x00\x1b[2J \xff \ufffe 😀 <failure/> &amp;"

	var document testSuites
	g.Expect(xml.Unmarshal(reporttest.Written(t, Write, run), &document)).To(Succeed())

	var texts []string
	for _, suite := range document.Suites {
		for _, one := range suite.Cases {
			if one.Failure != nil {
				texts = append(texts, one.Failure.Message)
				g.Expect(one.Failure.Text).NotTo(BeEmpty())
			}
		}
	}
	g.Expect(texts).To(ContainElement(`got ]]> \x00\x1b[2J \xff \ufffe 😀 <failure/> &amp;`))
}

func FuzzAnyTextGivesWellFormedXML(f *testing.F) {
	f.Add("got ]]> \x00\x1b \xff \ufffe 😀", "<a>\r\n]]></a>")
	f.Add("", "\xed\xa0\x80")
	f.Fuzz(func(t *testing.T, message, body string) {
		g := NewWithT(t)
		run := everyOutcome(g)
		for i := range run.Results {
			result := &run.Results[i]
			result.Message, result.Promise, result.BlockedBy = message, body, message
			result.Exchanges = []report.Exchange{{Step: message, URL: body, Error: message, Response: report.Message{Body: body}}}
		}
		run.Summary = message

		document := read(g, reporttest.Written(t, Write, run))

		g.Expect(document.Tests).To(Equal(run.Counts.Total))
		g.Expect(document.Failures).To(Equal(run.Counts.Failed + run.Counts.TimedOut))
		g.Expect(document.Errors).To(Equal(run.Counts.Fault))
	})
}

// read counts the elements as a stranger would, without this package's
// structs, and compares each level's attributes and names on the way.
func read(g *WithT, data []byte) tally {
	g.Expect(xml.Unmarshal(data, new(testSuites))).To(Succeed())
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var all, inSuite, claimedAll, claimed tally
	names := map[string]bool{}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			g.Expect(claimedAll).To(Equal(tally{Tests: all.Tests, Failures: all.Failures, Errors: all.Errors}))
			return all
		}
		g.Expect(err).NotTo(HaveOccurred())
		switch element := token.(type) {
		case xml.StartElement:
			switch element.Name.Local {
			case "testsuites":
				claimedAll = claims(g, element)
			case "testsuite":
				inSuite, claimed = tally{}, claims(g, element)
			case "testcase":
				inSuite.Tests++
				name := element.Attr[0].Value + " " + element.Attr[1].Value
				g.Expect(names).NotTo(HaveKey(name))
				names[name] = true
			case "failure":
				inSuite.Failures++
			case "error":
				inSuite.Errors++
			case "skipped":
				inSuite.Skipped++
			}
		case xml.EndElement:
			if element.Name.Local == "testsuite" {
				g.Expect(claimed).To(Equal(inSuite))
				all.add(inSuite)
			}
		}
	}
}

func claims(g *WithT, element xml.StartElement) tally {
	var claimed tally
	into := map[string]*int{
		"tests": &claimed.Tests, "failures": &claimed.Failures,
		"errors": &claimed.Errors, "skipped": &claimed.Skipped,
	}
	for _, attribute := range element.Attr {
		if number, counted := into[attribute.Name.Local]; counted {
			_, err := fmt.Sscan(attribute.Value, number)
			g.Expect(err).NotTo(HaveOccurred())
		}
	}
	return claimed
}
