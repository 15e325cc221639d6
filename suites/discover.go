package suites

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/wire"
)

// discover probes the target with sessions on the item, and deletes them.
func (s *Suite) discover(ctx context.Context, client *wire.Client, shelf *library.Library, item library.Item,
) (discovery.Found, error) {
	var deletions []func()
	var mu sync.Mutex
	found := discovery.Find(ctx, client, s.patience, item.ID, func(service, id string, remove func(context.Context) error) {
		mu.Lock()
		defer mu.Unlock()
		shelf.Created.Add(service, id, "")
		deletions = append(deletions, func() { shelf.Created.Deleted(service, id, remove(ctx)) })
	})
	var group sync.WaitGroup
	for _, deletion := range deletions {
		group.Go(deletion)
	}
	group.Wait()
	if found.Any() || len(s.options.Claims) > 0 {
		return found, nil
	}
	var tried []string
	for _, binding := range found.Bindings {
		tried = append(tried, fmt.Sprintf("%s: %s", binding.Name, binding.Evidence))
	}
	problem := "the target serves no binding of the session API"
	switch {
	case found.Unauthorized:
		problem = "it cannot be judged with this account, which lacks ContentLibrary.DownloadSession"
	case item.Given:
		problem += ", or has no library item " + item.ID + " (check {LibraryItems})"
	}
	return found, errors.New(problem + "; tried " + strings.Join(tried, "; "))
}
