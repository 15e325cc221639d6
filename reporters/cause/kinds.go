package cause

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// kind is a way in which a target can be wrong.
type kind struct {
	// holds says whether a symptom is of the kind; the first kind counts.
	holds func(symptom) bool
	// keys are what symptoms of the same cause have in common; one is enough.
	keys func(symptom) []string
	// says what is wrong, in one line.
	says func([]symptom) string
}

// kinds are in the order in which they tell most of a cause. The kind of most
// symptoms of a group speaks for it.
var kinds = []kind{
	{isStopping, func(s symptom) []string { return []string{s.operation} }, sayStopping},
	{isSilent, func(s symptom) []string { return []string{s.answer().Error} }, saySilent},
	{isAbsent, func(symptom) []string { return []string{""} }, sayAbsent},
	{isNoError, func(symptom) []string { return []string{""} }, sayNoError},
	{isMisshapen, misshapenKeys, sayMisshapen},
	{isRefused, refusedKeys, sayRefused},
	{isAccepted, acceptedKeys, sayAccepted},
	{isUnnoticed, func(symptom) []string { return []string{""} }, sayUnnoticed},
	{isWrongStatus, func(s symptom) []string { return []string{shortName(s.expectation()) + "\n" + shortName(s.answer())} }, sayWrongStatus},
	{isWrongField, fieldKeys, sayLine},
	{func(symptom) bool { return true }, otherKeys, sayLine},
}

func isStopping(s symptom) bool { return s.failure.StopsTarget }

func isSilent(s symptom) bool { return s.answer().Error != "" }

func isAbsent(s symptom) bool { return s.failure.Absent && s.failure.Field != "" }

// isNoError is a refusal whose body no binding can read, or that lacks the one which
// was judged.
func isNoError(s symptom) bool {
	judgesBody := s.result.Service == "protocol" && s.failure.Wanted == nil
	if judgesBody && refused(s.answer()) {
		return true
	}
	return refused(s.answer()) && refused(s.expectation()) && !slices.Contains(readable, s.answer().Body)
}

// readable are the bodies that are what they should be, as answers name them.
var readable = []string{"", "JSON", "XML", "no body"}

func isMisshapen(s symptom) bool { return s.answer().Problem != "" }

// isRefused is an error where success had to come, or nothing told what had to.
func isRefused(s symptom) bool { return refused(s.answer()) && !refused(s.expectation()) }

func isAccepted(s symptom) bool { return refused(s.expectation()) && succeeded(s.answer()) }

// isUnnoticed is a file with which something is wrong, and which was taken.
func isUnnoticed(s symptom) bool {
	return s.failure.Unnoticed || s.compares("has_errors", "true", "false") || s.compares("state", "ERROR", "DONE")
}

func isWrongStatus(s symptom) bool { return s.expectation().Status != 0 && s.answer().Status != 0 }

func isWrongField(s symptom) bool { return s.failure.Field != "" }

// misshapenKeys join the errors, and the answers of a service.
func misshapenKeys(s symptom) []string {
	if refused(s.answer()) {
		return []string{"errors\n" + s.answer().Problem}
	}
	return []string{s.result.Service}
}

// refusedKeys join what an operation refuses where it does nothing right, and
// else what is not found any more after something was done.
func refusedKeys(s symptom) []string {
	answer := shortName(s.answer())
	if s.dead || s.answer().Status != 404 {
		return []string{s.operation + "\n" + answer}
	}
	return []string{answer}
}

// acceptedKeys join what should be refused with the same error. One that tells
// no more than its status is about arguments.
func acceptedKeys(s symptom) []string {
	if wanted := s.expectation(); wanted.Type != "" {
		return []string{wanted.Type}
	}
	return []string{"invalid_argument"}
}

// fieldKeys join the same wrong value.
func fieldKeys(s symptom) []string {
	keys := []string{s.failure.Field + "\n" + s.failure.Expected + "\n" + s.failure.Got}
	if s.failure.Want == nil {
		keys = append(keys, s.failure.Field+"\n"+s.failure.Got)
	}
	return keys
}

