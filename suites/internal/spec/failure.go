package spec

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/suites/internal/wire"
)

// Failure is what broke a behaviour, as data: reports make the comparison and
// the card of it, and nothing takes its sentence apart.
type Failure struct {
	// Expected and Got say in a few words what had to come and what came. They
	// hold nothing that differs from run to run, such as ids, so that equal
	// faults read equal.
	Expected, Got string
	// Answer is what Got says, where that is an answer as a whole; else nil.
	Answer *Outline
	// Wanted is the answer that had to come, as far as its status and its error
	// tell; nil where neither was judged.
	Wanted *Outline
	// Field is the member that is wrong; empty where it is not about one.
	Field string
	// Absent says that the field is not there.
	Absent bool
	// Want and Was are two texts to compare, such as the values of Field, or two
	// lists with an entry on each line. Want alone, or neither, compares nothing.
	Want, Was *string
	// Lacks and Holds are texts that must be in the answer and are not, and that are
	// and must not.
	Lacks, Holds []string
	// Unnoticed says that something is wrong with a file, and that the target took it.
	Unnoticed bool
	// StopsTarget says that the target stopped answering, each time that it was asked.
	StopsTarget bool
	// Details are lines that help to understand it.
	Details []string
	// Body is as much of the answer's body as fits into a line.
	Body string

	// Step and Operation are those of the exchange that it is about, and Exchange
	// is the index of that in the report's steps; nil where it is about none.
	// The Spec fills them in.
	Step, Operation string
	Exchange        *int
	// Before is the index of an earlier answer that it is compared with.
	Before *int

	about, before *wire.Exchange
}

// Expectation is what had to come, in words.
type Expectation string

// Expected begins a failure; Got ends it.
func Expected(format string, arguments ...any) Expectation {
	return Expectation(fmt.Sprintf(format, arguments...))
}

// Got is the failure of an expectation for which this came.
func (e Expectation) Got(format string, arguments ...any) Failure {
	return Failure{Expected: string(e), Got: fmt.Sprintf(format, arguments...)}
}

// GotAnswer is the failure of an expectation for which the answer came.
func (e Expectation) GotAnswer(reply wire.Reply) Failure {
	failure := *wrongAnswer(reply)
	failure.Expected = string(e)
	return failure.About(reply)
}

// Compare is the failure with two texts to compare.
func (f Failure) Compare(want, was string) Failure {
	f.Want, f.Was = &want, &was
	return f
}

// CompareLines is the failure with two lists to compare.
func (f Failure) CompareLines(want, was []string) Failure {
	f.Want, f.Was = Lines(want), Lines(was)
	return f
}

// Detail is the failure with a line more that helps to understand it.
func (f Failure) Detail(format string, arguments ...any) Failure {
	f.Details = append(slices.Clone(f.Details), fmt.Sprintf(format, arguments...))
	return f
}

// Of is the failure of the field.
func (f Failure) Of(field string) Failure {
	f.Field = field
	return f
}

// Holding is the failure of an answer that holds the text and must not.
func (f Failure) Holding(text string) Failure {
	f.Holds = []string{text}
	return f
}

// Unseen is the failure of a target that took a file with which something is wrong.
func (f Failure) Unseen() Failure {
	f.Unnoticed = true
	return f
}

// About is the failure of the answer, with its body.
func (f Failure) About(reply wire.Reply) Failure {
	f.Body = bodyOf(reply)
	return f.AboutExchange(reply.Exchange)
}

// Answered is the failure of an answer that is wrong as a whole.
func (f Failure) Answered(reply wire.Reply) Failure {
	f.Answer = new(outlineOf(reply, ""))
	return f
}

// AboutError is the failure of an answer that is an error, as one had to come,
// with the problem of its body.
func (f Failure) AboutError(reply wire.Reply, problem string) Failure {
	came := outlineOf(reply, "")
	came.Problem = problem
	f.Answer, f.Wanted = &came, &Outline{Status: reply.Status}
	return f.About(reply)
}

// AboutExchange is the failure of the exchange, such as one with a transfer URL.
func (f Failure) AboutExchange(exchange wire.Exchange) Failure {
	f.about = &exchange
	return f
}

// Since is the failure of an answer that is compared with an earlier one.
func (f Failure) Since(before wire.Exchange) Failure {
	f.before = &before
	return f
}

// Sentence is the failure for a reader. Its first line stands alone: expected
// this, got that. What differs from run to run is in the lines behind it.
func (f Failure) Sentence() string {
	lines := []string{fmt.Sprintf("expected %s, got %s", f.Expected, f.Got)}
	if f.comparesBeyondFirstLine() {
		lines = append(lines, fmt.Sprintf("want %.80q, got %.80q", *f.Want, *f.Was))
	}
	lines = append(lines, f.Details...)
	if f.Body != "" {
		lines = append(lines, bodyWords+f.Body)
	}
	return strings.Join(lines, "\n")
}

// comparesBeyondFirstLine says whether the first line does not hold the two texts.
func (f Failure) comparesBeyondFirstLine() bool {
	return f.Want != nil && f.Was != nil && !strings.Contains(*f.Want+*f.Was, "\n") &&
		(!strings.Contains(f.Expected, *f.Want) || !strings.Contains(f.Got, *f.Was))
}

// Lines are the two texts of a comparison of lists.
func Lines(entries []string) *string { return new(strings.Join(entries, "\n")) }
