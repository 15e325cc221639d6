package card

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/reporters/reproduce"
)

// Content is what a card says, in every format the same: a format decides how
// it looks. Its texts are as they came from the target, so a format shows them
// through Visible or escapes them in its own way.
type Content struct {
	// Title is what is wrong in one line: the step, what was expected and what
	// came. Promise is what the behaviour promises, ID its name.
	Title   string
	Promise string
	ID      string
	Level   report.Level
	Outcome report.Outcome
	// Where names the variants in one line: "api, rest, legacy path json xml".
	Where string
	// Clause is what the documents say, Sources which of them.
	Clause  string
	Sources []report.Source
	// Headline is the first line of the message in the shown variant.
	Headline string
	// Expected and Got are the two sides of the headline. Both are empty for a
	// failure that compares nothing, such as a timeout.
	Expected, Got string
	// Answers are what came in the place of Got, and where: bindings and formats
	// spell the same wrong answer differently. There is one where all agree, and
	// none where Got is empty.
	Answers []WrongAnswer
	// Timeline is what clients did at once, nil where the failure is not about that.
	// Details say what is wrong in each order, so it has none.
	Timeline *report.Timeline
	// Details are the lines of the message behind the first, in the shown
	// variant, without what Diff shows.
	Details string
	// Diff compares the body that was expected with the one that came, line by
	// line; empty where there are not two bodies to compare.
	Diff []DiffLine
	// Compared are the two answers that the failure is about, where one alone shows
	// nothing wrong.
	Compared []Compared
	// Rows are the variants of this failure; there is at least one.
	Rows []Row
	// Shown is the variant of which Details, Diff, Steps and Curl tell: the
	// first row. The others went alike.
	Shown string
	// Steps are the exchanges of this behaviour alone, under their names.
	Steps []Step
	// Curl is a script for a POSIX shell that logs in and sends the same
	// requests; empty where there were none.
	Curl string
	// Rerun is the command that judges just this behaviour again.
	Rerun string
	// LookAt is where to look first, Location where the behaviour's spec is.
	// Either may be empty.
	LookAt   string
	Location string
	// Blocked are the behaviours that could not be judged because of this one.
	Blocked []BlockedBehaviour
}

// WrongAnswer is what came in some of the variants.
type WrongAnswer struct {
	Got, Where string
}

// Row is one variant of a failure.
type Row struct {
	Variant    string
	Outcome    report.Outcome
	Message    string
	DurationMS float64
}

// Step is a named part of a behaviour with the exchanges that it made.
type Step struct {
	Name      string
	Exchanges []Exchange
}

// Exchange is a request and its answer. What was asked again and again until it
// changed stands there once, with its last answer, and Times says how often.
type Exchange struct {
	report.Exchange
	Times int
}

// BlockedBehaviour is one behaviour that a failure blocks, in the variants
// that Where names.
type BlockedBehaviour struct {
	ID, Title, Where string
}

// Content is what the card says of the run that it is of. A card of one result
// tells of that one alone.
func (c Card) Content(run *report.Run) Content {
	first := c.Results[0]
	headline, _ := split(first.Message)
	expected, got := sides(first)
	diff := difference(first)
	return Content{
		Title: title(first), Promise: first.Promise, ID: first.ID, Level: first.Level, Outcome: first.Outcome,
		Where: Where(c.Results), Clause: first.Clause, Sources: SourcesOf(run, first.Sources),
		Headline: headline, Expected: expected, Got: got, Answers: answers(c.Results),
		Timeline: timelineOf(first), Details: details(first, len(diff) > 0), Diff: diff, Compared: comparedAnswers(first),
		Rows: rows(c.Results), Shown: first.VariantName(), Steps: Steps(first.Exchanges),
		Curl: reproduce.Script(run, first), Rerun: reproduce.Rerun(run, first), LookAt: first.LookAt, Location: first.Location,
		Blocked: blockedBehaviours(c.Blocked),
	}
}

