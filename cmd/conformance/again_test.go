package main

import (
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/pflag"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

func TestARerunIsAskedAsTheRunWas(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("CONFORMANCE_PARALLEL", "4")
	_, web, run := reference(t, fake.Options{}, cancelsAnything)
	path := filepath.Join(t.TempDir(), "run.json")
	got := conformance(t, append(run, "--claim", "api,rest", "--release", "8.0", "--slow=false", "--header",
		"X-Gateway=open sesame", "--header", "X-Room=4711 at the back",
		"--insecure", "--label-filter", "rest && cancel && download_session", "--json", path, "--quiet")...)
	g.Expect(got.code).To(Equal(report.NotConformant.ExitCode()), got.stderr)
	common := "--target " + web.URL + " --username " + testUser + ` --password "$CONFORMANCE_PASSWORD" --insecure --header "$CONFORMANCE_HEADER" ` +
		"--claim api --claim rest --release 8.0 --parallel 4"
	again := saved(g, path).Again
	g.Expect(again).To(Equal(report.Again{Run: common, Explore: common}))
	card := conformance(t, "report", path, "--failures")
	g.Expect(card.stdout).To(ContainSubstring("\nrerun: conformance run " + common + " --focus 'download_session.cancel.unknown_id '\n"))
}

func TestNoPasswordIsShown(t *testing.T) {
	g := NewWithT(t)
	shown := 0
	newRunCommand().Flags().VisitAll(func(flag *pflag.Flag) {
		if strings.Contains(flag.Name, "password") {
			shown++
			g.Expect(secrets).To(HaveKey(flag.Name))
		}
	})
	g.Expect(shown).To(BeNumerically(">=", 3))
}
