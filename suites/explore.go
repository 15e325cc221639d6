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

// explore walks histories on the target, and puts what deviates into the results.
func (s *Suite) explore(ctx context.Context, run *report.Run, target *spec.Target) {
	if s.options.Explore <= 0 || s.isStopped() || ctx.Err() != nil || s.patience.GaveUp() != "" {
		return
	}
	s.options.Observer.Phase("walking histories that no spec wrote down")
	walked := explore.Explore(ctx, s.exploring(run.Results, target, s.options.Explore))
	run.Exploration = s.exploration(walked)
	for _, finding := range walked.Findings {
		if finding.Repeats() {
			s.accuse(run, finding)
		}
	}
}

// exploring are the options of an exploration that follows the behaviours.
func (s *Suite) exploring(results []report.Result, target *spec.Target, requests int) explore.Options {
	seen := resultsSeen(results)
	variants := seen.variants
	switch {
	case s.options.explores():
		variants = variantsServed(target)
	case s.options.Shard.IsPart():
		seen.served = s.plannedByAll(target)
		variants = seen.variants
	}
	return explore.Options{
		Client: target.Client, Cleaner: target.Cleaner, LogIn: s.anotherLogin(target.Account),
		Library: target.Library, Prefixes: target.Prefixes,
		Book: s.book, Releases: target.Releases, Variants: variants,
		Broken: func(id, binding string) bool { return skips(s.options.Skip, id) || seen.isBroken(id, binding) },
		Seed:   s.options.Seed, Parallel: s.options.Parallel, Requests: requests, For: s.options.ExploreFor,
		Share:       s.options.Shard.share(),
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
	sortVariants(seen.served)
	return seen
}

// sortVariants puts those of each operation into the order in which they are tried.
func sortVariants(served map[string][]wire.Variant) {
	for operation, variants := range served {
		slices.SortFunc(variants, func(a, b wire.Variant) int {
			return cmp.Or(
				cmp.Compare(slices.Index(variant.Bindings, a.Binding), slices.Index(variant.Bindings, b.Binding)),
				cmp.Compare(slices.Index(wire.Variants(operation, a.Binding), a), slices.Index(wire.Variants(operation, b.Binding), b)),
			)
		})
	}
}

// plannedByAll are the variants in which the shards together see each operation
// succeed, if it does: each has seen but a part, and all walk the same histories.
func (s *Suite) plannedByAll(target *spec.Target) map[string][]wire.Variant {
	whole, served := s.options, map[string][]wire.Variant{}
	whole.Shard = Shard{}
	plan, err := whole.plan(s.book, engine.Scope{Served: target.Served, Releases: target.Releases})
	if err != nil {
		return served
	}
	for _, instance := range plan.Instances {
		if operation := instance.Behaviour.Service + "." + instance.Behaviour.Operation; instance.ID == operation+".ok" {
			served[operation] = append(served[operation], instance.Variant)
		}
	}
	sortVariants(served)
	return served
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
