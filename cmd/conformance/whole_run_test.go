// These judge a server by all that a run has; make test runs them without the race
// detector.

//go:build !race

package main

import (
	"encoding/base64"
	"net/http"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/fixtures/fake"
)

func TestBundledRun(t *testing.T) {
	// Ginkgo installs an interrupt handler per plan and replay and never ends it.
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(),
		goleak.IgnoreAnyFunction("github.com/onsi/ginkgo/v2/internal/interrupt_handler.(*InterruptHandler).registerForInterrupts.func2"))
	g := NewWithT(t)
	got := conformance(t, "run")
	g.Expect(got.code).To(BeZero(), got.stdout+got.stderr)
	g.Expect(got.stdout).To(And(
		HavePrefix("target   the bundled reference server, release auto\n"),
		ContainSubstring("\napi      served under /api\n"),
		ContainSubstring("\nrest     served under /rest/com/vmware\n"),
		ContainSubstring("\nlegacy   served under /com/vmware: path json xml · action json xml query ·\n         collection json xml query\n"),
		MatchRegexp(`\n\d+ behaviours in \d+\.\d s: \d+ passed, \d+ observed, 15 skipped\nconformant, partial \(15 skipped\): \d+ behaviours passed, \d+ observed\n$`),
	))
	g.Expect(got.stderr).To(HavePrefix("no --target: judging the bundled reference server at http://127.0.0.1:"))
	for _, phase := range []string{"logging in to", "preparing a library item", "finding out what the target serves",
		"deleting what the run created"} {
		g.Expect(got.stderr).To(ContainSubstring("\n" + phase))
		g.Expect(got.stdout).NotTo(ContainSubstring(phase))
	}
	g.Expect(got.stdout + got.stderr).NotTo(ContainSubstring("\x1b"))
}

func TestSecretsReachNoOutput(t *testing.T) {
	g := NewWithT(t)
	spy := &tokens{}
	_, _, args := reference(t, fake.Options{}, func(next http.Handler) http.Handler { return spy.spy(cancelsTwice(next)) })
	json, junit, flags := savedReports(t)
	got := conformance(t, append(append(args, "--explore", "200", "--races", "50"), flags...)...)
	g.Expect(got.code).To(Equal(1), "with evidence in the report: %s", got.stdout)
	g.Expect(spy.seen).NotTo(BeEmpty())
	secrets := append(spy.seen[:1:1], testPassword, base64.StdEncoding.EncodeToString([]byte(testUser+":"+testPassword)))
	for _, path := range []string{json, junit} {
		data, err := os.ReadFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		for _, secret := range secrets {
			g.Expect(strings.Count(string(data), secret)).To(BeZero(), "%s in %s", secret, path)
		}
	}
	for _, secret := range secrets {
		g.Expect(got.stdout + got.stderr).NotTo(ContainSubstring(secret))
	}
}