// title does not say that a step arranges something, which is about the suite,
// and is the promise where nothing was said of what is wrong.
func title(result report.Result) string {
	if failure := result.Failure; failure != nil && bothValues(*failure) != "" {
		result.Message = fmt.Sprintf("expected %s, got %s", failure.Expected, bothValues(*failure))
	}
	return cmp.Or(strings.TrimPrefix(result.Headline(), "arrange: "), result.Promise)
}

// sides are what was expected and what came; both are empty where nothing was
// compared.
func sides(result report.Result) (expected, got string) {
	if result.Failure == nil {
		return "", ""
	}
	return result.Failure.Expected, cmp.Or(bothValues(*result.Failure), result.Failure.Got)
}

// timelineOf is what a timeline draws, without what the details say already.
func timelineOf(result report.Result) *report.Timeline {
	if result.Failure == nil || result.Failure.Timeline == nil {
		return nil
	}
	drawn := *result.Failure.Timeline
	drawn.Orders = nil
	return &drawn
}

// details are the lines behind the first; a body that was compared is shown by
// that already.
func details(result report.Result, compared bool) string {
	failure := result.Failure
	if failure == nil {
		_, details := split(result.Message)
		return details
	}
	lines := slices.Clone(failure.Details)
	if failure.Body != "" && !compared {
		lines = append(lines, "the body was "+failure.Body)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func answers(results []report.Result) []WrongAnswer {
	came := func(r report.Result) string {
		_, got := sides(r)
		return got
	}
	var answers []WrongAnswer
	for _, group := range Group(results, came) {
		if got := came(group[0]); got != "" {
			answers = append(answers, WrongAnswer{got, Where(group)})
		}
	}
	return answers
}

func rows(results []report.Result) []Row {
	rows := make([]Row, 0, len(results))
	for _, result := range results {
		rows = append(rows, Row{result.VariantName(), result.Outcome, result.Message, result.DurationMS})
	}
	return rows
}

// SourcesOf finds what the keys stand for; a run that does not tell leaves the
// title and the address empty.
func SourcesOf(run *report.Run, keys []string) []report.Source {
	found := make([]report.Source, 0, len(keys))
	for _, key := range keys {
		at := slices.IndexFunc(run.Sources, func(s report.Source) bool { return s.Key == key })
		if at < 0 {
			found = append(found, report.Source{Key: key})
			continue
		}
		found = append(found, run.Sources[at])
	}
	return found
}

// Steps puts the exchanges that follow each other in one step together.
func Steps(exchanges []report.Exchange) []Step {
	var steps []Step
	for _, exchange := range exchanges {
		if last := len(steps) - 1; last < 0 || steps[last].Name != exchange.Step {
			steps = append(steps, Step{Name: exchange.Step})
		}
		steps[len(steps)-1].add(exchange)
	}
	return steps
}

// add counts a look at what was looked at just before.
func (s *Step) add(exchange report.Exchange) {
	if last := len(s.Exchanges) - 1; last >= 0 && looksAgain(s.Exchanges[last].Exchange, exchange) {
		s.Exchanges[last] = Exchange{exchange, s.Exchanges[last].Times + 1}
		return
	}
	s.Exchanges = append(s.Exchanges, Exchange{exchange, 1})
}

// looksAgain says whether a request that changes nothing was sent twice: what a
// step polls is asked in the same words each time. A refusal that is tried
// again may be told otherwise, which is worth seeing.
func looksAgain(first, second report.Exchange) bool {
	return reproduce.SameRequest(first, second) &&
		first.Status == second.Status && first.Status/100 == 2 && first.Error == "" && second.Error == "" &&
		(first.Method == http.MethodGet || strings.Contains(first.URL, "action=get") || strings.Contains(first.URL, "action=list"))
}

func blockedBehaviours(results []report.Result) []BlockedBehaviour {
	var blocked []BlockedBehaviour
	for _, group := range Group(results, func(r report.Result) string { return r.ID }) {
		blocked = append(blocked, BlockedBehaviour{group[0].ID, group[0].Promise, Where(group)})
	}
	return blocked
}
