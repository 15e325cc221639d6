package suites_test

import (
	"net/http/httptest"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// underWay knows the behaviours that have begun and are not over.
type underWay struct {
	mu   sync.Mutex
	seen []string
	open map[string]bool
}

func (*underWay) Phase(string)               {}
func (*underWay) Start(int)                  {}
func (*underWay) Done(report.Result)         {}
func (*underWay) Waits(string) (over func()) { return func() {} }

func (u *underWay) Begins(what string) (over func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seen, u.open[what] = append(u.seen, what), true
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		delete(u.open, what)
	}
}

func TestAWatcherIsToldWhatIsUnderWayAndThatItIsOver(t *testing.T) {
	g := NewWithT(t)
	observer := &underWay{open: map[string]bool{}}
	server, err := fake.New(fake.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })

	_, err = suites.Run(t.Context(), suites.Options{
		Target: web.URL, Username: "admin", Password: "secret", NoReplay: true,
		Focus: []string{`download_session\.cancel\.ok `}, LabelFilter: "rest", Observer: observer,
	})

	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(observer.seen).To(ConsistOf("download_session.cancel.ok [rest]"))
	g.Expect(observer.open).To(BeEmpty())
}