// otherKeys join what had to come and came alike, or came alike in the same
// named step. Of a result without data it is the first line.
func otherKeys(s symptom) []string {
	if s.failure.Expected == "" {
		line, _, _ := strings.Cut(s.result.Message, "\n")
		return []string{line}
	}
	keys := []string{s.failure.Expected + "\n" + s.failure.Got}
	if isStory(s.failure) {
		keys = append(keys, s.failure.Got)
	}
	compares := s.failure.Operation == "" || s.failure.Want != nil
	if s.failure.Step != "" && compares {
		keys = append(keys, s.failure.Step+"\n"+s.failure.Got)
	}
	return keys
}

// isStory says whether what came is told in so many words that it comes of one thing,
// whatever was expected.
func isStory(failure report.Failure) bool { return len(strings.Fields(failure.Got)) >= 8 }

func sayStopping(all []symptom) string {
	return fmt.Sprintf("%s: the target stops answering behind %s", operations(all), all[0].result.ID)
}

func saySilent(all []symptom) string {
	return fmt.Sprintf("%s: %s", operations(all), all[0].answer().Error)
}

func sayAbsent(all []symptom) string {
	var fields []string
	for _, each := range all {
		fields = appendNew(fields, each.failure.Field)
	}
	are := "is"
	if len(fields) > 1 {
		are = "are"
	}
	return fmt.Sprintf("%s %s left out of the answers of %s%s", several(fields), are, operations(all), whileZero(all))
}

// whileZero says when the field is left out, where only its zero was asked for.
func whileZero(all []symptom) string {
	zero := false
	for _, each := range all {
		if want := each.failure.Want; want != nil {
			if *want != "0" {
				return ""
			}
			zero = true
		}
	}
	if zero {
		return " while it is 0"
	}
	return ""
}

func sayNoError(all []symptom) string {
	answer := all[0].answer()
	return fmt.Sprintf("errors of %s are no documented ones: %d with %s", operations(all), answer.Status, answer.Body)
}

func sayMisshapen(all []symptom) string {
	answer := all[0].answer()
	return fmt.Sprintf("%s: the answer has the wrong shape: %s", operations(all), answer.Problem)
}

func sayRefused(all []symptom) string {
	first := all[0]
	if first.dead && succeeded(first.expectation()) && first.operation == first.result.Service+"."+first.result.Operation {
		return fmt.Sprintf("%s does not work: expected %s, got %s", operations(all), first.failure.Expected, first.failure.Got)
	}
	var after []string
	for _, each := range all {
		if each.after != "" {
			after = appendNew(after, each.after)
		}
	}
	got := shortName(first.answer())
	if len(after) == 0 || len(all) == 1 {
		return sayLine(all)
	}
	return fmt.Sprintf("%s answers %s after %s: expected %s", first.operation, got, several(after), first.failure.Expected)
}

func sayAccepted(all []symptom) string {
	if len(all) == 1 {
		return sayLine(all)
	}
	var refusals []string
	for _, each := range all {
		if isAccepted(each) && each.expectation().Type != "" {
			refusals = appendNew(refusals, shortName(each.expectation()))
		}
	}
	if len(refusals) == 0 {
		refusals = []string{shortName(all[0].expectation())}
	}
	are := "is"
	if len(refusals) > 1 {
		are = "are"
	}
	return fmt.Sprintf("%s: success where %s %s documented", operations(all), several(refusals), are)
}

func sayWrongStatus(all []symptom) string {
	first := all[0]
	if first.expectation().Type == "" && refused(first.expectation()) || len(all) == 1 {
		return sayLine(all)
	}
	return fmt.Sprintf("%s: %s where %s is documented", operations(all), shortName(first.answer()), shortName(first.expectation()))
}

func sayUnnoticed(all []symptom) string {
	if len(all) == 1 {
		return sayLine(all)
	}
	return fmt.Sprintf("what is wrong with a file goes unnoticed by %s: %s", operations(all), sayLine(all))
}

// sayLine is the failure of the first as it is.
func sayLine(all []symptom) string {
	first := all[0]
	if first.failure.Expected == "" {
		line, _, _ := strings.Cut(first.result.Message, "\n")
		return fmt.Sprintf("%s: %s", first.operation, line)
	}
	return fmt.Sprintf("%s: expected %s, got %s", where(first), first.failure.Expected, first.failure.Got)
}

// where is the operation and the step in which it went wrong.
func where(s symptom) string {
	step := s.failure.Step
	switch {
	case step == "" || step == s.operation:
		step = s.operation
	case !strings.Contains(step, s.operation):
		step = s.operation + ", " + step
	}
	if s.after != "" && s.after != step {
		step += " after " + s.after
	}
	return step
}
