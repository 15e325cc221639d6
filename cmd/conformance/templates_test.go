package main

import (
	"debug/elf"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v3"

	"session-conformance/fixtures/fake"
)

// suiteRepository is the project as a repository that can be cloned.
func suiteRepository(t *testing.T) string {
	t.Helper()
	g := NewWithT(t)
	folder := t.TempDir()
	for _, name := range []string{"cmd", "fixtures", "reporters", "suites"} {
		g.Expect(os.CopyFS(filepath.Join(folder, name), os.DirFS(filepath.Join(project, name)))).To(Succeed())
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		g.Expect(os.WriteFile(filepath.Join(folder, name), []byte(projectFile(t, name)), 0o600)).To(Succeed())
	}
	code, log := bash(t, folder, nil, `
git init --quiet --initial-branch main
git add .
git -c user.name=tester -c user.email=tester@vc.example -c commit.gpgsign=false commit --quiet --message suite`)
	g.Expect(code).To(BeZero(), log)
	return "file://" + folder
}

// judging are the variables of a pipeline that judges a server.
func judging(target string) []string {
	return []string{
		"CONFORMANCE_TARGET=" + target, "CONFORMANCE_USERNAME=" + testUser, "CONFORMANCE_PASSWORD=" + testPassword,
		"CONFORMANCE_LABEL_FILTER=rest && MUST",
	}
}

// leaves says that a pipeline left these files and kept the password for itself.
func leaves(g Gomega, folder, log string, files ...string) {
	g.Expect(log).To(MatchRegexp(`\nconformant, partial`))
	g.Expect(log).NotTo(ContainSubstring(testPassword))
	for _, name := range files {
		g.Expect(contentOf(g, filepath.Join(folder, name))).To(ContainSubstring("download_session"), name)
	}
}

// gitlabJob is what ci/gitlab.yml holds.
type gitlabJob struct {
	BeforeScript []string `yaml:"before_script"`
	Script       []string
	Artifacts    struct {
		Paths   []string
		Reports struct{ JUnit string }
	}
}

// archived is the binary in an archive as releases have it, and its checksum.
func archived(t *testing.T) (path, sum string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "conformance_v1.2.3_linux_amd64.tar.gz")
	_, log := bash(t, filepath.Dir(binary(t)), nil,
		"tar -czf '"+path+"' --transform 's,^,conformance_v1.2.3_linux_amd64/,' conformance; sha256sum '"+path+"'")
	sum, _, _ = strings.Cut(strings.TrimSpace(log), " ")
	return path, sum
}

func TestTheTemplateForGitLabJudgesAServer(t *testing.T) {
	g := NewWithT(t)
	var pipeline struct{ Conformance gitlabJob }
	g.Expect(yaml.Unmarshal([]byte(projectFile(t, "ci/gitlab.yml")), &pipeline)).To(Succeed())
	gate := pipeline.Conformance
	prepare, judge := strings.Join(gate.BeforeScript, "\n")+"\n", strings.Join(gate.Script, "\n")
	_, web, _ := reference(t, fake.Options{}, asItIs)
	folder := t.TempDir()
	suite := []string{"SUITE_REPOSITORY=" + suiteRepository(t), "SUITE_REF=main", "CGO_ENABLED=0"}
	code, log := bash(t, folder, append(suite, judging(web.URL)...), prepare+judge)
	g.Expect(code).To(BeZero(), log)
	leaves(g, folder, log, append(gate.Artifacts.Paths, gate.Artifacts.Reports.JUnit)...)

	// A released archive is taken instead, unless it is another one.
	archive, sum := archived(t)
	released := append(judging(web.URL), "SUITE_ARCHIVE=file://"+archive, "SUITE_SHA256="+sum)
	code, log = bash(t, t.TempDir(), released, prepare+judge)
	g.Expect(code).To(BeZero(), log)
	code, log = bash(t, t.TempDir(), append(released, "SUITE_SHA256="+strings.Repeat("0", 64)), prepare+judge)
	g.Expect(code).NotTo(BeZero())
	g.Expect(log).NotTo(ContainSubstring("behaviours in"))

	// A variable that nobody set must not lead to the bundled server.
	g.Expect(os.MkdirAll(filepath.Join(folder, "bin"), 0o755)).To(Succeed())
	g.Expect(os.Symlink(binary(t), filepath.Join(folder, "bin/conformance"))).To(Succeed())
	code, log = bash(t, folder, append(judging("")[1:], "suite="+folder), judge)
	g.Expect(code).To(Equal(exitUsage), log)
	g.Expect(log).To(ContainSubstring("--target is empty"))
}

