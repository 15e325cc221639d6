// Package discovery finds out which bindings, routes and representations a
// target serves. Only an answer with the documented shape counts: a server may
// answer 200 with an empty body to a path that it does not know.
package discovery

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// Found is what a target serves.
type Found struct {
	Prefixes wire.Prefixes
	Bindings []Binding
	// Unauthorized says that a create was refused for want of a privilege.
	Unauthorized bool
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
	client   *wire.Client
	patience *wire.Patience
	item     string
	made     func(service, id string, delete func(context.Context) error)
	// unauthorized is Found.Unauthorized.
	unauthorized *atomic.Bool
}

// Find probes the target with download sessions on the item, which they leave
// as it is. made takes over the deletion of each session that is created.
func Find(ctx context.Context, client *wire.Client, patience *wire.Patience, item string,
	made func(service, id string, delete func(context.Context) error),
) Found {
	p := prober{client, patience, item, made, new(atomic.Bool)}
	found := Found{Prefixes: wire.DocumentedPrefixes(), Bindings: make([]Binding, len(variant.Bindings))}
	var legacyPrefix string
	var group sync.WaitGroup
	for i, name := range variant.Bindings {
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
	found.Unauthorized = p.unauthorized.Load()
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
			probe := p.spelled(ctx, prefixes, asked, id)
			if probe.served && asked != variant.Variant && id != "" {
				probe = p.actionQuery(ctx, prefixes, variant.Variant, id, probe)
			}
			variant.Served, variant.Evidence = probe.served, probe.evidence
		})
	}
	group.Wait()
	requireRoute(variants)
	return variants
}

// spelled probes a way to spell requests by list, or by get if that is broken. A
// list is answered, too, where nobody reads arguments in the query string: get
// counts there, or keep_alive if that is broken.
func (p prober) spelled(ctx context.Context, prefixes wire.Prefixes, asked wire.Variant, id string) probe {
	if asked.Representation == wire.Query && id != "" {
		if got := p.get(ctx, prefixes, asked, id); got.served {
			return got
		}
		return p.keepAlive(ctx, prefixes, asked, id)
	}
	if listed := p.list(ctx, prefixes, asked); listed.served || id == "" {
		return listed
	}
	return p.get(ctx, prefixes, asked, id)
}

// actionQuery takes back what the collection route stood for if the target knows
// neither of two actions by the action route with arguments in the query string: one
// may be broken by itself.
func (p prober) actionQuery(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, id string, stoodFor probe) probe {
	for _, call := range []wire.Call{
		{Operation: "downloadsession.file.get", Subject: id, Arguments: wire.Object{{Name: "file_name", Value: "conformance-no-such-file.bin"}}},
		{Operation: "download_session.keep_alive", Subject: id, Arguments: wire.Object{{Name: "progress", Value: 0}}},
	} {
		reply := p.ask(ctx, prefixes, variant, call)
		unknown := reply.Status == http.StatusNotFound &&
			(reply.Fault == nil || reply.Fault.Type == "" || reply.Fault.Type == "operation_not_found")
		if !unknown && reply.Status != http.StatusMethodNotAllowed {
			return stoodFor
		}
		stoodFor.evidence = probeOf(reply, "").evidence
	}
	stoodFor.served = false
	return stoodFor
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
