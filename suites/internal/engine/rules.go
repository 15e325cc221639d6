package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// deviation is an answer that breaks a rule of its binding.
type deviation struct {
	spec.Deviation
	// of is the behaviour that asked for it.
	of Instance
	// exchanges end with the one that has the answer; there is none where none is
	// kept. Items are those that they worked on.
	exchanges []report.Exchange
	items     []report.Item
}

// step tells where in the run it was met.
func (d deviation) step() string { return d.inRun(d.Failure.Step) }

func (d deviation) inRun(step string) string {
	return fmt.Sprintf("%s [%s]: %s", d.of.ID, d.of.Variant, step)
}

// addTo adds the exchange to those of the result, or all that led to it, and returns
// its index; nil where none is kept.
func (d deviation) addTo(result *report.Result, all bool) *int {
	shown := d.exchanges
	if len(shown) == 0 {
		return nil
	}
	if all {
		result.Items = slices.Concat(result.Items, d.items)
	} else {
		shown = shown[len(shown)-1:]
	}
	for _, exchange := range shown {
		exchange.Step = d.inRun(exchange.Step)
		result.Exchanges = append(result.Exchanges, exchange)
	}
	return new(len(result.Exchanges) - 1)
}

// rules are the ids of the behaviours that every answer of a run is held against.
var rules = spec.RulesOf()

// isRule says whether what the instance promises holds for every answer: it is
// judged when all have come.
func (i Instance) isRule() bool { return slices.Contains(rules, i.ID) }

// deviations are those of all behaviours from a rule in a binding, the first of
// each operation, in the order of the operations. No instance may be running.
func (e *execution) deviations(behaviour string, binding wire.Binding) []deviation {
	var all []deviation
	for _, one := range e.runs {
		for _, met := range one.report.Deviations {
			if met.Behaviour != behaviour || met.Binding != binding {
				continue
			}
			broken := deviation{Deviation: met, of: one.instance}
			if at := met.Failure.Exchange; at != nil && *at < len(one.exchanges) {
				broken.exchanges, broken.items = one.exchanges[:*at+1], items(one.report)
			}
			all = append(all, broken)
		}
	}
	slices.SortFunc(all, func(a, b deviation) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.step(), b.step()))
	})
	return slices.CompactFunc(all, func(a, b deviation) bool { return a.Operation == b.Operation })
}

// judgeRules judges the rules of the plan, whose answers have all come.
func (e *execution) judgeRules(ctx context.Context, results []report.Result) {
	for i, instance := range e.plan.Instances {
		if instance.isRule() {
			results[i] = e.judgeRule(ctx, instance)
			e.options.Done(results[i])
		}
	}
}

// judgeRule judges an instance whose promise holds for every answer of the run,
// whichever behaviour asked for it.
func (e *execution) judgeRule(ctx context.Context, instance Instance) report.Result {
	result := e.judge(ctx, instance)
	met := e.deviations(instance.ID, instance.Variant.Binding)
	if len(met) == 0 || result.Outcome == report.NotRun || result.Outcome == report.Fault {
		return result
	}
	result.Exchanges = slices.Clone(result.Exchanges)
	for i := range met {
		// What led to the first can be sent again.
		met[i].Failure.Exchange = met[i].addTo(&result, i == 0)
	}
	broken := e.run(ctx, instance).report.Failure
	if broken == nil {
		broken = new(whole(met))
	}
	for _, one := range met {
		broken = new(broken.Detail("%s got %s (%s)", one.Operation, one.Failure.Got, one.step()))
	}
	secrets := e.options.Secrets
	result.Failure, result.Message = failure(broken, secrets), redact(broken.Sentence(), secrets)
	if e.options.NoExchanges {
		result.Failure.Exchange = nil
	}
	result.Outcome, result.BlockedBy = outcome(spec.Broken, instance.Level, e.options.Strict), ""
	return result
}

// whole is the failure of the first deviation, which says how many operations
// have one.
func whole(met []deviation) spec.Failure {
	first := met[0].Failure
	first.Step, first.Operation = met[0].step(), met[0].Operation
	first.Got += " from " + met[0].Operation
	switch others := len(met) - 1; {
	case others == 1:
		first.Got += " and one more operation"
	case others > 1:
		first.Got += fmt.Sprintf(" and %d more operations", others)
	}
	return first
}
