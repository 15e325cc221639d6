package explore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// Replay walks one script on the target, once, and returns what each step came
// to. What deviates is a finding as it is; it is not shortened.
func Replay(ctx context.Context, options Options, script Script) (Found, []report.ReplayStep, error) {
	options.Parallel = max(options.Parallel, 1)
	e := newExplorer(options)
	l := &lane{Explorer: e}
	defer l.close()
	items, err := l.prepare(ctx, script)
	if err != nil {
		return e.result(), nil, err
	}
	h := &history{Explorer: e, judgedBy: e.model, items: items, state: script.start(), waits: true, patient: true}
	steps := h.walk(ctx, script)
	h.end.exchanges, h.end.clean = h.exchanges, h.cleanUp(ctx)
	e.noteHistory(h.end)
	if h.end.deviation != nil {
		finding := Finding{Deviation: *h.end.deviation, Script: script.upTo(h.end.at), Exchanges: h.end.exchanges, Tries: 1, Came: 1}
		finding.Binding = finding.accusedBinding(options.Book)
		e.addFinding(finding)
	}
	if h.end.abandoned != "" {
		err = errors.New(h.end.abandoned)
	}
	return e.result(), steps, err
}

// walk does the steps in turn until one deviates, and tells each.
func (h *history) walk(ctx context.Context, script Script) []report.ReplayStep {
	var steps []report.ReplayStep
	for at, step := range script.Steps {
		one := report.ReplayStep{Step: step.String(), Expected: h.wordsFor(step)}
		if h.end.deviation == nil && h.end.abandoned == "" {
			h.end.at = at
			sent := len(h.exchanges)
			h.do(ctx, step)
			if len(h.exchanges) > sent {
				one.Got = h.wordsOf(step, h.exchanges[sent].Exchange)
			}
			if deviation := h.end.deviation; deviation != nil {
				one.Expected, one.Got, one.Deviates = deviation.Expected, deviation.Got, true
			}
		}
		steps = append(steps, one)
	}
	return steps
}

// wordsFor is what the documents allow as the answer to the step, in words.
func (h *history) wordsFor(step Step) string {
	words := h.judgedBy.Expected(h.state, step.Operation)
	if strings.HasSuffix(step.Name, "_session.get") && words == "success" {
		words += ", state " + h.state.Sessions[step.Session].In.String()
	}
	return words
}

// wordsOf is the answer to the step in few words, and the state if it shows one.
func (h *history) wordsOf(step Step, exchange wire.Exchange) string {
	if exchange.Err != nil {
		return "no answer: " + exchange.Err.Error()
	}
	answer := model.Answer{OK: exchange.Succeeded(), Status: exchange.Status}
	if !model.IsOperation(step.Name) {
		return answer.String()
	}
	reply := wire.Decode(exchange, step.Variant, step.Name)
	if reply.Fault != nil {
		answer.Error = reply.Fault.Type
	}
	if !answer.OK || !strings.HasSuffix(step.Name, "_session.get") {
		return answer.String()
	}
	if shown := h.sessionIn(step, reply); shown != nil {
		return fmt.Sprintf("%s, state %s", answer, shown.State)
	}
	return answer.String()
}

// Unserved is the first variant of the script that the target does not serve.
func (s Script) Unserved(serves func(wire.Variant) bool) (wire.Variant, bool) {
	for _, step := range s.Steps {
		if model.IsOperation(step.Name) && !serves(step.Variant) {
			return step.Variant, true
		}
	}
	return wire.Variant{}, false
}
