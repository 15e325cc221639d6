package suites

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/variant"
)

// mostExisting is how many sessions of a service a run that only reads looks at.
const mostExisting = 50

// lookAround finds what a run that only reads can judge: the sessions that exist, by the
// first binding that lists them, and the items that they are on.
func (s *Suite) lookAround(ctx context.Context, client *wire.Client) ([]spec.Existing, error) {
	s.options.Observer.Phase("looking for sessions that exist")
	existing, unanswered := anyExisting(ctx, client)
	for _, one := range existing {
		if !slices.Contains(s.options.LibraryItems, one.Item) {
			s.options.LibraryItems = append(s.options.LibraryItems, one.Item)
		}
	}
	if len(s.options.LibraryItems) == 0 && unanswered != nil {
		return nil, fmt.Errorf("the sessions that exist could not be asked for: %s", wire.Explain(unanswered))
	}
	if len(s.options.LibraryItems) == 0 {
		return nil, errors.New("there is nothing to read: no session of this account exists, and no item was named with {LibraryItems}")
	}
	return existing, nil
}

// anyExisting are the sessions that the first way lists which lists any; without
// one, unanswered is why the last question got no answer, if it got none.
func anyExisting(ctx context.Context, client *wire.Client) (existing []spec.Existing, unanswered error) {
	for _, where := range waysToList() {
		existing, unanswered = listExisting(ctx, client, where)
		if len(existing) > 0 {
			break
		}
	}
	return existing, unanswered
}

// wayToList is a binding under a prefix.
type wayToList struct {
	variant  wire.Variant
	prefixes wire.Prefixes
}

func waysToList() (all []wayToList) {
	for _, binding := range variant.Bindings {
		plain := wire.Variant{Binding: binding, Route: wire.Path, Representation: wire.JSON}
		if binding != wire.Legacy {
			all = append(all, wayToList{plain, wire.DocumentedPrefixes()})
			continue
		}
		for _, prefix := range wire.LegacyPrefixes {
			all = append(all, wayToList{plain, wire.Prefixes{wire.Legacy: prefix}})
		}
	}
	return all
}

func (w wayToList) ask(ctx context.Context, client *wire.Client, call wire.Call) wire.Reply {
	request, err := wire.Encode(w.prefixes, w.variant, call)
	if err != nil {
		return wire.Reply{}
	}
	return wire.Decode(client.Do(ctx, request), w.variant, call.Operation)
}

func listExisting(ctx context.Context, client *wire.Client, where wayToList) (all []spec.Existing, unanswered error) {
	for _, service := range []string{spec.Download, spec.Update} {
		listed := where.ask(ctx, client, wire.Call{Operation: service + ".list"})
		unanswered = listed.Err
		ids, _ := listed.AsIDs()
		for _, id := range ids[:min(len(ids), mostExisting)] {
			model, problem := where.ask(ctx, client, wire.Call{Operation: service + ".get", Subject: id}).AsMembers()
			item, _ := model.String("library_item_id")
			state, _ := model.String("state")
			if problem == "" && item != "" {
				all = append(all, spec.Existing{Service: service, ID: id, Item: item, State: spec.State(state)})
			}
		}
	}
	return all, unanswered
}
