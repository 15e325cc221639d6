// Package discovery finds out which bindings, routes and representations a
// target serves. Only an answer with the documented shape counts: a server may
// answer 200 with an empty body to a path that it does not know.
package discovery

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"session-conformance/suites/internal/wire"
)

// Found is what a target serves.
type Found struct {
	Prefixes wire.Prefixes
	Bindings []Binding
}

// Binding is what was found of one binding, newest binding first.
type Binding struct {
	Name   wire.Binding
	Served bool
	// Evidence is what the probes saw, in one line.
	Evidence string
	Variants []Variant
}

// Variant is what was found of one route and representation.
type Variant struct {
	wire.Variant
	Served   bool
	Evidence string
}

// Serves says whether any probe of the variant had its documented shape.
func (f Found) Serves(variant wire.Variant) bool {
	for _, binding := range f.Bindings {
		for _, found := range binding.Variants {
			if found.Variant == variant {
				return found.Served
			}
		}
	}
	return false
}

// Any says whether the target serves anything at all.
func (f Found) Any() bool {
	for _, binding := range f.Bindings {
		if binding.Served {
			return true
		}
	}
	return false
}

// prober asks the target; every session that a probe makes is handed to made.
type prober struct {
	client  *wire.Client
	item    string
	made    func(service, id string, delete func(context.Context) error)
	silence *silence
}

// Find probes the target with download sessions on the item, which they leave
// as it is. made takes over the deletion of each session that is created.
func Find(ctx context.Context, client *wire.Client, item string, made func(service, id string, delete func(context.Context) error)) Found {
	p := prober{client, item, made, &silence{}}
	found := Found{Prefixes: wire.DocumentedPrefixes(), Bindings: make([]Binding, len(wire.Bindings))}
	var legacyPrefix string
	var group sync.WaitGroup
	for i, name := range wire.Bindings {
		group.Go(func() {
			if name == wire.Legacy {
				found.Bindings[i], legacyPrefix = p.legacy(ctx)
				return
			}
			found.Bindings[i] = p.modern(ctx, name)
		})
	}
	group.Wait()
	found.Prefixes[wire.Legacy] = legacyPrefix
	return found
}

// modern probes rest or api: one documented answer to any of three questions
// is enough, so that one broken operation does not hide a binding.
func (p prober) modern(ctx context.Context, name wire.Binding) Binding {
	prefixes := wire.DocumentedPrefixes()
	variant := wire.Variant{Binding: name, Route: wire.Path, Representation: wire.JSON}
	id, create := p.create(ctx, prefixes, variant)
	probes := []probe{create, p.list(ctx, prefixes, variant)}
	if id != "" {
		probes = append(probes, p.get(ctx, prefixes, variant, id))
	}
	served, evidence := verdict(probes)
	return Binding{name, served, evidence, []Variant{{variant, served, evidence}}}
}

// legacy probes under both readings of the pages' prefix. Paths alone tell
// nothing, since rest shares them: an action or collection route must answer.
func (p prober) legacy(ctx context.Context) (Binding, string) {
	var binding Binding
	var tried string
	for _, prefix := range wire.LegacyPrefixes {
		binding = p.legacyUnder(ctx, prefix)
		if binding.Served {
			return binding, prefix
		}
		if tried != "" {
			binding.Evidence = tried + "; " + binding.Evidence
		}
		tried = binding.Evidence
	}
	return binding, wire.LegacyPrefixes[0]
}