// jenkinsFiles are the files that a Jenkinsfile keeps.
var jenkinsFiles = regexp.MustCompile(`(?:testResults|artifacts): '([^']+)'`)

func TestTheJenkinsfileJudgesAServer(t *testing.T) {
	g := NewWithT(t)
	content := projectFile(t, "ci/Jenkinsfile")
	scripts := jenkinsScripts(g, content)
	g.Expect(scripts).To(HaveLen(strings.Count(content, "sh '")))
	var files []string
	for _, list := range jenkinsFiles.FindAllStringSubmatch(content, -1) {
		files = append(files, strings.Split(list[1], ", ")...)
	}
	g.Expect(files).To(ConsistOf("junit.xml", "run.json", "report.html"))
	_, web, _ := reference(t, fake.Options{}, asItIs)
	folder := t.TempDir()
	checkout := "git clone --quiet --branch main " + suiteRepository(t) + " suite\n"
	code, log := bash(t, folder, append(judging(web.URL), "CGO_ENABLED=0"), checkout+strings.Join(scripts, "\n"))
	g.Expect(code).To(BeZero(), log)
	leaves(g, folder, log, files...)
}

// dockerInstructions are the words and the rest of each instruction.
func dockerInstructions(t *testing.T) (words, rests []string) {
	t.Helper()
	for line := range strings.Lines(projectFile(t, "Dockerfile")) {
		if word, rest, _ := strings.Cut(strings.TrimSpace(line), " "); word != "" && word != "#" {
			words, rests = append(words, word), append(rests, rest)
		}
	}
	return words, rests
}

func TestTheDockerfileIsSmallAndWithoutRoot(t *testing.T) {
	g := NewWithT(t)
	words, rests := dockerInstructions(t)
	last := map[string]string{}
	for i, word := range words {
		g.Expect([]string{"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT"}).To(ContainElement(word))
		last[word] = rests[i]
	}
	g.Expect(rests[0]).To(MatchRegexp(`^golang:\d+\.\d+ AS build$`))
	g.Expect(last).To(And(
		HaveKeyWithValue("FROM", "scratch"),
		HaveKeyWithValue("USER", MatchRegexp(`^[1-9]\d*:[1-9]\d*$`)),
		HaveKeyWithValue("ENTRYPOINT", `["/conformance"]`),
	))
}

// The image holds nothing but the binary, so the test runs it where there is
// nothing else either.
func TestTheImagesBinaryNeedsNothingElse(t *testing.T) {
	g := NewWithT(t)
	root := t.TempDir()
	words, rests := dockerInstructions(t)
	for i, word := range words {
		if word == "RUN" && strings.Contains(rests[i], "go build") {
			code, log := bash(t, project, nil, strings.Replace(rests[i], " /conformance ", " "+filepath.Join(root, "conformance")+" ", 1))
			g.Expect(code).To(BeZero(), log)
		}
	}
	binary, err := elf.Open(filepath.Join(root, "conformance"))
	g.Expect(err).NotTo(HaveOccurred())
	defer binary.Close()
	libraries, err := binary.ImportedLibraries()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(libraries).To(BeEmpty())
	if os.Getuid() != 0 {
		t.Skip("only root may change the root folder")
	}
	g.Expect(os.Chmod(root, 0o755)).To(Succeed())
	var log strings.Builder
	contained := exec.CommandContext(t.Context(), "/conformance", "run", "--label-filter", "rest && MUST")
	contained.Path, contained.Dir, contained.Env = "/conformance", "/", []string{}
	contained.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	contained.Stdout, contained.Stderr = io.Discard, &log
	g.Expect(contained.Run()).To(Succeed(), log.String())
}
