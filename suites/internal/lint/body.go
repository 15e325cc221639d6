package lint

import (
	"fmt"
	"slices"
)

// answerMatchers look at an answer's status and shape alone.
var answerMatchers = []string{"Succeed", "BeDocumented", "BeRefusedWith", "BeRejected", "BeUnsuccessful",
	"BeAnsweredWith", "BeGone", "TellItsError"}

// body is what a function does, with all that it names; under which condition
// it does so is not told. As a fact it is known to the packages that import the
// function's.
type body struct {
	// Expects are the expectations that it makes of replies.
	Expects []expectation
	// Compares says that it fails by a comparison of its own.
	Compares bool
	// Control says that it names a step its control, and judges behind it.
	Control bool
}

// expectation is one s.Expect(reply).To(matcher): Act is the verb that the
// reply came from, Refused that the matcher wants a refusal.
type expectation struct {
	Act, Matcher string
	Refused      bool
}

// AFact marks a body as a fact of go/analysis.
func (*body) AFact() {}

func (b *body) String() string { return fmt.Sprintf("expects %v", b.Expects) }

// add makes what the other does a part of what the body does.
func (b *body) add(other body) {
	for _, one := range other.Expects {
		if !slices.Contains(b.Expects, one) {
			b.Expects = append(b.Expects, one)
		}
	}
	b.Compares = b.Compares || other.Compares
	b.Control = b.Control || other.Control
}

// refuses says that the body expects a refusal of an act which it expects no
// success of. That what was ended is gone is the effect of the end.
func (b *body) refuses() bool {
	ended := b.expectsAny(func(e expectation) bool { return e.Matcher == "Succeed" || e.Matcher == "BeDocumented" })
	return b.expectsAny(func(one expectation) bool {
		accepted := b.expectsAny(func(e expectation) bool { return e.Act == one.Act && !e.Refused })
		return one.Refused && !accepted && !(one.Matcher == "BeGone" && ended)
	})
}

func (b *body) expectsRefusal() bool {
	return b.expectsAny(func(e expectation) bool { return e.Refused })
}

// looks says that the body judges more than the status and shape of one act's
// answers.
func (b *body) looks() bool {
	return b.Compares || b.expectsAny(func(e expectation) bool {
		return !slices.Contains(answerMatchers, e.Matcher) || e.Act != b.Expects[0].Act
	})
}

func (b *body) expectsAny(like func(expectation) bool) bool {
	return slices.ContainsFunc(b.Expects, like)
}
