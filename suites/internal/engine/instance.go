// Package engine plans, executes and replays behaviours: Ginkgo's tree and
// filters give the order, a pool of goroutines runs it, and Ginkgo's own
// report is made from the outcomes.
package engine

import (
	"fmt"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

// Instance is one behaviour in one variant: what one result is about.
type Instance struct {
	spec.Definition
	Behaviour ledger.Behaviour
	Variant   wire.Variant
	Level     ledger.Level
}

// Title names the instance, uniquely in a run.
func (i Instance) Title() string {
	return fmt.Sprintf("%s %s [%s]", i.ID, i.Behaviour.Promise, i.Variant)
}

// labels are what --label-filter can ask for.
func (i Instance) labels() []string {
	labels := []string{i.Behaviour.Service, string(i.Variant.Binding), string(i.Level)}
	if i.Behaviour.Operation != "*" {
		labels = append(labels, i.Behaviour.Operation)
	}
	if i.Variant.Binding == wire.Legacy {
		labels = append(labels, string(i.Variant.Route), string(i.Variant.Representation))
	}
	return labels
}

// priority lets what takes long begin first.
func (i Instance) priority() ginkgo.SpecPriority {
	switch {
	case i.Waits:
		return 2
	case i.Early:
		return 1
	}
	return 0
}

// result is the instance's part of a report, before it was run.
func (i Instance) result() report.Result {
	b := i.Behaviour
	return report.Result{
		ID: b.ID, Service: b.Service, Operation: b.Operation,
		Binding: string(i.Variant.Binding), Route: string(i.Variant.Route), Representation: string(i.Variant.Representation),
		Level: report.Level(i.Level), Outcome: report.NotRun,
		Promise: b.Promise, Clause: b.Clause, Sources: b.Sources, LookAt: b.LookAt,
		Location: i.Location, Exchanges: []report.Exchange{},
	}
}

// Scope says what of the ledger a run is about.
type Scope struct {
	// Served says whether requests can be made in the variant.
	Served func(wire.Variant) bool
	// Releases are those that the target may be of: a behaviour is in the scope
	// only if every one of them documents it. None narrows nothing.
	Releases []string
	// whole says that nothing is left out: a label that no instance has is wrong.
	whole bool
	// Chosen, if set, says what of it to run; controls run as they are needed.
	Chosen func(Instance) bool
}

// Everything is the scope before anything is known of the target.
func Everything() Scope {
	return Scope{Served: func(wire.Variant) bool { return true }, whole: true}
}

// choose copies what the scope chooses of the instances.
func (s Scope) choose(instances []Instance) (chosen []Instance) {
	for _, instance := range instances {
		if s.Chosen(instance) {
			chosen = append(chosen, instance)
		}
	}
	return chosen
}

// servedVariants lists the variants that the scope serves; two scopes with the same list
// and releases hold the same instances.
func (s Scope) servedVariants() []wire.Variant {
	var served []wire.Variant
	for _, binding := range variant.Bindings {
		for _, route := range variant.Routes {
			for _, representation := range variant.Representations {
				if one := (wire.Variant{Binding: binding, Route: route, Representation: representation}); s.Served(one) {
					served = append(served, one)
				}
			}
		}
	}
	return served
}

// anyOperation stands for the operation of a behaviour that is about all, or
// about one that the binding does not have.
const anyOperation = "download_session.get"

// instances lists the behaviour's instances in the scope.
func (s Scope) instances(definition spec.Definition, behaviour ledger.Behaviour) []Instance {
	return s.instancesWhere(s.documents, definition, behaviour)
}

// unjudged lists those that the scope leaves out for the releases that do not
// have them, though the target may be of one that does.
func (s Scope) unjudged(definition spec.Definition, behaviour ledger.Behaviour) []Instance {
	return s.instancesWhere(s.mayDocument, definition, behaviour)
}

func (s Scope) instancesWhere(holds func(ledger.Behaviour, wire.Binding) bool, definition spec.Definition,
	behaviour ledger.Behaviour,
) []Instance {
	var instances []Instance
	for _, binding := range variant.Bindings {
		level, applies := behaviour.Levels[string(binding)]
		if !applies || !holds(behaviour, binding) {
			continue
		}
		for _, variant := range s.variants(definition, behaviour, binding) {
			instances = append(instances, Instance{definition, behaviour, variant, level})
		}
	}
	return instances
}

// documents says whether every release that the target may be of has the behaviour.
func (s Scope) documents(behaviour ledger.Behaviour, binding wire.Binding) bool {
	return !slices.ContainsFunc(s.Releases, func(release string) bool { return !isDocumented(behaviour, binding, release) })
}

// mayDocument says whether one of them has it, and another one has not.
func (s Scope) mayDocument(behaviour ledger.Behaviour, binding wire.Binding) bool {
	return !s.documents(behaviour, binding) &&
		slices.ContainsFunc(s.Releases, func(release string) bool { return isDocumented(behaviour, binding, release) })
}

func isDocumented(behaviour ledger.Behaviour, binding wire.Binding, release string) bool {
	span, narrowed := behaviour.Releases[string(binding)]
	return ledger.Documents(release, string(binding)) && (!narrowed || span.Holds(release))
}

// variants are all that are served for a behaviour that runs in every one,
// else the plainest.
func (s Scope) variants(definition spec.Definition, behaviour ledger.Behaviour, binding wire.Binding) []wire.Variant {
	operation := behaviour.Service + "." + behaviour.Operation
	if len(wire.Variants(operation, binding)) == 0 {
		operation = anyOperation
	}
	var variants []wire.Variant
	for _, variant := range wire.Variants(operation, binding) {
		if !s.Served(variant) || definition.Only != nil && !definition.Only(variant) {
			continue
		}
		if variants = append(variants, variant); behaviour.Variants == ledger.Once {
			break
		}
	}
	return variants
}
