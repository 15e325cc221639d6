package suites

import (
	"slices"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/explore"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// accuse puts the finding into the results of its behaviour, in every binding
// where it was met.
func (s *Suite) accuse(run *report.Run, finding explore.Finding) {
	for _, binding := range append([]wire.Binding{finding.Binding}, finding.Also...) {
		level := report.Level(finding.LevelIn(s.book, string(binding)))
		if level == report.Undocumented {
			continue
		}
		spelled := finding.Last().Variant
		if spelled.Binding != binding {
			spelled = plainest(binding)
		}
		accused := s.accused(run, finding.Behaviour, spelled, level)
		if s.tell(accused, level, finding.Steps(), finding.Failure()) {
			accused.Failure.Script = finding.Script.String()
		}
	}
}

// accuseClash puts the clash into the result of its behaviour.
func (s *Suite) accuseClash(run *report.Run, clash explore.Clash) {
	level := report.Level(clash.Level)
	accused := s.accused(run, clash.Behaviour, plainest(clash.Binding), level)
	if s.tell(accused, level, clash.Steps(), clash.Failure()) {
		accused.Failure.Timeline, accused.Failure.Script = &clash.Timeline, clash.Script
	}
}

// accused is the run's result that is about the behaviour in the variant, a new one
// if there is none. A shard has no part of the others' results: what it adds, Merge
// puts where it belongs.
func (s *Suite) accused(run *report.Run, id string, spelled wire.Variant, level report.Level) *report.Result {
	added := s.newResult(id, spelled, level)
	added.Elsewhere = s.options.Shard.IsPart()
	at := resultAbout(run.Results, added)
	if at < 0 || added.Elsewhere && run.Results[at].Variant() != added.Variant() {
		at, run.Results = len(run.Results), append(run.Results, added)
	}
	return &run.Results[at]
}

// tell accuses the result, unless it has its reason already.
func (s *Suite) tell(accused *report.Result, level report.Level, steps []spec.Step, broke spec.Failure) bool {
	if accused.Outcome != report.Passed {
		return false
	}
	accused.Outcome = engine.Broken(level, s.options.Strict)
	engine.Tell(accused, steps, broke, &s.known, s.options.NoExchanges)
	return true
}

// resultAbout is the index of the result that an accusation goes into: the
// behaviour in the same binding, in the same variant if there is that, and else in
// the plainest; -1 if there is none.
func resultAbout(results []report.Result, accusation report.Result) int {
	about, best := -1, 0
	for i, result := range results {
		if result.ID != accusation.ID || result.Binding != accusation.Binding {
			continue
		}
		rank := plainness(result)
		if result.Variant() == accusation.Variant() {
			rank = -1
		}
		if about < 0 || rank < best {
			about, best = i, rank
		}
	}
	return about
}

// plainness is less for what is spelled more plainly.
func plainness(result report.Result) int {
	return len(variant.Routes)*slices.Index(variant.Representations, variant.Representation(result.Representation)) +
		slices.Index(variant.Routes, variant.Route(result.Route))
}

func plainest(binding wire.Binding) wire.Variant {
	return wire.Variant{Binding: binding, Route: variant.Path, Representation: variant.JSON}
}

// newResult is one for a behaviour that the run had no result of.
func (s *Suite) newResult(id string, spelled wire.Variant, level report.Level) report.Result {
	behaviour, _ := s.book.Find(id)
	return report.Result{
		ID: behaviour.ID, Service: behaviour.Service, Operation: behaviour.Operation,
		Binding: string(spelled.Binding), Route: string(spelled.Route), Representation: string(spelled.Representation),
		Level: level, Outcome: report.Passed,
		Promise: behaviour.Promise, Clause: behaviour.Clause, Sources: behaviour.Sources, LookAt: behaviour.LookAt,
		Exchanges: []report.Exchange{},
	}
}
