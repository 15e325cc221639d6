package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v3"

	"session-conformance/fixtures/fake"
	"session-conformance/reporters/report"
)

// actionFile is what action.yml holds.
type actionFile struct {
	Inputs map[string]struct{ Default string }
	Runs   struct{ Steps []actionStep }
}

type actionStep struct {
	Uses, If, Run string
	Env           map[string]string
	all           map[string]any
}

func (s *actionStep) UnmarshalYAML(node *yaml.Node) error {
	type plain actionStep
	if err := node.Decode((*plain)(s)); err != nil {
		return err
	}
	return node.Decode(&s.all)
}

func readAction(t *testing.T) (action actionFile) {
	t.Helper()
	NewWithT(t).Expect(yaml.Unmarshal([]byte(projectFile(t, "action.yml")), &action)).To(Succeed())
	return action
}

// job is what the action leaves behind.
type job struct {
	code            int
	log, summary    string
	outputs         map[string]string
	workspace, temp string
}

// runAction runs the scripts of the action as GitHub's runner does: bash is
// told to stop at the first failure, and files collect outputs and summary.
func runAction(t *testing.T, inputs map[string]string) job {
	t.Helper()
	g := NewWithT(t)
	action := readAction(t)
	for name := range inputs {
		g.Expect(action.Inputs).To(HaveKey(name))
	}
	for name, input := range action.Inputs {
		if _, given := inputs[name]; !given {
			inputs[name] = input.Default
		}
	}
	j := job{workspace: t.TempDir(), temp: t.TempDir(), outputs: map[string]string{}}
	root, err := filepath.Abs(project)
	g.Expect(err).NotTo(HaveOccurred())
	summary, outputs := filepath.Join(j.temp, "summary"), filepath.Join(j.temp, "outputs")
	g.Expect(os.WriteFile(summary, []byte("what was there before\n"), 0o600)).To(Succeed())
	runner := []string{"GITHUB_ACTION_PATH=" + root, "RUNNER_TEMP=" + j.temp, "GITHUB_OUTPUT=" + outputs,
		"GITHUB_STEP_SUMMARY=" + summary}
	for _, step := range action.Runs.Steps {
		if step.Run == "" || !applies(g, step.If, inputs) || j.code != 0 {
			continue
		}
		environment := slices.Clone(runner)
		for name, value := range step.Env {
			environment = append(environment, name+"="+evaluated(g, value, inputs))
		}
		var log string
		j.code, log = bash(t, j.workspace, environment, step.Run)
		j.log += log
	}
	j.summary = contentOf(g, summary)
	for line := range strings.Lines(contentOf(g, outputs)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		j.outputs[name] = value
	}
	return j
}

// applies decides the one condition that scripts of the action have.
func applies(g Gomega, condition string, inputs map[string]string) bool {
	g.Expect(condition).To(BeElementOf("", "inputs.binary == ''"))
	return condition == "" || inputs["binary"] == ""
}

var inputExpression = regexp.MustCompile(`^\$\{\{ inputs\.([a-z]+) \}\}$`)

func evaluated(g Gomega, value string, inputs map[string]string) string {
	name := inputExpression.FindStringSubmatch(value)
	if name == nil {
		g.Expect(value).NotTo(ContainSubstring("${{"))
		return value
	}
	g.Expect(inputs).To(HaveKey(name[1]))
	return inputs[name[1]]
}

// scriptBudget is ample for a build from nothing.
const scriptBudget = 5 * time.Minute

// bash runs a script; the settings of a run come from the variables alone.
func bash(t *testing.T, folder string, variables []string, script string) (code int, log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), scriptBudget)
	defer cancel()
	command := exec.CommandContext(ctx, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	command.Dir = folder
	command.Env = append(os.Environ(), variables...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("bash: %s", err)
	}
	return command.ProcessState.ExitCode(), out.String()
}

func contentOf(g Gomega, path string) string {
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	return string(data)
}

// usedOutput is an output of the script that the rest of the action counts on.
var usedOutput = regexp.MustCompile(`\bsteps\.judge\.outputs\.([a-z-]+)`)

