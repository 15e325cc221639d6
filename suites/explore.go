package suites

import (
	"cmp"
	"context"
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// explore walks histories on the target, puts what deviates into the results,
// and returns results for what none of them is about.
func (s *Suite) explore(ctx context.Context, run *report.Run, results []report.Result, target *spec.Target) []report.Result {
	if s.options.Explore <= 0 || s.isStopped() || ctx.Err() != nil || s.patience.GaveUp() != "" {
		return nil
	}
	s.options.Observer.Phase("walking histories that no spec wrote down")
	walked := explore.Explore(ctx, s.exploring(results, target, s.options.Explore))
	run.Exploration = s.exploration(walked)
	var more []report.Result
	for _, finding := range walked.Findings {
		if finding.Repeats() {
			more = append(more, s.accuse(results, finding)...)
		}
	}
	return more
}

// exploring are the options of an exploration that follows the behaviours.
func (s *Suite) exploring(results []report.Result, target *spec.Target, requests int) explore.Options {
	seen := resultsSeen(results)
	variants := seen.variants
	if s.options.explores() {
		variants = variantsServed(target)
	}
	return explore.Options{
		Client: target.Client, Cleaner: target.Cleaner, LogIn: s.anotherLogin(target.Account),
		Library: target.Library, Prefixes: target.Prefixes,
		Book: s.book, Releases: target.Releases, Variants: variants,
		Broken: func(id, binding string) bool { return skips(s.options.Skip, id) || seen.isBroken(id, binding) },
		Seed:   s.options.Seed, Parallel: s.options.Parallel, Requests: requests, For: s.options.ExploreFor,
		LongestWait: s.options.LongestWait, Given: len(s.options.LibraryItems) > 0,
	}
}

// seenResults is what the behaviours have shown of the target.
type seenResults struct {
	served map[string][]wire.Variant
	broken map[[2]string]bool
}

// resultsSeen reads what works and what does not: an operation is worth a step
// of a history in the variants in which it was seen to succeed.
func resultsSeen(results []report.Result) seenResults {
	seen := seenResults{map[string][]wire.Variant{}, map[[2]string]bool{}}
	for _, result := range results {
		switch operation := result.Service + "." + result.Operation; result.Outcome {
		case report.Passed:
			if result.ID == operation+".ok" {
				seen.served[operation] = append(seen.served[operation], wire.Variant{
					Binding: variant.Binding(result.Binding), Route: variant.Route(result.Route),
					Representation: variant.Representation(result.Representation),
				})
			}
		case report.Failed, report.Warned, report.Blocked, report.TimedOut:
			seen.broken[[2]string{result.ID, result.Binding}] = true
		}
	}
	for operation, variants := range seen.served {
		slices.SortFunc(variants, func(a, b wire.Variant) int {
			return cmp.Or(
				cmp.Compare(slices.Index(variant.Bindings, a.Binding), slices.Index(variant.Bindings, b.Binding)),
				cmp.Compare(slices.Index(wire.Variants(operation, a.Binding), a), slices.Index(wire.Variants(operation, b.Binding), b)),
			)
		})
	}
	return seen
}

func (s seenResults) variants(operation string) []wire.Variant { return s.served[operation] }

func (s seenResults) isBroken(behaviour, binding string) bool {
	return s.broken[[2]string{behaviour, binding}]
}

func (s *Suite) exploration(walked explore.Found) *report.Exploration {
	told := &report.Exploration{
		Requests: walked.Requests, Histories: walked.Histories, Abandoned: walked.Abandoned, Seed: s.options.Seed,
		Edges: []report.Edge{}, Findings: []report.Finding{},
	}
	for _, edge := range walked.Edges {
		edge.Answer = s.redact(edge.Answer)
		told.Edges = append(told.Edges, report.Edge(edge))
	}
	for _, cell := range walked.Cells {
		told.Cells = append(told.Cells, report.Cell(cell))
	}
	for _, finding := range walked.Findings {
		bindings := []string{string(finding.Binding)}
		for _, also := range finding.Also {
			bindings = append(bindings, string(also))
		}
		told.Findings = append(told.Findings, report.Finding{
			Behaviour: finding.Behaviour, Bindings: bindings, Script: finding.Script.String(),
			Expected: finding.Expected, Got: s.redact(finding.Got), Tries: finding.Tries, Came: finding.Came,
		})
	}
	return told
}

// accuse puts the finding into the results of its behaviour, in every binding
// where it was met, and returns results for those that have none.
func (s *Suite) accuse(results []report.Result, finding explore.Finding) (more []report.Result) {
	for _, binding := range append([]wire.Binding{finding.Binding}, finding.Also...) {
		level := report.Level(finding.LevelIn(s.book, string(binding)))
		if level == report.Undocumented {
			continue
		}
		accused := s.resultOf(results, finding, binding)
		if accused == nil {
			more = append(more, s.newResult(finding, binding))
			accused = &more[len(more)-1]
		}
		if accused.Outcome != report.Passed {
			continue
		}
		accused.Outcome = engine.Broken(level, s.options.Strict)
		engine.Tell(accused, finding.Steps(), finding.Failure(), &s.known, s.options.NoExchanges)
		accused.Failure.Script = finding.Script.String()
	}
	return more
}

// resultOf is the result of the finding's behaviour in the binding: in the
// variant of the last step if there is one, and else in the plainest.
func (s *Suite) resultOf(results []report.Result, finding explore.Finding, binding wire.Binding) *report.Result {
	var of *report.Result
	last := finding.Last().Variant
	for i := range results {
		result := &results[i]
		if result.ID != finding.Behaviour || result.Binding != string(binding) {
			continue
		}
		if of == nil || result.Route == string(last.Route) && result.Representation == string(last.Representation) {
			of = result
		}
	}
	return of
}

// newResult is one for a behaviour that the run had no result of.
func (s *Suite) newResult(finding explore.Finding, binding wire.Binding) report.Result {
	spelled := finding.Last().Variant
	if spelled.Binding != binding {
		spelled = plainest(binding)
	}
	return s.newResultOf(finding.Behaviour, spelled, report.Level(finding.LevelIn(s.book, string(binding))))
}

func plainest(binding wire.Binding) wire.Variant {
	return wire.Variant{Binding: binding, Route: variant.Path, Representation: variant.JSON}
}

func (s *Suite) newResultOf(id string, spelled wire.Variant, level report.Level) report.Result {
	behaviour, _ := s.book.Find(id)
	return report.Result{
		ID: behaviour.ID, Service: behaviour.Service, Operation: behaviour.Operation,
		Binding: string(spelled.Binding), Route: string(spelled.Route), Representation: string(spelled.Representation),
		Level: level, Outcome: report.Passed,
		Promise: behaviour.Promise, Clause: behaviour.Clause, Sources: behaviour.Sources, LookAt: behaviour.LookAt,
		Exchanges: []report.Exchange{},
	}
}
