package explore

import (
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// LevelIn is the finding's level in one of its bindings.
func (f Finding) LevelIn(book *ledger.Ledger, binding string) ledger.Level {
	behaviour, _ := book.Find(f.Behaviour)
	if level, known := behaviour.Levels[binding]; known {
		return level
	}
	return f.Level
}

// accusedBinding is the binding of the last step or, where that is not judged by the
// behaviour, the latest that is.
func (f Finding) accusedBinding(book *ledger.Ledger) wire.Binding {
	behaviour, _ := book.Find(f.Behaviour)
	for _, step := range slices.Backward(f.Script.Steps) {
		if level := behaviour.Levels[step.Binding]; level != "" && level != ledger.Undocumented {
			return step.Variant.Binding
		}
	}
	return f.Last().Variant.Binding
}

// Steps are the exchanges of the shortest history.
func (f Finding) Steps() []spec.Step { return stepsOf(f.Exchanges) }

func stepsOf(exchanges []Exchange) []spec.Step {
	var steps []spec.Step
	for _, exchange := range exchanges {
		steps = append(steps, spec.Step{Name: exchange.Step, Operation: exchange.Operation, Exchange: exchange.Exchange})
	}
	return steps
}

// Failure is what the last step of the history broke.
func (f Finding) Failure() spec.Failure {
	failure := spec.Expected("%s behind %s", f.Expected, f.behind()).Got("%s", f.Got)
	failure = failure.Detail("the shortest history that shows it, as %s:", report.HistoryFile(f.Behaviour))
	for line := range strings.Lines(f.Script.String()) {
		failure = failure.Detail("  %s", strings.TrimRight(line, "\n"))
	}
	failure.Step, failure.Operation = f.Last().String(), f.Last().Name
	if last := len(f.Exchanges) - 1; last >= 0 {
		failure.Exchange = &last
		failure = f.answered(failure, f.Exchanges[last].Exchange)
	}
	return failure
}

// answered is the failure with the answer that is wrong, if it is so as a whole.
func (f Finding) answered(failure spec.Failure, exchange wire.Exchange) spec.Failure {
	if step := f.Last(); f.Whole && wire.IsOperation(step.Name) {
		failure = failure.Answered(wire.Decode(exchange, step.Variant, step.Name))
	}
	if f.Wanted != nil {
		failure.Wanted = &spec.Outline{Status: f.Wanted.Statuses[0], Also: f.Wanted.Statuses[1:], Type: string(f.Wanted.Error)}
	}
	return failure
}

// behind is what was done before, in one line.
func (f Finding) behind() string {
	var names []string
	for _, step := range f.Script.Steps[:len(f.Script.Steps)-1] {
		name := step.Name[strings.IndexByte(step.Name, '.')+1:]
		names = append(names, strings.TrimPrefix(name, "file."))
	}
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
