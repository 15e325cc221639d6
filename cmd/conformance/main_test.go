package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// The account of every server under test; nothing may print its password.
const (
	testUser     = "tester"
	testPassword = "pl4nted-pa55word"
)

// deadline ends a command that hangs.
const deadline = 3 * time.Minute

var binaries string

func TestMain(m *testing.M) {
	os.Exit(inFolder(m))
}

// inFolder runs the tests with a folder for the binary and no settings around.
func inFolder(m *testing.M) int {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, variablePrefix) && name != momentsVariable {
			os.Unsetenv(name)
		}
	}
	for _, one := range divisions {
		os.Unsetenv(one.index)
	}
	folder, err := os.MkdirTemp("", "conformance-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binaries = folder
	return m.Run()
}

// build makes the binary as users get it: static, without cgo.
var build = sync.OnceValues(func() (string, error) {
	path := filepath.Join(binaries, "conformance")
	command := exec.Command("go", "build", "-o", path, ".")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
})

// binary is the one that build makes.
func binary(t *testing.T) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// outcome is what a command leaves.
type outcome struct {
	code           int
	stdout, stderr string
}

// conformance runs the command line in this process.
func conformance(t *testing.T, arguments ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	root := newCommand()
	root.SetOut(&stdout)
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	root.SetContext(ctx)
	code := execute(root, arguments, &stderr)
	if ctx.Err() != nil {
		t.Fatalf("conformance %q took longer than %s", arguments, deadline)
	}
	return outcome{code, stdout.String(), stderr.String()}
}

// process prepares the binary with the command line.
func process(t *testing.T, arguments ...string) (command *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	t.Cleanup(cancel)
	command = exec.CommandContext(ctx, binary(t), arguments...)
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	command.Stdout, command.Stderr = stdout, stderr
	return command, stdout, stderr
}

// middleware changes what a handler answers.
type middleware func(http.Handler) http.Handler

// reference serves the reference server, wrapped, and returns both with the
// flags that a run against it needs.
func reference(t *testing.T, options fake.Options, wrap middleware) (*fake.Server, *httptest.Server, []string) {
	t.Helper()
	options.Users = map[string]string{testUser: testPassword}
	server, err := fake.New(options)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(wrap(server))
	t.Cleanup(web.Close)
	return server, web, []string{"run", "--target", web.URL, "--username", testUser, "--password", testPassword}
}

func asItIs(next http.Handler) http.Handler { return next }

// answering is a server that gives one answer to everything.
func answering(t *testing.T, status int, mediaType, body string) string {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(web.Close)
	return web.URL
}

// quietTLS serves with a certificate that nobody knows, and keeps the failed
// handshakes out of the test's log.
func quietTLS(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	web := httptest.NewUnstartedServer(handler)
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(web.Close)
	return web
}

// saved reads the JSON report, which checks it against its schema.
func saved(g Gomega, path string) *report.Run {
	run, err := report.Read(path)
	g.Expect(err).NotTo(HaveOccurred())
	return run
}
