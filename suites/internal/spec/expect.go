package spec

import (
	"slices"

	"github.com/onsi/gomega/types"

	"session-conformance/suites/internal/wire"
)

// Judge is a matcher that tells its failure as data.
type Judge interface {
	types.GomegaMatcher
	// Failure is why the matcher does not accept the actual value.
	Failure(actual any) Failure
	// NegatedFailure is why it should not have accepted it.
	NegatedFailure(actual any) Failure
}

// Since is the matcher of a value that is compared with what was seen before.
func Since(before wire.Exchange, matcher types.GomegaMatcher) types.GomegaMatcher {
	return sinceMatcher{matcher.(Judge), before}
}

type sinceMatcher struct {
	Judge
	before wire.Exchange
}

// Failure implements Judge.
func (m sinceMatcher) Failure(actual any) Failure {
	failure := m.Judge.Failure(actual)
	if failure.Want != nil && failure.Was != nil {
		failure = failure.Since(m.before)
	}
	return failure
}

// Assertion is about what the wire showed.
type Assertion struct {
	spec   *Spec
	actual any
}

// Expect makes an assertion about what the wire showed.
func (s *Spec) Expect(actual any) Assertion { return Assertion{s, actual} }

// To ends the behaviour if the matcher does not accept the value.
func (a Assertion) To(matcher types.GomegaMatcher) {
	if a.accepts(matcher) {
		return
	}
	if judge, tells := matcher.(Judge); tells {
		a.spec.Fail(judge.Failure(a.actual))
	}
	a.spec.end(Broken, "", "%s", matcher.FailureMessage(a.actual))
}

// NotTo ends the behaviour if the matcher accepts the value.
func (a Assertion) NotTo(matcher types.GomegaMatcher) {
	if !a.accepts(matcher) {
		return
	}
	if judge, tells := matcher.(Judge); tells {
		a.spec.Fail(judge.NegatedFailure(a.actual))
	}
	a.spec.end(Broken, "", "%s", matcher.NegatedFailureMessage(a.actual))
}

// accepts asks the matcher; one that cannot judge the value is the spec's own
// mistake.
func (a Assertion) accepts(matcher types.GomegaMatcher) bool {
	accepted, err := matcher.Match(a.actual)
	if err != nil {
		panic(err)
	}
	return accepted
}

// Fail ends the behaviour: the target broke it.
func (s *Spec) Fail(failure Failure) {
	s.locate(&failure)
	panic(ending{Ending: Broken, message: failure.Sentence(), failure: &failure})
}

// locate fills in what the failure is about: a look at the item, if it was the last
// that was done and nothing else is named.
func (s *Spec) locate(failure *Failure) {
	failure.Step = s.step
	if failure.before != nil {
		failure.Before = s.find(*failure.before)
	}
	last := len(s.report.Steps) - 1
	switch {
	case failure.about != nil:
		if at := s.find(*failure.about); at != nil {
			step := s.report.Steps[*at]
			failure.Step, failure.Operation, failure.Exchange = step.Name, step.Operation, at
		}
	case last >= 0 && s.report.Steps[last].isLook:
		failure.Exchange = &last
	}
}

// find is the index of the exchange in the transcript. The last one counts if
// requests at once look alike.
func (s *Spec) find(exchange wire.Exchange) *int {
	for at, step := range slices.Backward(s.report.Steps) {
		if step.sameAs(exchange) {
			return &at
		}
	}
	return nil
}

// sameAs says whether the step is this exchange; the transcript may hold less
// of its answer.
func (s Step) sameAs(exchange wire.Exchange) bool {
	return s.Started.Equal(exchange.Started) && s.Method == exchange.Method && s.URL == exchange.URL
}
