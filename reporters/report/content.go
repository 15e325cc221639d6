package report

import (
	"slices"
	"strings"
)

// Content is what a card says, in every format the same: a format decides how
// it looks. Its texts are as they came from the target, so a format shows them
// through Visible or escapes them in its own way.
type Content struct {
	// Title is the promise of the behaviour, ID its name.
	Title   string
	ID      string
	Level   Level
	Outcome Outcome
	// Where names the variants in one line: "api, rest, legacy path json xml".
	Where string
	// Clause is what the documents say, Sources which of them.
	Clause  string
	Sources []Source
	// Headline is the first line of the message in the shown variant.
	Headline string
	// Expected and Got are the two sides of the headline. Both are empty for a
	// failure that compares nothing, such as a timeout.
	Expected, Got string
	// Answers are what came in the place of Got, and where: bindings and formats
	// spell the same wrong answer differently. There is one where all agree, and
	// none where Got is empty.
	Answers []Answer
	// Details are the lines of the message behind the first, in the shown
	// variant, without what Diff shows.
	Details string
	// Diff compares the body that was expected with the one that came, line by
	// line; empty where there are not two bodies to compare.
	Diff []DiffLine
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

// Answer is what came in some of the variants.
type Answer struct {
	Got, Where string
}

// Row is one variant of a failure.
type Row struct {
	Variant    string
	Outcome    Outcome
	Message    string
	DurationMS float64
}

// Step is a named part of a behaviour with the exchanges that it made.
type Step struct {
	Name      string
	Exchanges []Exchange
}

// BlockedBehaviour is one behaviour that a failure blocks, in the variants
// that Where names.
type BlockedBehaviour struct {
	ID, Title, Where string
}

// Content is what the card says. A card of one result tells of that one alone:
// run.Content(Card{Results: []Result{result}}).
func (r *Run) Content(card Card) Content {
	first := card.Results[0]
	headline, details := split(first.Message)
	expected, got := compared(headline)
	diff := difference(first)
	if len(diff) > 0 {
		details = strings.TrimSpace(inDiff.ReplaceAllString(details, ""))
	}
	return Content{
		Title: first.Promise, ID: first.ID, Level: first.Level, Outcome: first.Outcome,
		Where: Where(card.Results), Clause: first.Clause, Sources: r.SourcesOf(first.Sources),
		Headline: headline, Expected: expected, Got: got, Answers: answers(card.Results), Details: details, Diff: diff,
		Rows: rows(card.Results), Shown: first.VariantName(), Steps: steps(first.Exchanges),
		Curl: r.Curl(first), Rerun: r.Rerun(first.ID), LookAt: first.LookAt, Location: first.Location,
		Blocked: blockedBehaviours(card.Blocked),
	}
}

func answers(results []Result) []Answer {
	came := func(r Result) string {
		headline, _ := split(r.Message)
		_, got := compared(headline)
		return got
	}
	var answers []Answer
	for _, group := range Group(results, came) {
		if got := came(group[0]); got != "" {
			answers = append(answers, Answer{got, Where(group)})
		}
	}
	return answers
}

func rows(results []Result) []Row {
	rows := make([]Row, 0, len(results))
	for _, result := range results {
		rows = append(rows, Row{result.VariantName(), result.Outcome, result.Message, result.DurationMS})
	}
	return rows
}

// SourcesOf finds what the keys stand for; a run that does not tell leaves the
// title and the address empty.
func (r *Run) SourcesOf(keys []string) []Source {
	found := make([]Source, 0, len(keys))
	for _, key := range keys {
		at := slices.IndexFunc(r.Sources, func(s Source) bool { return s.Key == key })
		if at < 0 {
			found = append(found, Source{Key: key})
			continue
		}
		found = append(found, r.Sources[at])
	}
	return found
}

// steps puts the exchanges that follow each other in one step together.
func steps(exchanges []Exchange) []Step {
	var steps []Step
	for _, exchange := range exchanges {
		if last := len(steps) - 1; last >= 0 && steps[last].Name == exchange.Step {
			steps[last].Exchanges = append(steps[last].Exchanges, exchange)
			continue
		}
		steps = append(steps, Step{exchange.Step, []Exchange{exchange}})
	}
	return steps
}

func blockedBehaviours(results []Result) []BlockedBehaviour {
	var blocked []BlockedBehaviour
	for _, group := range Group(results, func(r Result) string { return r.ID }) {
		blocked = append(blocked, BlockedBehaviour{group[0].ID, group[0].Promise, Where(group)})
	}
	return blocked
}
