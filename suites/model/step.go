package model

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/suites/ledger"
)

// Transition is an answer that is allowed, the state that follows it before
// anything is looked at, and the behaviour that says so, if one does.
type Transition struct {
	Answer    Kind
	Behaviour string
	Level     ledger.Level
	Next      State
}

// Deviation is an answer that no document allows.
type Deviation struct {
	// Behaviour is what does not hold in the binding of the operation.
	Behaviour string
	Level     ledger.Level
	// Expected and Got are words for the answer: "400 not_allowed_in_current_state".
	Expected, Got string
	// Whole says that the answer is wrong as a whole, and not in what it shows. Wanted
	// is the refusal that had to come; nil where that is none, or several may.
	Whole  bool
	Wanted *Refusal
}

// Refusal is an error with the statuses that it may have.
type Refusal struct {
	Error    Kind
	Statuses []int
}

// Step lists what the documents allow to follow the operation in the state.
func (m *Model) Step(s State, o Operation) []Transition {
	var all []Transition
	for _, option := range m.options(&s, o) {
		one := Transition{Answer: option.answer, Behaviour: option.rests, Level: ledger.Undocumented}
		if option.rests != "" {
			one.Level = m.LevelOf(option.rests, o.Binding)
		}
		one.Next = m.follow(s, o, option, Answer{OK: option.answer == OK, Session: option.session})
		all = append(all, one)
	}
	return all
}

// Observe returns the state after the answer, narrowed by what it shows, or
// what is wrong with it.
func (m *Model) Observe(s State, o Operation, a Answer) (State, *Deviation) {
	options := m.options(&s, o)
	accepted := slices.DeleteFunc(slices.Clone(options), func(one option) bool { return !one.accepts(o, a) })
	if len(accepted) == 0 {
		return s, m.deviation(o, options, a)
	}
	if !slices.ContainsFunc(accepted, func(one option) bool { return one.answer == OK && one.rests != "" }) {
		a.Unreadable = "" // what may be answered in any way has no shape
	}
	return m.look(m.follow(s, o, union(accepted), a), o, a)
}

// Succeeds says whether the operation may succeed in the state.
func (m *Model) Succeeds(s *State, o Operation) bool {
	return slices.ContainsFunc(m.options(s, o), func(one option) bool { return one.answer == OK || one.answer == Any })
}

// accepts says whether the answer is the option's.
func (one option) accepts(o Operation, a Answer) bool {
	switch one.answer {
	case Any:
		return true
	case Refused:
		return !a.OK
	case OK:
		return a.OK && (o.action() != "create" || a.Session == one.session)
	}
	return !a.OK && (a.Error == "" || a.Error == string(one.answer)) && slices.Contains(one.answer.statuses(o), a.Status)
}

// statuses are those that the documents give the error (reference, section 4,
// section 5, row 2, and section 10, row 7).
func (k Kind) statuses(o Operation) []int {
	ends := o.Name == UpdateSession+".cancel" || o.Name == UpdateSession+".fail"
	switch {
	case k == NotFound:
		return []int{404}
	case k == Busy && o.Binding == "api":
		return []int{500}
	case k == Busy:
		return []int{400, 500}
	case k == NotAllowed && ends && o.Binding == "rest":
		return []int{400, 409}
	}
	return []int{400}
}

// deviation is the answer that no option accepts, at the weakest of their levels.
func (m *Model) deviation(o Operation, options []option, a Answer) *Deviation {
	deviation := &Deviation{Got: a.String(), Whole: true}
	var expected []string
	for _, one := range options {
		level := m.LevelOf(one.rests, o.Binding)
		if deviation.Behaviour == "" || level == ledger.Should && deviation.Level == ledger.Must {
			deviation.Behaviour, deviation.Level = one.rests, level
		}
		if words := one.words(o); !slices.Contains(expected, words) {
			expected = append(expected, words)
		}
	}
	deviation.Expected = strings.Join(expected, " or ")
	if one := options[0]; len(expected) == 1 && one.answer != OK {
		deviation.Wanted = &Refusal{one.answer, one.answer.statuses(o)}
	}
	if a.OK && options[0].answer == OK && o.action() == "create" {
		return m.wrongID(o, options[0], a, deviation)
	}
	return deviation
}

// wrongID is a create that named a session which it should not.
func (m *Model) wrongID(o Operation, want option, a Answer, deviation *Deviation) *Deviation {
	if want.session == o.Session {
		deviation.Behaviour, deviation.Expected = o.behaviour("create.distinct_ids"), "an id of its own"
		deviation.Level = m.LevelOf(deviation.Behaviour, o.Binding)
	} else {
		deviation.Expected = fmt.Sprintf("the id of session %d", want.session+1)
	}
	deviation.Got, deviation.Whole = fmt.Sprintf("the id of session %d", a.Session+1), false
	return deviation
}

func (one option) words(o Operation) string {
	if one.answer == OK {
		return "success"
	}
	var statuses []string
	for _, status := range one.answer.statuses(o) {
		statuses = append(statuses, fmt.Sprint(status))
	}
	return strings.Join(statuses, " or ") + " " + string(one.answer)
}

// String is the status and the error's type.
func (a Answer) String() string { return strings.TrimSpace(fmt.Sprintf("%d %s", a.Status, a.Error)) }
