// Package junit writes a run as JUnit XML for the viewers of GitLab, Jenkins
// and GitHub.
//
// A suite is one service in one binding, a case one behaviour in one variant.
// What the target does wrong is a failure, what the suite does wrong an error,
// and a run that is not conformant always has one of the two.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"session-conformance/reporters/card"
	"session-conformance/reporters/cause"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Write writes the run; the same run gives the same bytes.
func Write(w io.Writer, run *report.Run) error {
	document := build(run)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return fmt.Errorf("encode junit: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func build(run *report.Run) testSuites {
	document := testSuites{Name: "conformance", Time: seconds(run.DurationMS)}
	cards := cardsOf(run)
	for _, group := range bySuite(run.Results) {
		document.add(suiteOf(run, group, cards))
	}
	if run.Verdict != report.Conformant && document.Failures+document.Errors == 0 {
		document.add(verdictSuite(run))
	}
	return document
}

func (d *testSuites) add(suite testSuite) {
	d.Suites = append(d.Suites, suite)
	d.Tests += suite.Tests
	d.Failures += suite.Failures
	d.Errors += suite.Errors
}

// bySuite sorts by name, so that two runs with different seeds compare well.
func bySuite(all []report.Result) [][]report.Result {
	groups := card.Group(results.Sorted(all), suiteName)
	slices.SortFunc(groups, func(a, b []report.Result) int {
		return strings.Compare(suiteName(a[0]), suiteName(b[0]))
	})
	return groups
}

func suiteName(r report.Result) string { return r.Service + " " + r.Binding }

func suiteOf(run *report.Run, group []report.Result, cards map[string]card.Card) testSuite {
	suite := emptySuite(run, suiteName(group[0]))
	var milliseconds float64
	for _, result := range group {
		suite.addCase(caseOf(run, result, cards))
		milliseconds += result.DurationMS
	}
	suite.Time = seconds(milliseconds)
	return suite
}

// verdictSuite stands for a run that never came to judge a behaviour: without
// it an unreachable target would read as green.
func verdictSuite(run *report.Run) testSuite {
	suite := emptySuite(run, "run")
	verdict := &problem{
		Message: visible.FirstLine(run.Summary, results.LineLimit),
		Type:    string(run.Verdict),
		Text:    visible.Text(run.Summary),
	}
	one := testCase{ClassName: "conformance.run", Name: "judges the target", Time: seconds(run.DurationMS), Error: verdict}
	if run.Verdict == report.NotConformant {
		one.Error, one.Failure = nil, verdict
	}
	suite.addCase(one)
	suite.Time = one.Time
	return suite
}

func emptySuite(run *report.Run, name string) testSuite {
	return testSuite{
		Name: visible.Text(name),
		// Ant's schema, which others copied, allows no zone: this is UTC.
		Timestamp:  run.Started.UTC().Format("2006-01-02T15:04:05"),
		Properties: properties(run),
	}
}

func (s *testSuite) addCase(c testCase) {
	s.Cases = append(s.Cases, c)
	s.tally.add(c.tally())
}

func properties(run *report.Run) []property {
	list := []property{
		{"target", run.Target.URL},
		{"release", run.Target.Release},
		{"seed", strconv.FormatInt(run.Options.Seed, 10)},
		{"suite", run.Suite.Name + " " + run.Suite.Version},
		{"verdict", string(run.Verdict)},
		{"partial", strconv.FormatBool(run.Partial)},
		{"summary", run.Summary},
	}
	for i, one := range cause.Known(run) {
		list = append(list, property{fmt.Sprintf("cause.%d", i+1), one.Summary + " (" + cause.Tally(one) + ")"})
	}
	for _, left := range run.Leftovers {
		list = append(list, property{"leftover", strings.Join([]string{left.Kind, left.ID, left.Name, left.Error}, " ")})
	}
	for i := range list {
		list[i].Value = visible.Text(list[i].Value)
	}
	return list
}

func seconds(milliseconds float64) string {
	return strconv.FormatFloat(milliseconds/1000, 'f', 3, 64)
}
