package spec_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// short is a deadline that a test waits for; long is one that it never reaches.
const (
	short = 100 * time.Millisecond
	long  = 30 * time.Second
)

// stage is a fake behind HTTP and what a behaviour needs to run against it.
type stage struct {
	*spec.Target
	fake *fake.Server
	url  string
	// impatient is the client with a short deadline per request.
	impatient *wire.Client
}

// middleware stands before the fake and makes it wrong.
type middleware func(w http.ResponseWriter, r *http.Request, right http.Handler)

// set prepares a target of one release with a pool of two items; wrong is nil
// for a right one.
func set(t *testing.T, release string, wrong middleware) *stage {
	t.Helper()
	g := NewWithT(t)
	server, err := fake.New(fake.Options{Release: release})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	network := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wrong == nil {
			server.ServeHTTP(w, r)
			return
		}
		wrong(w, r, server)
	}))
	t.Cleanup(network.Close)
	client := wire.NewClient(wire.Options{Target: network.URL, RequestTimeout: long})
	t.Cleanup(client.Close)
	login, err := library.LogIn(t.Context(), client, "admin", "secret")
	g.Expect(err).NotTo(HaveOccurred())
	client = client.With(library.SessionHeader, login.Token)
	shelf, err := library.Open(t.Context(), client, client.Unstoppable(), library.Options{RunID: "test", Size: 2})
	g.Expect(err).NotTo(HaveOccurred())
	target := &spec.Target{
		Client: client, Cleaner: client.Unstoppable(), Library: shelf, Prefixes: wire.DocumentedPrefixes(),
		Served: func(wire.Variant) bool { return true }, Releases: []string{release},
		Patience: wire.NewPatience(2), Timeout: long, CleanupTimeout: long,
	}
	impatient := wire.NewClient(wire.Options{Target: network.URL, RequestTimeout: short})
	t.Cleanup(impatient.Close)
	return &stage{target, server, network.URL, impatient.With(library.SessionHeader, login.Token)}
}

// run runs a body as the behaviour of an operation in the variant, on its own.
func (s *stage) run(ctx context.Context, variant wire.Variant, operation string, body func(*spec.Spec)) spec.Report {
	definition, behaviour := bodyOf(operation, body)
	return spec.RunIsolated(ctx, s.Target, definition, behaviour, variant)
}

// runAfterOthers is run for a body that goes on with what others left.
func (s *stage) runAfterOthers(ctx context.Context, variant wire.Variant, operation string, body func(*spec.Spec)) spec.Report {
	definition, behaviour := bodyOf(operation, body)
	return spec.Run(ctx, s.Target, definition, behaviour, variant)
}

func bodyOf(operation string, body func(*spec.Spec)) (spec.Definition, ledger.Behaviour) {
	service, name, _ := strings.Cut(operation, ".")
	id := operation + ".test"
	return spec.Definition{ID: id, Body: body}, ledger.Behaviour{ID: id, Service: service, Operation: name}
}

// noSessionLeft is what every ending of a behaviour owes the target.
func (s *stage) noSessionLeft(g *WithT) {
	g.THelper()
	left := s.fake.Inventory()
	g.Expect(append(left.DownloadSessions, left.UpdateSessions...)).To(BeEmpty())
	for _, thing := range s.Library.Created.Left() {
		g.Expect(thing.Kind).NotTo(HaveSuffix("session"))
	}
}

// bothItemsAreBack says that the pool lends all again; an unclean item was
// replaced by a new one.
func (s *stage) bothItemsAreBack(g *WithT, t *testing.T) {
	g.THelper()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	items, err := s.Library.Lease(ctx, 2)
	g.Expect(err).NotTo(HaveOccurred())
	for _, item := range items {
		s.Library.Return(item, true)
	}
}

// silence answers nothing until the client goes away.
func silence(r *http.Request) {
	io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// is says whether the request is the method at a path of api that ends so.
func is(r *http.Request, method, end string) bool {
	return r.Method == method && strings.HasPrefix(r.URL.Path, "/api/") && strings.HasSuffix(r.URL.RequestURI(), end)
}

// rewrite lets the fake answer and passes on what change makes of it.
func rewrite(w http.ResponseWriter, r *http.Request, right http.Handler, change func(status int, body string) (int, string)) {
	kept := httptest.NewRecorder()
	right.ServeHTTP(kept, r)
	status, body := change(kept.Code, kept.Body.String())
	w.Header().Set("Content-Type", kept.Header().Get("Content-Type"))
	w.WriteHeader(status)
	io.WriteString(w, body)
}
