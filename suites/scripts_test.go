package suites_test

import (
	"context"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
	broken "session-conformance/fixtures/mutants/fault"
	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/suites"
)

// scriptBudget ends a script that hangs.
const scriptBudget = time.Minute

// scriptsVariable says over how many mutants scripts are tested, whole red runs in
// all shells; without it a few behaviours of a few mutants are.
const scriptsVariable = "CONFORMANCE_SCRIPTS"

// A script ends with 1 against the server that failed, and with 0 against the
// reference server.
func TestScriptsOfMutants(t *testing.T) {
	count, whole := 3, false
	shells := []string{"sh"}
	if text := os.Getenv(scriptsVariable); text != "" {
		number, err := strconv.Atoi(text)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), scriptsVariable)
		count, whole, shells = number, true, []string{"sh", "dash", "bash"}
	}
	needsPrograms(t, "sh", "curl", "awk", "sed", "cksum")
	catalogue := mutants.Catalogue()
	for i := range count {
		one := catalogue[(2*i+1)*len(catalogue)/(2*count)]
		place := broken.Place{Binding: []fake.Binding{fake.API, fake.Rest, fake.Legacy}[i%3]}
		t.Run(one.Name, func(t *testing.T) { tryScripts(t, broken.Mutant{Fault: one, Place: place}, whole, shells) })
	}
}

func needsPrograms(t *testing.T, programs ...string) {
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("the scripts need %s, which is not there", program)
		}
	}
}

var scriptUsers = map[string]string{"admin": "secret", "other": "secret"}

// tryScripts runs the scripts of a red run of the mutant in all shells.
func tryScripts(t *testing.T, mutant broken.Mutant, whole bool, shells []string) {
	g := NewWithT(t)
	wrong, err := mutant.New(fake.Options{Users: scriptUsers})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(wrong.Close)
	good, bad := startRight(t, fake.Options{Release: mutant.Release, Users: scriptUsers}), httptest.NewServer(wrong)
	t.Cleanup(bad.Close)
	judge := suites.Options{
		Target: bad.URL, Username: "admin", Password: "secret", OtherUsername: "other", OtherPassword: "secret",
		Strict: true, Release: mutant.Release,
	}
	if !whole {
		judge.Focus = []string{strings.ReplaceAll(mutant.CaughtBy[0], ".", `\.`) + " "}
	}
	run, err := suites.Run(t.Context(), judge)
	g.Expect(err).NotTo(HaveOccurred())
	scripts := scriptsOf(run)
	if len(scripts) == 0 {
		t.Logf("%s: no script: %s", mutant, run.Summary)
	}
	expectFailOnlyAt(t, scripts, bad.URL, good, shells...)
}

// expectFailOnlyAt expects all scripts to end with 1 at the bad server, and with 0 at
// the good one.
func expectFailOnlyAt(t *testing.T, scripts map[string]string, bad, good string, shells ...string) {
	var group sync.WaitGroup
	for id, script := range scripts {
		for _, shell := range shells {
			if _, err := exec.LookPath(shell); err != nil {
				continue
			}
			group.Go(func() {
				for target, want := range map[string]int{bad: 1, good: 0} {
					if code, out := playIn(t.Context(), shell, script, target); code != want {
						t.Errorf("%s in %s: want exit code %d, got %d\n%s\n%s", id, shell, want, code, out, script)
					}
				}
			})
		}
		group.Wait()
	}
}

// startRight serves the reference server.
func startRight(t *testing.T, options fake.Options) (url string) {
	server, err := fake.New(options)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.Close(); server.Close() })
	return web.URL
}

// scriptsOf are the scripts of the cards, by what they are of, but for those that need
// somebody who serves a file.
func scriptsOf(run *report.Run) map[string]string {
	scripts := map[string]string{}
	cards, _, _ := card.Cards(run.Results)
	for i, one := range cards {
		if content := one.Content(run); content.Curl != "" && !strings.Contains(content.Curl, "SOURCE_URL") {
			scripts[fmt.Sprintf("%d %s in %s", i, content.ID, content.Shown)] = content.Curl
		}
	}
	return scripts
}

// few are two of the scripts, always the same.
func few(scripts map[string]string) map[string]string {
	chosen := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(scripts))[:min(2, len(scripts))] {
		chosen[id] = scripts[id]
	}
	return chosen
}

// playIn runs a script as a user would and returns its exit code.
func playIn(ctx context.Context, shell, script, target string) (code int, out string) {
	ctx, cancel := context.WithTimeout(ctx, scriptBudget)
	defer cancel()
	command := exec.CommandContext(ctx, shell)
	command.Stdin = strings.NewReader(script)
	command.WaitDelay = time.Second
	command.Env = append(os.Environ(), "USERNAME=admin", "PASSWORD=secret",
		"OTHER_USERNAME=other", "OTHER_PASSWORD=secret", "TARGET="+target, "TRIES=3")
	text, _ := command.CombinedOutput()
	return command.ProcessState.ExitCode(), string(text)
}