func (p prober) legacyUnder(ctx context.Context, prefix string) Binding {
	prefixes := wire.Prefixes{wire.Legacy: prefix}
	id, create := p.create(ctx, prefixes, wire.Variant{Binding: wire.Legacy, Route: wire.Path, Representation: wire.JSON})
	probes := []probe{create}
	if id == "" {
		id, create = p.create(ctx, prefixes, wire.Variant{Binding: wire.Legacy, Route: wire.Collection, Representation: wire.JSON})
		probes = append(probes, create)
	}
	variants := p.legacyVariants(ctx, prefixes, id)
	byAction := false
	for _, variant := range variants {
		probes = append(probes, probe{variant.Served, variant.Evidence})
		byAction = byAction || variant.Served && variant.Route != wire.Path
	}
	if !byAction {
		for i := range variants {
			variants[i].Served = false
		}
	}
	_, evidence := verdict(probes[len(probes)-len(variants):])
	if !byAction {
		evidence = "no action or collection route answers under " + prefix + ": " + firstMiss(probes)
	}
	return Binding{wire.Legacy, byAction, evidence, variants}
}

// legacyVariants probes each route and representation at once.
func (p prober) legacyVariants(ctx context.Context, prefixes wire.Prefixes, id string) []Variant {
	var variants []Variant
	for _, variant := range wire.Variants("download_session.keep_alive", wire.Legacy) {
		variants = append(variants, Variant{Variant: variant})
	}
	for _, variant := range wire.Variants("download_session.get", wire.Legacy) {
		if variant.Route == wire.Path {
			variants = append(variants, Variant{Variant: variant})
		}
	}
	var group sync.WaitGroup
	for i := range variants {
		variant := &variants[i]
		group.Go(func() {
			asked := variant.Variant
			if asked.Route == wire.Action && asked.Representation == wire.Query {
				// Get has no arguments beside the id, so its query form by the
				// action route does not exist; the collection route stands for it.
				asked.Route = wire.Collection
			}
			probe := p.list(ctx, prefixes, asked)
			if id != "" && !probe.served {
				probe = p.get(ctx, prefixes, asked, id)
			}
			variant.Served, variant.Evidence = probe.served, probe.evidence
		})
	}
	group.Wait()
	requireRoute(variants)
	return variants
}

// requireRoute takes the action route's query form back where the route itself
// was not served.
func requireRoute(variants []Variant) {
	route := slices.IndexFunc(variants, func(v Variant) bool { return v.Route == wire.Action && v.Representation == wire.JSON })
	for i := range variants {
		if v := &variants[i]; v.Route == wire.Action && v.Representation == wire.Query && !variants[route].Served {
			v.Served, v.Evidence = false, variants[route].Evidence
		}
	}
}

func (p prober) create(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant) (string, probe) {
	arguments := wire.Object{{Name: "create_spec", Value: wire.Object{{Name: "library_item_id", Value: p.item}}}}
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.create", Arguments: arguments})
	if id := reply.AnyID(); reply.Succeeded() && id != "" {
		p.made("download_session", id, func(ctx context.Context) error { return p.remove(ctx, prefixes, variant, id) })
	}
	id, problem := reply.AsID()
	return id, answered(reply, problem)
}

func (p prober) get(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, id string) probe {
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.get", Subject: id})
	model, problem := reply.AsMembers()
	if problem == "" {
		if item, ok := model.String("library_item_id"); !ok || item != p.item {
			problem = "it is not the session that was asked for"
		}
	}
	return answered(reply, problem)
}

func (p prober) list(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant) probe {
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.list", Subject: p.item})
	_, problem := reply.AsIDs()
	return answered(reply, problem)
}

func (p prober) ask(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, call wire.Call) wire.Reply {
	request, err := wire.Encode(prefixes, variant, call)
	if err != nil {
		panic(err)
	}
	exchange := wire.Exchange{Request: request, Err: errSilent}
	if !p.silence.isProven() {
		exchange = p.client.Do(ctx, request)
		p.silence.note(exchange)
	}
	return wire.Decode(exchange, variant, call.Operation)
}

func (p prober) remove(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, id string) error {
	p.client = p.client.Unstoppable()
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.delete", Subject: id})
	if reply.Err == nil && (reply.Succeeded() || reply.Status == 404) {
		return nil
	}
	return fmt.Errorf("DELETE %s: %s", reply.URL, reply.Problem)
}
