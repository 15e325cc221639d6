package main

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"

	"session-conformance/fixtures/fake"
)

// What completes, in cobra's words behind a colon: nothing else, files with an
// ending, folders, files.
const (
	onlyThese  = ":4"
	withEnding = ":8"
	folders    = ":16"
	anyFile    = ":0"
)

// completed is what the shell's script is told; the last argument is begun.
func completed(t *testing.T, arguments ...string) (values []string, directive string) {
	t.Helper()
	got := conformance(t, append([]string{cobra.ShellCompNoDescRequestCmd}, arguments...)...)
	NewWithT(t).Expect(got.code).To(BeZero(), got.stderr)
	lines := strings.Fields(got.stdout)
	return lines[:len(lines)-1], lines[len(lines)-1]
}

func TestValuesAreCompleted(t *testing.T) {
	for _, test := range []struct {
		line      string // the word behind the last space is begun
		want      []string
		directive string
	}{
		{"run --claim ", []string{"api", "rest", "legacy"}, onlyThese},
		{"run --claim rest,", []string{"rest,api", "rest,legacy"}, onlyThese},
		{"run --claim rest,l", []string{"rest,legacy"}, onlyThese},
		{"run --claim=l", []string{"legacy"}, onlyThese},
		{"config --claim l", []string{"legacy"}, onlyThese},
		{"run --release 7", []string{"7.0", "7.0u2"}, onlyThese},
		{"run --release ", append([]string{"auto"}, fake.Releases()...), onlyThese},
		{"fake --release ", fake.Releases(), onlyThese},
		{"list --level S", []string{"SHOULD"}, onlyThese},
		{"list --binding a", []string{"api"}, onlyThese},
		{"list --service update", []string{"update_session", "updatesession.file"}, onlyThese},
		{"list --operation keep_alive,ca", []string{"keep_alive,cancel"}, onlyThese},
		{"run --focus protocol.void.no", []string{"protocol.void.no_content"}, onlyThese},
		{"explain protocol.void.no", []string{"protocol.void.no_content"}, onlyThese},
		{"explain protocol.void.no_content protocol.void.no", nil, onlyThese},
		{"report ", []string{"json"}, withEnding},
		{"diff old.json ", []string{"json"}, withEnding},
		{"waivers init ", []string{"json"}, withEnding},
		{"waivers ", []string{"init"}, onlyThese},
		{"man --output ", nil, folders},
		{"run --junit ", nil, anyFile},
		{"run --waivers ", nil, anyFile},
		{"run --target ", nil, onlyThese},
		{"run --password ", nil, onlyThese},
		{"run ", nil, onlyThese},
	} {
		t.Run(test.line, func(t *testing.T) {
			g := NewWithT(t)
			values, directive := completed(t, strings.Split(test.line, " ")...)
			g.Expect(values).To(HaveExactElements(test.want))
			g.Expect(directive).To(Equal(test.directive))
		})
	}
}

func TestIDsAreCompletedWithWhatTheyPromise(t *testing.T) {
	g := NewWithT(t)
	got := conformance(t, cobra.ShellCompRequestCmd, "explain", "protocol.void.no")
	g.Expect(got.stdout).To(HavePrefix("protocol.void.no_content\tanswers an operation without a result with 204 and no body\n"))
}

func TestScriptsForShells(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		t.Run(shell, func(t *testing.T) {
			g := NewWithT(t)
			command, stdout, stderr := process(t, "completion", shell)
			g.Expect(command.Run()).To(Succeed(), stderr.String())
			g.Expect(stdout.String()).To(ContainSubstring(cobra.ShellCompRequestCmd))
			if shell == "powershell" {
				return // which no Debian has
			}
			check := linter(t, shell, "Debian: "+shell, "-n")
			check.Stdin = stdout
			out, err := check.CombinedOutput()
			g.Expect(err).NotTo(HaveOccurred(), "%s -n: %s", shell, out)
		})
	}
}

func TestCompletionForNoShellIsWrongUsage(t *testing.T) {
	for _, arguments := range [][]string{{"completion", "tcsh"}, {"completion", "bash", "tcsh"}} {
		g := NewWithT(t)
		got := conformance(t, arguments...)
		g.Expect(got.code).To(Equal(exitUsage))
		g.Expect(one(g, got.stderr)).To(ContainSubstring(`takes no argument "tcsh"`))
	}
}
