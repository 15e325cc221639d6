package suites

import (
	"cmp"
	"slices"
	"strings"

	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

// Filter chooses behaviours. Its parts narrow each other; an empty one narrows
// nothing.
type Filter struct {
	// LabelFilter and Focus choose as in a run, in Ginkgo's syntax.
	LabelFilter string
	Focus       []string
	// The others choose by name: download_session, keep_alive, api, MUST.
	Services, Operations, Bindings, Levels []string
}

// Entry is one behaviour: what is checked, and what the documents say of it.
type Entry struct {
	ID        string `json:"id"`
	Service   string `json:"service"`
	Operation string `json:"operation"`
	Promise   string `json:"promise"`
	Clause    string `json:"clause"`
	// Bindings are those that it applies to and that were chosen.
	Bindings []EntryBinding `json:"bindings"`
	// Control is the behaviour without which this refusal is not believed.
	Control string          `json:"control,omitempty"`
	LookAt  string          `json:"look_at"`
	Sources []ledger.Source `json:"sources"`
	// Excluded is why it is not tested, Location where its spec is; one is empty.
	Excluded string `json:"excluded,omitempty"`
	Location string `json:"location,omitempty"`
	// Command judges just this behaviour, on the bundled reference server.
	Command string `json:"command"`
}

// EntryBinding is a behaviour in one binding.
type EntryBinding struct {
	Binding string `json:"binding"`
	Level   string `json:"level"`
	// Since and Until narrow the releases that document it.
	Since string `json:"since,omitempty"`
	Until string `json:"until,omitempty"`
	// Variants are the ways in which it runs.
	Variants []string `json:"variants"`
	// Request is its operation as curl, in the first variant; Operation names
	// it, since behaviours of all operations show one of them.
	Request   string `json:"request"`
	Operation string `json:"operation"`
}

// List returns the behaviours that the filter chooses, in the ledger's order;
// a *UsageError says what is wrong with the filter, or that it matches none.
// Like New it takes away the process's handlers of SIGINT and SIGTERM.
func List(filter Filter) ([]Entry, error) {
	book, err := ledger.Load()
	if err != nil {
		return nil, err
	}
	sources, err := ledger.Sources()
	if err != nil {
		return nil, err
	}
	if err := filter.check(book); err != nil {
		return nil, err
	}
	planned, err := filter.plan(book)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	places := locations()
	for _, behaviour := range book.Behaviours() {
		entry := newEntry(behaviour, sources)
		entry.Location = places[behaviour.ID]
		entry.Command = "conformance run --focus '" + focusOf(book, behaviour.ID) + "'"
		for _, binding := range variant.Bindings {
			if chosen, ok := filter.binding(behaviour, binding, planned[behaviour.ID]); ok {
				entry.Bindings = append(entry.Bindings, chosen)
			}
		}
		if len(entry.Bindings) > 0 {
			entries = append(entries, entry)
		}
	}
	if len(entries) == 0 {
		return nil, wrongFilter(engine.Filter{}, engine.ErrNothingMatches)
	}
	return entries, nil
}

// plan finds the instances that a run with the label filter and the focus
// would have, by behaviour.
func (f Filter) plan(book *ledger.Ledger) (map[string][]engine.Instance, error) {
	choice := engine.Filter{LabelFilter: f.LabelFilter, Focus: f.Focus}
	if err := choice.Check(); err != nil {
		return nil, wrongFilter(choice, err)
	}
	plan, err := engine.MakePlan(book, engine.Everything(), choice)
	if err != nil {
		return nil, wrongFilter(choice, err)
	}
	planned := map[string][]engine.Instance{}
	for _, instance := range plan.Instances {
		planned[instance.ID] = append(planned[instance.ID], instance)
	}
	return planned, nil
}

// binding is the behaviour in the binding, if it applies there and was chosen.
// What has no spec is listed unless a run's filter asks what would run.
func (f Filter) binding(b ledger.Behaviour, binding wire.Binding, planned []engine.Instance) (EntryBinding, bool) {
	level, applies := b.Levels[string(binding)]
	none := EntryBinding{}
	if !applies || !among(f.Services, b.Service) || !among(f.Operations, b.Operation) ||
		!among(f.Bindings, string(binding)) || !among(f.Levels, string(level)) {
		return none, false
	}
	variants := variantsOf(b, binding, planned)
	if len(variants) == 0 && (f.LabelFilter != "" || len(f.Focus) > 0) {
		return none, false
	}
	names := []string{}
	for _, variant := range variants {
		names = append(names, variant.String())
	}
	operation, request := requestOf(b, binding, variants)
	return EntryBinding{
		Binding: string(binding), Level: string(level), Variants: names,
		Since: b.Releases[string(binding)].Since, Until: b.Releases[string(binding)].Until,
		Request: request, Operation: operation,
	}, true
}

// variantsOf are those of the instances in the binding, plainest first.
func variantsOf(b ledger.Behaviour, binding wire.Binding, planned []engine.Instance) []wire.Variant {
	order := wire.Variants(exampleOf(b), binding)
	var variants []wire.Variant
	for _, instance := range planned {
		if instance.Variant.Binding == binding {
			variants = append(variants, instance.Variant)
		}
	}
	slices.SortFunc(variants, func(x, y wire.Variant) int {
		return cmp.Compare(slices.Index(order, x), slices.Index(order, y))
	})
	return variants
}

func newEntry(b ledger.Behaviour, sources map[string]ledger.Source) Entry {
	entry := Entry{
		ID: b.ID, Service: b.Service, Operation: b.Operation, Promise: b.Promise, Clause: b.Clause,
		Control: b.Control, LookAt: b.LookAt, Excluded: b.Excluded,
	}
	for _, key := range b.Sources {
		entry.Sources = append(entry.Sources, sources[key])
	}
	return entry
}

// locations are where the specs are, by the ids of their behaviours.
func locations() map[string]string {
	at := map[string]string{}
	for _, page := range spec.Tree() {
		for _, definition := range page.Definitions {
			at[definition.ID] = definition.Location
		}
	}
	return at
}

// focusOf is the pattern that matches the titles of just this behaviour: its
// id, with the blank behind it where the id of another one goes on.
func focusOf(book *ledger.Ledger, id string) string {
	for _, other := range book.Behaviours() {
		if other.ID != id && strings.HasPrefix(other.ID, id) {
			return id + " "
		}
	}
	return id
}

// among says whether the name was chosen; no choice is any.
func among(chosen []string, name string) bool {
	return len(chosen) == 0 || slices.Contains(chosen, name)
}

// once drops what stands there before.
func once(names []string) (different []string) {
	for _, name := range names {
		if !slices.Contains(different, name) {
			different = append(different, name)
		}
	}
	return different
}

// check refuses names that no behaviour has, which would read as an empty list.
func (f Filter) check(book *ledger.Ledger) error {
	var services, operations []string
	for _, b := range book.Behaviours() {
		services, operations = append(services, b.Service), append(operations, b.Operation)
	}
	levels := []string{string(ledger.Must), string(ledger.Should), string(ledger.Undocumented)}
	for _, part := range []struct {
		option        string
		chosen, known []string
	}{{"Services", f.Services, services}, {"Operations", f.Operations, operations},
		{"Bindings", f.Bindings, variant.BindingNames()}, {"Levels", f.Levels, levels}} {
		for _, name := range part.chosen {
			if !slices.Contains(part.known, name) {
				return wrong(part.option, name, "is not known; choose among %s", strings.Join(once(part.known), ", "))
			}
		}
	}
	return nil
}
