package conformancetest_test

import (
	"net/http"
	"os"
	"os/exec"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
	"session-conformance/suites/conformancetest"
)

// newServer is the server of a vendor whose own tests judge it.
func newServer(t *testing.T) http.Handler {
	server, err := fake.New(fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// The README shows this test.
func TestServer(t *testing.T) {
	conformancetest.Run(t, conformancetest.Target{
		Handler: newServer(t),
		Options: suites.Options{Username: "admin", Password: "secret", LabelFilter: "download_session"},
	})
}

// cancelsNothing answers every cancel with success and does nothing.
func cancelsNothing(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("action") == "cancel" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		h.ServeHTTP(w, r)
	})
}

const wrongServer = "CONFORMANCETEST_WRONG_SERVER"

// TestWrong fails on purpose, in a process of its own that other tests start.
func TestWrong(t *testing.T) {
	if os.Getenv(wrongServer) == "" {
		t.Skip("is run by other tests")
	}
	conformancetest.Run(t, conformancetest.Target{
		Handler: cancelsNothing(newServer(t)),
		Options: suites.Options{Username: "admin", Password: "secret", LabelFilter: "api && download_session", AllowLeftovers: true},
	})
}

// output is what go test shows of TestWrong.
func output(t *testing.T, arguments ...string) (text string, failed error) {
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), wrongServer+"=1")
	out, err := command.CombinedOutput()
	return string(out), err
}

func TestABehaviourIsASubtest(t *testing.T) {
	g := NewWithT(t)
	text, failed := output(t, "-test.run=^TestWrong$", "-test.v")
	g.Expect(failed).To(HaveOccurred(), text)
	g.Expect(text).To(And(
		ContainSubstring("--- FAIL: TestWrong/download_session.cancel.unknown_id/api ("),
		ContainSubstring("--- PASS: TestWrong/download_session.get.fields/api ("),
		MatchRegexp(`(?m)^ +got: `),
		Not(ContainSubstring("panic")),
	))
}

func TestAPatternRunsItsBehavioursAlone(t *testing.T) {
	g := NewWithT(t)
	text, failed := output(t, "-test.run=^TestWrong$/^download_session.get.fields$/api", "-test.v")
	g.Expect(failed).NotTo(HaveOccurred(), text)
	g.Expect(text).To(ContainSubstring("--- PASS: TestWrong/download_session.get.fields/api ("))
	g.Expect(text).NotTo(ContainSubstring("download_session.delete"))
}
