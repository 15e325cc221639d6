package explore

import (
	"context"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/variant"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// explored serves a server made of the options and explores it.
func explored(t *testing.T, options fake.Options, requests int, seed int64) Found {
	t.Helper()
	server, err := fake.New(options)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	return exploredAt(t, web.URL, options.Release, requests, seed)
}

// exploredAt explores what is served at the address, as a run does.
func exploredAt(t *testing.T, address, release string, requests int, seed int64) Found {
	t.Helper()
	return exploredWith(t, address, release, Options{Requests: requests, Seed: seed})
}

// exploredWith explores with the options, of which it fills in the target.
func exploredWith(t *testing.T, address, release string, options Options) Found {
	t.Helper()
	g, ctx := NewWithT(t), context.Background()
	nobody := wire.NewClient(wire.Options{Target: address, RequestTimeout: 10 * time.Second, Connections: 16})
	t.Cleanup(nobody.Close)
	login, err := library.LogIn(ctx, nobody, "admin", "secret")
	g.Expect(err).NotTo(HaveOccurred())
	client := nobody.With(library.SessionHeader, login.Token)
	shelf, err := library.Open(ctx, client, client.Unstoppable(), library.Options{RunID: "explore", Size: 4})
	g.Expect(err).NotTo(HaveOccurred())
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	another := func(ctx context.Context) (*wire.Client, func(), error) {
		login, err := library.LogIn(ctx, nobody, "admin", "secret")
		again := nobody.With(library.SessionHeader, login.Token)
		return again, func() { _ = login.LogOut(ctx, again) }, err
	}
	served := bindingsOf(release)
	options.Client, options.Cleaner, options.LogIn = client, client.Unstoppable(), another
	options.Library, options.Prefixes, options.Book = shelf, wire.DocumentedPrefixes(), book
	options.Releases, options.Variants, options.Parallel = ledger.Possible(names(served)), variantsIn(served, release), 4
	found := Explore(ctx, options)
	shelf.Close(ctx)
	if len(found.Findings) == 0 {
		g.Expect(shelf.Created.Left()).To(BeEmpty())
	}
	return found
}

func bindingsOf(release string) (served []wire.Binding) {
	for _, binding := range variant.Bindings {
		if release == "" || ledger.Documents(release, string(binding)) {
			served = append(served, binding)
		}
	}
	return served
}

func names(bindings []wire.Binding) (all []string) {
	for _, binding := range bindings {
		all = append(all, string(binding))
	}
	return all
}

// variantsIn are what discovery and the specs find on the reference server.
func variantsIn(served []wire.Binding, release string) func(string) []wire.Variant {
	return func(operation string) (all []wire.Variant) {
		if operation == "update_session.update" && slices.Contains([]string{"6.0", "6.5"}, release) {
			return nil
		}
		for _, binding := range served {
			all = append(all, wire.Variants(operation, binding)...)
		}
		return all
	}
}

// seeds are those of the tests of right servers: CONFORMANCE_SEEDS has how many,
// for a longer look than CI takes.
func seeds(t *testing.T, least int) int64 {
	t.Helper()
	written, given := os.LookupEnv("CONFORMANCE_SEEDS")
	if !given {
		return int64(least)
	}
	seeds, err := strconv.Atoi(written)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return int64(seeds)
}
