package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v3"
)

// linter prepares a program that others made; where it is missing the test is
// skipped and says what to install.
func linter(t *testing.T, program, install string, arguments ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is missing: %s", program, install)
	}
	return exec.CommandContext(t.Context(), path, arguments...)
}

// folderWith is a folder with the files, each given by its path and content.
func folderWith(t *testing.T, files map[string]string) string {
	t.Helper()
	g := NewWithT(t)
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		g.Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
		g.Expect(os.WriteFile(path, []byte(content), 0o600)).To(Succeed())
	}
	return folder
}

func TestTheActionFollowsTheSchema(t *testing.T) {
	g := NewWithT(t)
	validator := linter(t, "action-validator", "npm install --global @action-validator/core @action-validator/cli", "action.yml")
	validator.Dir = folderWith(t, map[string]string{"action.yml": projectFile(t, "action.yml")})
	out, err := validator.CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
}

func TestTheTemplateForGitLabFollowsTheSchema(t *testing.T) {
	g := NewWithT(t)
	// It asks git about the folder, but needs no answer.
	validator := linter(t, "gitlab-ci-local", "npm install --global gitlab-ci-local@4.73.0", "--file", "gitlab.yml", "--preview")
	validator.Dir = folderWith(t, map[string]string{"gitlab.yml": projectFile(t, "ci/gitlab.yml"),
		".git/HEAD": "ref: refs/heads/main\n"})
	out, err := validator.CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	g.Expect(string(out)).To(ContainSubstring("json schema validated"))
}

// The workflow that the README shows uses the action as it is, with inputs that
// it has; the steps of the action are linted as those of a job.
func TestTheActionAndItsWorkflowHoldWhatActionlintAsks(t *testing.T) {
	action := readAction(t)
	folder := folderWith(t, map[string]string{
		".git/HEAD": "", "action.yml": projectFile(t, "action.yml"),
		".github/workflows/readme.yml": usingThis(t, workflowOfReadme(t)),
		".github/workflows/steps.yml":  asWorkflow(t, action),
	})
	for _, name := range []string{"readme.yml", "steps.yml"} {
		g := NewWithT(t)
		var out strings.Builder
		// shellcheck joins in where it is installed.
		lint, err := actionlint.NewLinter(&out, &actionlint.LinterOptions{WorkingDir: folder, Shellcheck: "shellcheck"})
		g.Expect(err).NotTo(HaveOccurred())
		problems, err := lint.LintFile(filepath.Join(folder, ".github/workflows", name), nil)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(problems).To(BeEmpty(), out.String())
	}
}

// workflowOfReadme is the one workflow that the README shows.
func workflowOfReadme(t *testing.T) string {
	t.Helper()
	var found []string
	for _, block := range blocks(projectFile(t, "README.md")) {
		if block.language == "yaml" && strings.Contains(block.text, "\njobs:\n") {
			found = append(found, block.text)
		}
	}
	NewWithT(t).Expect(found).To(HaveLen(1))
	return found[0]
}

// usingThis has the workflow use the action beside it.
func usingThis(t *testing.T, workflow string) string {
	t.Helper()
	const mirror = "your-org/conformance@main"
	NewWithT(t).Expect(workflow).To(ContainSubstring("uses: " + mirror))
	return strings.ReplaceAll(workflow, mirror, "./")
}

// asWorkflow is a workflow with the inputs and steps of the action.
func asWorkflow(t *testing.T, action actionFile) string {
	t.Helper()
	inputs := map[string]any{}
	for name := range action.Inputs {
		inputs[name] = map[string]any{"type": "string"}
	}
	var steps []any
	for _, step := range action.Runs.Steps {
		steps = append(steps, step.all)
	}
	text, err := yaml.Marshal(map[string]any{
		"on":   map[string]any{"workflow_call": map[string]any{"inputs": inputs}},
		"jobs": map[string]any{"steps": map[string]any{"runs-on": "ubuntu-latest", "steps": steps}},
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return string(text)
}

// What stands in an input is not run, and the actions of others are what they
// were when they were chosen.
func TestTheActionTrustsNobody(t *testing.T) {
	for _, step := range readAction(t).Runs.Steps {
		g := NewWithT(t)
		g.Expect(step.Run).NotTo(ContainSubstring("${{"))
		if step.Uses != "" {
			g.Expect(step.Uses).To(MatchRegexp(`^actions/[a-z-]+@[0-9a-f]{40}$`))
		}
	}
}

var (
	goOfModule = regexp.MustCompile(`(?m)^go (\d+\.\d+)\.`)
	goOfImage  = regexp.MustCompile(`\bgolang:(\S+?)['\s]`)
)

func TestTheTemplatesBuildWithTheGoOfTheModule(t *testing.T) {
	want := goOfModule.FindStringSubmatch(projectFile(t, "go.mod"))[1]
	for _, name := range []string{"ci/gitlab.yml", "ci/Jenkinsfile", "Dockerfile"} {
		g := NewWithT(t)
		image := goOfImage.FindStringSubmatch(projectFile(t, name))
		g.Expect(image).To(HaveLen(2), name)
		g.Expect(image[1]).To(Equal(want), name)
	}
}
