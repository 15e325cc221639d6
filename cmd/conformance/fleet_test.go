package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// fleetOf is a file of a right server, a wrong one and one that is not there.
func fleetOf(t *testing.T) string {
	t.Helper()
	t.Setenv("LAB_PASSWORD", testPassword)
	_, right, _ := reference(t, fake.Options{}, asItIs)
	_, wrong, _ := reference(t, fake.Options{}, cancelsAnything)
	return written(t, "targets.yaml", fmt.Sprintf(`
defaults:
  username: %s
  password: $LAB_PASSWORD
  label-filter: api && download_session && cancel || rest && download_session && cancel
targets:
  right: {target: %s, release: "8.0"}
  wrong: {target: %s, product: acme, product-release: 4.2}
  away: {target: "http://127.0.0.1:1"}
`, testUser, right.URL, wrong.URL))
}

func TestAFleetIsJudgedWithAReportForEachAndAMatrixOfAll(t *testing.T) {
	g := NewWithT(t)
	targets, out := fleetOf(t), t.TempDir()

	got := conformance(t, "fleet", targets, "--out", out, "--together", "2")

	g.Expect(got.code).To(Equal(report.NotConformant.ExitCode()), got.stderr)
	g.Expect(got.stdout).To(And(MatchRegexp(`(?m)^right +8\.0 +conformant +(\d+)/\d+ +\d+/\d+ +-$`),
		MatchRegexp(`(?m)^away +auto +unusable +- +- +-$`), MatchRegexp(`(?m)^wrong: download_session\.cancel: expected 404 `),
		HaveSuffix("\n3 targets: 1 conformant, 1 not conformant, 1 unusable\n")))
	g.Expect(got.stderr).To(And(ContainSubstring("right: judging http://"), ContainSubstring("right: conformant, ")))
	g.Expect(saved(g, filepath.Join(out, "right.json")).Target).To(HaveField("Product", "right"))
	g.Expect(saved(g, filepath.Join(out, "wrong.json")).Target).To(And(HaveField("Product", "acme"), HaveField("ProductRelease", "4.2")))
	for _, name := range []string{"right.html", "right.xml", "wrong.html", "away.json", "summary.md"} {
		g.Expect(filepath.Join(out, name)).To(BeARegularFile())
	}
}

func TestOneTargetOfAFleetIsChosenByItsIndex(t *testing.T) {
	g := NewWithT(t)
	targets, out := fleetOf(t), t.TempDir()

	got := conformance(t, "fleet", targets, "--out", out, "--index", "0")

	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(HaveSuffix("\n1 target: 1 conformant\n"))
	g.Expect(os.ReadDir(out)).To(HaveLen(3), "its reports, and no summary of all")
}

func TestAFileOfTargetsThatCannotBeUsedIsOneLine(t *testing.T) {
	for want, text := range map[string]string{
		`targets.yaml: want "targets:"`:                            "- a\n",
		`targets.yaml: it has no targets`:                          "defaults: {username: u}\n",
		`targets.yaml:1: there is no part "target"`:                "target: x\n",
		`:2: "Lab 1" names the files of its reports`:               "targets:\n  Lab 1: {target: \"http://x\"}\n",
		`:3: a stands there twice`:                                 "targets:\n  a: {target: \"http://x\"}\n  a: {target: \"http://x\"}\n",
		`:2: a has no target`:                                      "targets:\n  a: {username: u}\n",
		`:2: there is no setting "usernam"; did you mean username`: "targets:\n  a: {usernam: u}\n",
		`:2: password: the variable NO_SUCH is not set`:            "targets:\n  a: {password: $NO_SUCH}\n",
		`:2: json is not set by target`:                            "targets:\n  a: {json: x}\n",
		`:2: a: parallel: invalid argument "many"`:                 "targets:\n  a: {target: \"http://x\", session-id: x, parallel: many}\n",
		`:2: a: --username without --password`:                     "targets:\n  a: {target: \"http://x\", username: u}\n",
	} {
		t.Run(want, func(t *testing.T) {
			g := NewWithT(t)
			got := conformance(t, "fleet", written(t, "targets.yaml", text), "--out", t.TempDir())
			g.Expect(got.code).To(Equal(exitUsage), got.stdout)
			g.Expect(one(g, got.stderr)).To(ContainSubstring(want))
		})
	}
	g := NewWithT(t)
	got := conformance(t, "fleet", fleetOf(t), "--out", t.TempDir(), "--index", "3")
	g.Expect(one(g, got.stderr)).To(ContainSubstring("--index 3: "))
}
