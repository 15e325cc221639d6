package discovery_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// middleware stands before the fake and makes it wrong.
type middleware func(w http.ResponseWriter, r *http.Request, right http.Handler)

// find probes a fake with its seeded item, and deletes what the probes made.
func find(t *testing.T, release string, wrong middleware) (discovery.Found, *fake.Server) {
	t.Helper()
	g := NewWithT(t)
	server, err := fake.New(fake.Options{Release: release, SeedItems: []fake.SeedItem{{Name: "seed"}}})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	found := probe(t, server.SeededItems()[0], func(w http.ResponseWriter, r *http.Request) {
		if wrong == nil || strings.HasSuffix(r.URL.Path, "/session") {
			server.ServeHTTP(w, r)
			return
		}
		wrong(w, r, server)
	})
	return found, server
}

// probe asks a handler what it serves.
func probe(t *testing.T, item string, handler http.HandlerFunc) discovery.Found {
	t.Helper()
	g := NewWithT(t)
	network := httptest.NewServer(handler)
	t.Cleanup(network.Close)
	client := wire.NewClient(wire.Options{Target: network.URL, RequestTimeout: budget})
	t.Cleanup(client.Close)
	if login, err := library.LogIn(t.Context(), client, "admin", "secret"); err == nil {
		client = client.With(library.SessionHeader, login.Token)
	}
	var mu sync.Mutex
	var deletions []func(context.Context) error
	found := discovery.Find(t.Context(), client, wire.NewPatience(8), item,
		func(service, id string, remove func(context.Context) error) {
			mu.Lock()
			defer mu.Unlock()
			g.Expect(service).To(Equal("download_session"))
			g.Expect(id).NotTo(BeEmpty())
			deletions = append(deletions, remove)
		})
	// What the probes made can be deleted also after the run was stopped.
	client.Stop()
	for _, remove := range deletions {
		_ = remove(t.Context()) // the inventory tells whether it worked
	}
	return found
}

// served lists the bindings and variants that were found.
func served(found discovery.Found) (names []string) {
	for _, binding := range found.Bindings {
		for _, variant := range binding.Variants {
			if found.Serves(variant.Variant) {
				names = append(names, variant.String())
			}
		}
	}
	return names
}

var allLegacy = []string{
	"legacy path json", "legacy action json", "legacy collection json",
	"legacy path xml", "legacy action xml", "legacy collection xml",
	"legacy action query", "legacy collection query",
}

func refuse(status int, texts ...string) middleware {
	return func(w http.ResponseWriter, r *http.Request, right http.Handler) {
		for _, text := range texts {
			if strings.Contains(r.Method+" "+r.URL.RequestURI(), text) {
				w.WriteHeader(status)
				return
			}
		}
		right.ServeHTTP(w, r)
	}
}

func without(all []string, lost ...string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return slices.Contains(lost, one) })
}
