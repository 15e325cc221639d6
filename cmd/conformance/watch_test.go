package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// shared is a text that a process writes while a test reads it.
type shared struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *shared) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(text)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// serve serves the handler at the address until what it returns is called.
func serve(t *testing.T, address string, handler http.Handler) *httptest.Server {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	web := &httptest.Server{Listener: listener, Config: &http.Server{Handler: handler}}
	web.Start()
	return web
}

// hangUp answers nothing at the address until somebody has asked there.
func hangUp(t *testing.T, address string) {
	t.Helper()
	g := NewWithT(t)
	listener, err := net.Listen("tcp", address)
	g.Expect(err).NotTo(HaveOccurred())
	asked, err := listener.Accept()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked.Close()).To(Succeed())
	g.Expect(listener.Close()).To(Succeed())
}

func TestAWatchedTargetIsJudgedAgainOnEnterAndWhenItIsStartedAgain(t *testing.T) {
	g := NewWithT(t)
	server, err := fake.New(fake.Options{Users: map[string]string{testUser: testPassword}})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(server.Close)
	web := serve(t, "127.0.0.1:0", server)
	json := filepath.Join(t.TempDir(), "run.json")
	command, _, _ := process(t, "run", "--target", web.URL, "--username", testUser, "--password", testPassword, "--watch",
		"--label-filter", "rest && download_session && (delete || get)", "--json", json)
	var stdout, stderr shared
	command.Stdout, command.Stderr = &stdout, &stderr
	input, err := command.StdinPipe()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(command.Start()).To(Succeed())
	watching := func(times int) {
		t.Helper()
		g.Eventually(func() int { return bytes.Count([]byte(stderr.String()), []byte("watching: ")) }, deadline, 50*time.Millisecond).
			Should(Equal(times), stderr.String())
	}

	watching(1)
	g.Expect(stdout.String()).To(ContainSubstring("\nconformant, partial (3 skipped, filtered): "))
	first := len(stdout.String())
	_, err = input.Write([]byte("\n"))
	g.Expect(err).NotTo(HaveOccurred())
	watching(2)
	g.Expect(stdout.String()[first:]).To(MatchRegexp(
		`^0 regressions, 0 fixed, 0 not judged any more, 0 vanished, 0 new, \d+ as before\nconformant, partial \(3 skipped, filtered\): .*\n$`))
	second := len(stdout.String())
	address := web.Listener.Addr().String()
	web.Close()
	hangUp(t, address)
	worse := serve(t, address, forgetsToDelete(server))
	t.Cleanup(worse.Close)
	watching(3)
	g.Expect(stdout.String()[second:]).To(And(HavePrefix("Regressions ("), ContainSubstring("download_session.delete."),
		ContainSubstring("\nnot conformant: ")))
	g.Expect(saved(g, json).Verdict).To(Equal(report.NotConformant))

	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	g.Expect(command.Wait()).To(MatchError(ContainSubstring("exit status 1")), "the last verdict")
}

func TestWatchGoesWithNothingThatIsForOneRun(t *testing.T) {
	target := []string{"run", "--watch", "--target", "http://127.0.0.1:1", "--username", testUser, "--password", testPassword}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"run", "--watch"}, "--watch without --target"},
		{append(target, "--json", "-"), "name a file for --json"},
		{append(target, "--events", "-"), "--watch and --events"},
		{append(target, "--shard", "1/2"), "--watch and --shard"},
		{append(target, "--plan"), "--watch and --plan"},
		{append(target, "--github"), "--watch and --github"},
	} {
		g := NewWithT(t)
		got := conformance(t, test.args...)
		g.Expect(got.code).To(Equal(exitUsage))
		g.Expect(one(g, got.stderr)).To(And(Equal(got.stderr), ContainSubstring(test.want)))
	}
}
