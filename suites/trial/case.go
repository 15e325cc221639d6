// Package trial tests the suite: it judges mutants and says which behaviours
// caught which.
package trial

import (
	"slices"
	"strings"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants/fault"
	"session-conformance/suites"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

// Case is a mutant and the behaviours that must catch it at its place.
type Case struct {
	fault.Mutant
	// Level is the highest of the declared behaviours' levels at the place.
	Level string
	// Declared are the ids of CaughtBy that are judged at the place.
	Declared []string
	// change says how else to judge than usual; nil for nothing.
	change func(*suites.Options)
}

// Cases places every fault wherever a behaviour declared for it is judged: in
// each binding and, of behaviours that run in every variant, in each route and
// representation. Without a place are the faults of which the documents say
// nothing in a binding; their number is the second result.
func Cases(entries []suites.Entry, faults []fault.Fault) (cases []Case, inapplicable int) {
	byID := map[string]suites.Entry{}
	for _, entry := range entries {
		byID[entry.ID] = entry
	}
	for _, one := range faults {
		for _, binding := range variant.BindingNames() {
			placed := place(one, binding, byID)
			if len(placed) == 0 {
				inapplicable++
			}
			cases = append(cases, placed...)
		}
	}
	return cases, inapplicable
}

// place makes the cases of a fault in one binding.
func place(one fault.Fault, binding string, byID map[string]suites.Entry) []Case {
	whole := Case{Mutant: fault.Mutant{Fault: one, Place: fault.Place{Binding: fake.Binding(binding)}}}
	exact := map[string]*Case{}
	var order []string
	for _, id := range one.CaughtBy {
		judged, ok := judgedIn(byID[id], binding, one.Release)
		if !ok {
			continue
		}
		whole.declare(id, judged.Level)
		if one.Whole || len(judged.Variants) == 1 {
			continue
		}
		for _, variant := range judged.Variants {
			if exact[variant] == nil {
				exact[variant] = &Case{Mutant: fault.Mutant{Fault: one, Place: placeOf(variant)}}
				order = append(order, variant)
			}
			exact[variant].declare(id, judged.Level)
		}
	}
	var cases []Case
	for _, variant := range order {
		cases = append(cases, *exact[variant])
	}
	// What the exact places show already, the whole binding need not show again.
	if len(whole.Declared) > 0 && (len(order) == 0 || len(exact[order[0]].Declared) < len(whole.Declared)) {
		cases = append(cases, whole)
	}
	return cases
}

// judgedIn finds the behaviour in the binding if it is judged there, in the
// release.
func judgedIn(entry suites.Entry, binding, release string) (suites.EntryBinding, bool) {
	if release == "" {
		release = newest()
	}
	at := slices.IndexFunc(entry.Bindings, func(b suites.EntryBinding) bool { return b.Binding == binding })
	if at < 0 || !ledger.Documents(release, binding) {
		return suites.EntryBinding{}, false
	}
	found := entry.Bindings[at]
	span := ledger.Range{Since: found.Since, Until: found.Until}
	return found, found.Level != string(ledger.Undocumented) && span.Holds(release)
}

func newest() string {
	releases := fake.Releases()
	return releases[len(releases)-1]
}

func (c *Case) declare(id, level string) {
	c.Declared = append(c.Declared, id)
	if c.Level != string(ledger.Must) {
		c.Level = level
	}
}

// placeOf reads the suite's name of a variant: "api", "legacy action xml".
func placeOf(name string) fault.Place {
	parts := strings.Fields(name)
	place := fault.Place{Binding: fake.Binding(parts[0])}
	if len(parts) == 3 {
		place.Route, place.Representation = parts[1], parts[2]
	}
	return place
}

// claims are the bindings that a release documents.
func claims(release string) []string {
	if release == "" {
		release = newest()
	}
	var documented []string
	for _, binding := range variant.BindingNames() {
		if ledger.Documents(release, binding) {
			documented = append(documented, binding)
		}
	}
	return documented
}
