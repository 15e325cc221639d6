package cause

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"session-conformance/reporters/report"
)

// symptom is one wrong result, as far as its failure tells a cause.
type symptom struct {
	// index is that of the result.
	index  int
	result report.Result
	// failure is empty where the result has none as data.
	failure   report.Failure
	operation string
	// kind is an index in kinds, keys what it has in common with others of the
	// same cause.
	kind int
	keys []string
	// after names what was done before the answer that is wrong.
	after string
	// dead says that nothing of the operation passed in the variant.
	dead bool
}

func symptomsOf(results []report.Result) []symptom {
	alive := map[string]bool{}
	for _, result := range results {
		if result.Outcome == report.Passed {
			alive[result.Service+"."+result.Operation+result.VariantName()] = true
		}
	}
	var symptoms []symptom
	for i, result := range results {
		switch result.Outcome {
		case report.Failed, report.Warned, report.TimedOut:
			each := symptom{index: i, result: result, operation: result.Service + "." + result.Operation}
			if result.Failure != nil {
				each.failure = *result.Failure
			}
			if each.failure.Operation != "" {
				each.operation = each.failure.Operation
			}
			each.after = precedent(result)
			each.dead = !alive[each.operation+result.VariantName()]
			each.classify()
			symptoms = append(symptoms, each)
		}
	}
	// The order of a run depends on its seed.
	slices.SortStableFunc(symptoms, func(a, b symptom) int {
		return cmp.Or(cmp.Compare(a.result.ID, b.result.ID), cmp.Compare(a.result.VariantName(), b.result.VariantName()))
	})
	return symptoms
}

func (s *symptom) classify() {
	for i, kind := range kinds {
		if kind.holds(*s) {
			s.kind = i
			break
		}
	}
	for _, key := range kinds[s.kind].keys(*s) {
		s.keys = append(s.keys, strconv.Itoa(s.kind)+"\n"+key)
	}
	// What breaks in one route of a binding breaks in the others, too.
	s.keys = append(s.keys, "id\n"+s.result.ID+"\n"+s.result.Binding)
	if s.findsWrong() {
		s.keys = append(s.keys, "finds\n"+s.operation)
	}
}

// findsWrong says that the operation finds what it should not: a wrong result
// of its own, or one for what is not there.
func (s *symptom) findsWrong() bool {
	own := s.operation == s.result.Service+"."+s.result.Operation
	if s.expectation().Type == "not_found" {
		return own && succeeded(s.answer())
	}
	return own && s.failure.Operation != "" && s.failure.Answer == nil && s.failure.Field == ""
}

// precedent is the last step before the judged answer that changed something;
// empty where it is the judged one itself.
func precedent(result report.Result) string {
	if result.Failure == nil || result.Failure.Exchange == nil {
		return ""
	}
	judged := *result.Failure.Exchange
	if judged >= len(result.Exchanges) || result.Exchanges[judged].Method != "GET" {
		return ""
	}
	for i := judged - 1; i >= 0; i-- {
		if exchange := result.Exchanges[i]; exchange.Method != "GET" {
			return exchange.Step
		}
	}
	return ""
}

// answer is what came as a whole; empty where the failure is about less.
func (s symptom) answer() report.Answer {
	if s.failure.Answer == nil {
		return report.Answer{}
	}
	return *s.failure.Answer
}

// expectation is what had to come; empty where it was not judged.
func (s symptom) expectation() report.Answer {
	if s.failure.Wanted == nil {
		return report.Answer{}
	}
	return *s.failure.Wanted
}

// compares says that the field had to have the value, and had the other.
func (s symptom) compares(field, want, was string) bool {
	f := s.failure
	return f.Field == field && f.Want != nil && f.Was != nil && *f.Want == want && *f.Was == was
}

func succeeded(answer report.Answer) bool { return answer.Status/100 == 2 }

func refused(answer report.Answer) bool { return answer.Status >= 400 }

// shortName is the answer in few words: "400 invalid_argument".
func shortName(answer report.Answer) string {
	switch {
	case answer.Type != "":
		return strconv.Itoa(answer.Status) + " " + answer.Type
	case strings.HasPrefix(answer.Body, "a body that is"):
		return strconv.Itoa(answer.Status) + " with " + answer.Body
	}
	return strconv.Itoa(answer.Status)
}