func TestTheActionJudgesAConformantServer(t *testing.T) {
	g := NewWithT(t)
	_, web, _ := reference(t, fake.Options{}, asItIs)
	got := runAction(t, map[string]string{
		"target": web.URL, "username": testUser, "password": testPassword,
		"args": "--label-filter=rest && MUST\n\n--claim=rest\n",
	})
	g.Expect(got.code).To(BeZero(), got.log)
	g.Expect(got.outputs).To(HaveKeyWithValue("exit-code", "0"))
	g.Expect(got.log).To(And(ContainSubstring("\n::notice"), Not(ContainSubstring("\n::error")),
		Not(ContainSubstring(testPassword))))
	g.Expect(got.summary).To(And(HavePrefix("what was there before\n"), ContainSubstring("conformant, partial")))
	folder := got.outputs["reports"]
	g.Expect(saved(g, filepath.Join(folder, "run.json")).Verdict).To(Equal(report.Conformant))
	for _, name := range []string{"junit.xml", "report.html", "report.sarif"} {
		g.Expect(contentOf(g, filepath.Join(folder, name))).NotTo(BeEmpty(), name)
	}
	for _, used := range usedOutput.FindAllStringSubmatch(projectFile(t, "action.yml"), -1) {
		g.Expect(got.outputs).To(HaveKey(used[1]))
	}
}

func TestTheActionFailsAsTheRunDoes(t *testing.T) {
	_, web, _ := reference(t, fake.Options{}, acceptsNoSpec)
	waiver := written(t, "waivers.yaml", "waivers:\n  - {behaviour: download_session.create.missing_spec, reason: known, owner: us, expires: 2999-01-01}\n")
	for _, test := range []struct {
		name    string
		inputs  map[string]string
		code    int
		log     string
		reports int
	}{
		{"not conformant", map[string]string{"target": web.URL}, 1, "\n::error", 5},
		{"waived", map[string]string{"target": web.URL, "waivers": waiver}, 0, "conformant with 1 waiver", 5},
		{"no target", map[string]string{"target": ""}, exitUsage, "--target is empty", 0},
		{"no such flag", map[string]string{"target": web.URL, "args": "--nope"}, exitUsage, "unknown flag: --nope", 0},
		{"no such server", map[string]string{"target": "http://127.0.0.1:1"}, report.Unusable.ExitCode(), "127.0.0.1:1", 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			inputs := map[string]string{"binary": binary(t), "username": testUser, "password": testPassword}
			inputs["args"] = "--strict\n--focus=download_session.create.missing_spec\n" + test.inputs["args"]
			delete(test.inputs, "args")
			for name, value := range test.inputs {
				inputs[name] = value
			}
			got := runAction(t, inputs)
			g.Expect(got.code).To(Equal(test.code), got.log)
			g.Expect(got.outputs).To(HaveKeyWithValue("exit-code", strconv.Itoa(test.code)))
			g.Expect(got.log).To(ContainSubstring(test.log))
			reports, err := os.ReadDir(got.outputs["reports"])
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(reports).To(HaveLen(test.reports))
		})
	}
}

// Whatever stands in an input is one argument, not a piece of the script.
func TestTheActionRunsNothingThatStandsInAnInput(t *testing.T) {
	for _, name := range []string{"target", "username", "password", "waivers", "args"} {
		for _, hostile := range []string{"$(touch run)", "`touch run`", `"; touch run; "`, "'; touch run; '", "x\ntouch run\n",
			"* $HOME", "a[$(touch run)]"} {
			g := NewWithT(t)
			inputs := map[string]string{"binary": binary(t), "target": "http://127.0.0.1:1",
				"username": testUser, "password": testPassword}
			inputs[name] = hostile
			got := runAction(t, inputs)
			g.Expect(got.code).To(BeElementOf(exitUsage, report.Unusable.ExitCode()), got.log)
			files, err := os.ReadDir(got.workspace)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(files).To(BeEmpty(), "%s: %q", name, hostile)
		}
	}
}
