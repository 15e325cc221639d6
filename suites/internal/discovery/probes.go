package discovery

import (
	"context"
	"fmt"
	"net/http"

	"session-conformance/suites/internal/wire"
)

func (p prober) create(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant) (string, probe) {
	arguments := wire.Object{{Name: "create_spec", Value: wire.Object{{Name: "library_item_id", Value: p.item}}}}
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.create", Arguments: arguments})
	if id := reply.AnyID(); reply.Succeeded() && id != "" {
		p.made("download_session", id, func(ctx context.Context) error { return p.remove(ctx, prefixes, variant, id) })
	}
	if reply.Status == http.StatusForbidden && reply.Fault != nil && reply.Fault.Type == "unauthorized" {
		p.unauthorized.Store(true)
	}
	id, problem := reply.AsID()
	return id, probeOf(reply, problem)
}

func (p prober) get(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, id string) probe {
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.get", Subject: id})
	model, problem := reply.AsMembers()
	if problem == "" {
		if item, ok := model.String("library_item_id"); !ok || item != p.item {
			problem = "it is not the session that was asked for"
		}
	}
	return probeOf(reply, problem)
}

func (p prober) keepAlive(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, id string) probe {
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.keep_alive", Subject: id})
	return probeOf(reply, "")
}

func (p prober) list(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant) probe {
	reply := p.ask(ctx, prefixes, variant, wire.Call{Operation: "download_session.list", Subject: p.item})
	_, problem := reply.AsIDs()
	return probeOf(reply, problem)
}

func (p prober) ask(ctx context.Context, prefixes wire.Prefixes, variant wire.Variant, call wire.Call) wire.Reply {
	request, err := wire.Encode(prefixes, variant, call)
	if err != nil {
		panic(err)
	}
	exchange := wire.Exchange{Request: request, Err: p.patience.IsSilent()}
	if exchange.Err == nil {
		exchange = p.client.Do(ctx, request)
		p.patience.Note(call.Operation+" ["+variant.String()+"]", exchange)
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
