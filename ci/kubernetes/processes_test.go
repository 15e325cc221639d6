package kubernetes_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	core "k8s.io/api/core/v1"
)

// hang ends a process that should have ended long ago.
const hang = 5 * time.Minute

// command is the binary of the image, built once.
var command = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "conformance")
	build := exec.Command("go", "build", "-o", path, "./cmd/conformance")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := command(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// served is the address of a reference server, with its password.
func served(t *testing.T) (target string) {
	t.Helper()
	g := NewWithT(t)
	path, err := command()
	g.Expect(err).NotTo(HaveOccurred())
	fake := exec.CommandContext(t.Context(), path, "fake", "--listen", "127.0.0.1:0", "--user", "conformance:change-me")
	out, err := fake.StdoutPipe()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(fake.Start()).To(Succeed())
	t.Cleanup(func() { _ = fake.Process.Kill(); _ = fake.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := regexp.MustCompile(`--target (\S+)`).FindStringSubmatch(lines.Text()); found != nil {
			return found[1]
		}
	}
	t.Fatal("the reference server told no address")
	return ""
}

// few are the behaviours that the processes judge.
const few = "CONFORMANCE_LABEL_FILTER=api && download_session && cancel"

// process is a container of a pod as a process: its arguments and its environment,
// with folders of this machine in the place of its volumes.
func process(ctx context.Context, t *testing.T, container core.Container, env, folders map[string]string) *exec.Cmd {
	t.Helper()
	path, err := command()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, variable := range container.Env {
		if _, own := env[variable.Name]; !own && variable.ValueFrom == nil {
			env[variable.Name] = variable.Value
		}
	}
	var words []string
	for _, word := range container.Args {
		word = expand(word, env)
		for mounted, folder := range folders {
			word = strings.Replace(word, mounted, folder, 1)
		}
		words = append(words, word)
	}
	if len(container.Command) > 0 {
		words = append(container.Command[1:], words...)
		path = container.Command[0]
	}
	made := exec.CommandContext(ctx, path, words...)
	made.Env = append(os.Environ(), few)
	for name, value := range env {
		made.Env = append(made.Env, name+"="+value)
	}
	return made
}

// account is what the secret holds.
func account(target string) map[string]string {
	return map[string]string{
		"CONFORMANCE_TARGET": target, "CONFORMANCE_USERNAME": "conformance", "CONFORMANCE_PASSWORD": "change-me",
	}
}

func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), hang)
	t.Cleanup(cancel)
	return ctx
}

// Each index is a process; some are killed and started again, as the Job does it.
func TestTheShardsOfAJobAreMergedAlsoIfSomeWereKilled(t *testing.T) {
	g := NewWithT(t)
	target, results, job := served(t), t.TempDir(), jobOf(t, "shards.yaml")
	container, folders := job.Spec.Template.Spec.Containers[0], map[string]string{"/results": results}
	shard := func(index int) *exec.Cmd {
		env := account(target)
		env["JOB_COMPLETION_INDEX"] = strconv.Itoa(index)
		return process(bounded(t), t, container, env, folders)
	}
	g.Expect(*job.Spec.Completions).To(BeEquivalentTo(4))
	for index := range int(*job.Spec.Completions) {
		if index%2 == 1 {
			killed := shard(index)
			g.Expect(killed.Start()).To(Succeed())
			g.Expect(killed.Process.Kill()).To(Succeed())
			_ = killed.Wait()
		}
		out, err := shard(index).CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(out))
	}
	merge := func() *exec.Cmd {
		return process(bounded(t), t, jobOf(t, "merge.yaml").Spec.Template.Spec.Containers[0], map[string]string{}, folders)
	}
	out, err := merge().CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	for _, name := range []string{"run.json", "junit.xml", "report.html"} {
		g.Expect(filepath.Join(results, name)).To(BeARegularFile())
	}
	g.Expect(os.Remove(filepath.Join(results, "shard-2.json"))).To(Succeed())
	lost := merge()
	_ = lost.Run()
	g.Expect(lost.ProcessState.ExitCode()).To(Equal(4), "a shard that is lost is never green")
}

func TestTheIndexOfAJobIsATargetOfTheFleet(t *testing.T) {
	g := NewWithT(t)
	target, results, targets := served(t), t.TempDir(), t.TempDir()
	fleet := objects(t, "fleet.yaml")[0].(*core.ConfigMap).Data["targets.yaml"]
	fleet = regexp.MustCompile(`https://\S+`).ReplaceAllString(fleet, target)
	g.Expect(os.WriteFile(filepath.Join(targets, "targets.yaml"), []byte(fleet), 0o600)).To(Succeed())
	folders := map[string]string{"/results": results, "/targets": targets}
	job := jobOf(t, "fleet.yaml")
	for index := range int(*job.Spec.Completions) {
		env := account(target)
		delete(env, "CONFORMANCE_TARGET")
		env["JOB_COMPLETION_INDEX"] = strconv.Itoa(index)
		out, err := process(bounded(t), t, job.Spec.Template.Spec.Containers[0], env, folders).CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(out))
	}
	out, err := process(bounded(t), t, jobOf(t, "site.yaml").Spec.Template.Spec.Containers[0], map[string]string{}, folders).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	g.Expect(os.ReadFile(filepath.Join(results, "site", "index.html"))).To(And(ContainSubstring("vc-8"), ContainSubstring("vc-9")))
}

func TestThePluginTellsSonobuoyItsResults(t *testing.T) {
	g := NewWithT(t)
	read, results := pluginOf(t), t.TempDir()
	g.Expect(read.Config.ResultFormat).To(Equal("junit"))
	g.Expect(read.Spec.VolumeMounts[0]).To(HaveField("Name", "results"), "Sonobuoy adds the volume of that name")
	env := account(served(t))
	env["RESULTS_DIR"] = results
	path, err := command()
	g.Expect(err).NotTo(HaveOccurred())
	env["PATH"] = filepath.Dir(path) + string(os.PathListSeparator) + os.Getenv("PATH")
	out, err := process(bounded(t), t, read.Spec, env, nil).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	done, err := os.ReadFile(filepath.Join(results, "done"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.ReadFile(string(done))).To(ContainSubstring("<testsuite"))
}
