package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

// written is a file with the content, in a folder of its own.
func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const settled = `# the settings of a vendor's pipeline
target: https://vc.example
username: tester
release: 7.0
claim: [api, rest]
focus:
  - download_session
  - 'a, b'
parallel: 3
timeout: 90s
`

func TestAFlagBeatsTheEnvironmentWhichBeatsTheFile(t *testing.T) {
	g := NewWithT(t)
	path := written(t, "c.yaml", settled)
	t.Setenv("CONFORMANCE_PASSWORD", testPassword)
	t.Setenv("CONFORMANCE_PARALLEL", "4")
	t.Setenv("CONFORMANCE_TIMEOUT", "70s")
	t.Setenv("CONFORMANCE_LIBRARY_ITEM", "item-1\nitem-2")
	got := conformance(t, "config", "--config", path, "--parallel", "5", "--strict")
	g.Expect(got.code).To(BeZero(), got.stderr)
	for _, line := range []string{
		`target: https://vc\.example +# .*c\.yaml:2`,
		`password: \*{8} +# CONFORMANCE_PASSWORD`,
		`release: 7\.0 +# .*c\.yaml:4`,
		`claim: \["api", "rest"\] +# .*c\.yaml:5`,
		`focus: \["download_session", "a, b"\] +# .*c\.yaml:6`,
		`library-item: \["item-1", "item-2"\] +# CONFORMANCE_LIBRARY_ITEM`,
		`parallel: 5 +# --parallel`,
		`timeout: 1m10s +# CONFORMANCE_TIMEOUT`,
		`strict: true +# --strict`,
		`request-timeout: 15s +# default`,
		`# datastore:`,
	} {
		g.Expect(got.stdout).To(MatchRegexp(`(?m)^` + line + `$`))
	}
	g.Expect(got.stdout + got.stderr).NotTo(ContainSubstring(testPassword))
}

func TestWhatConfigShowsIsAConfiguration(t *testing.T) {
	g := NewWithT(t)
	shown := conformance(t, "config", "--config", written(t, "c.yaml", settled))
	again := conformance(t, "config", "--config", written(t, "again.yaml", shown.stdout))
	g.Expect(again.code).To(BeZero(), again.stderr)
	g.Expect(again.stdout).To(ContainSubstring("parallel: 3"))
}

func TestTheFileOfTheWorkingDirectoryIsRead(t *testing.T) {
	g := NewWithT(t)
	t.Chdir(t.TempDir())
	g.Expect(os.WriteFile(configFile, []byte("label-filter: rest && download_session && get\n"), 0o600)).To(Succeed())
	got := conformance(t, "run")
	g.Expect(got.code).To(BeZero(), got.stderr)
	g.Expect(got.stdout).To(ContainSubstring("\nonly     --label-filter 'rest && download_session && get'\n"))
}

func TestAWrongSettingIsOneLineThatSaysWhere(t *testing.T) {
	for _, test := range []struct {
		name, file string
		variable   [2]string
		want       []string
	}{
		{name: "unknown key", file: "target: x\nrequst-timeout: 5s", want: []string{"c.yaml:2: ", `"requst-timeout"`, "did you mean request-timeout?"}},
		{name: "nothing like it", file: "zzzzzzzzz: 1", want: []string{"c.yaml:1: ", `"zzzzzzzzz"`, "conformance config"}},
		{name: "twice", file: "parallel: 1\nparallel: 2", want: []string{"c.yaml:2: ", "twice", "line 1"}},
		{name: "no number", file: "parallel: x", want: []string{"c.yaml:1: ", `"x"`, "want a whole number"}},
		{name: "list for one", file: "parallel: [1, 2]", want: []string{"c.yaml:1: ", "parallel takes one value"}},
		{name: "mapping", file: "timeout: {a: b}", want: []string{"c.yaml:1: ", "timeout", "want a text or a list of texts"}},
		{name: "list of lists", file: "focus: [[a]]", want: []string{"c.yaml:1: ", "focus", "want a list of texts"}},
		{name: "out of range", file: "parallel: 0", want: []string{"--parallel must be more than 0", "c.yaml:1"}},
		{name: "no mapping", file: "- a", want: []string{"c.yaml:1: ", "want a mapping"}},
		{name: "no YAML", file: "a: [", want: []string{"c.yaml", "line"}},
		{name: "config in itself", file: "config: x", want: []string{`"config"`}},
		{name: "unknown variable", variable: [2]string{"CONFORMANCE_PARALEL", "3"}, want: []string{"CONFORMANCE_PARALEL", "did you mean CONFORMANCE_PARALLEL?"}},
		{name: "variable not set", variable: [2]string{"CONFORMANCE_TARGET", ""}, want: []string{"--target is empty", "CONFORMANCE_TARGET"}},
		{name: "wrong variable", variable: [2]string{"CONFORMANCE_STRICT", "perhaps"}, want: []string{"CONFORMANCE_STRICT", "true or false"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			if test.variable[0] != "" {
				t.Setenv(test.variable[0], test.variable[1])
			}
			got := conformance(t, "run", "--config", written(t, "c.yaml", test.file))
			g.Expect(got.code).To(Equal(exitUsage), got.stdout)
			g.Expect(got.stdout).To(BeEmpty())
			line := one(g, got.stderr)
			for _, want := range test.want {
				g.Expect(line).To(ContainSubstring(want))
			}
		})
	}
}

func TestAMissingConfigurationFileIsAnErrorOnlyIfItWasNamed(t *testing.T) {
	g := NewWithT(t)
	t.Chdir(t.TempDir())
	g.Expect(conformance(t, "config").code).To(BeZero())
	got := conformance(t, "config", "--config", "no.yaml")
	g.Expect(got.code).To(Equal(exitUsage))
	g.Expect(one(g, got.stderr)).To(ContainSubstring("--config no.yaml: no such file"))
}

// Passwords stay in the environment of a shell, whatever is run there, and
// variables of others may have the prefix.
func TestVariablesThatAreOfNoUseHere(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("CONFORMANCE_PASSWORD", testPassword)
	t.Setenv("CONFORMANCE_OTHER_PASSWORD", testPassword)
	t.Setenv("CONFORMANCE_CI_IMAGE", "x")
	got := conformance(t, "run", "--label-filter", "api && login")
	g.Expect(got.code).To(BeZero(), got.stderr)
}
