// Package module_test builds a vendor's module against the project under a name
// that can be fetched.
package module_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// The project as a vendor publishes it.
var published = module.Version{Path: "git.vc.example/acme/conformance", Version: "v1.2.3"}

// sh runs a script and returns what it prints.
func sh(t *testing.T, folder, script string, variables ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-euc", script)
	command.Dir, command.Env = folder, append(os.Environ(), variables...)
	out, err := command.CombinedOutput()
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(out))
	return strings.TrimSpace(string(out))
}

// renamed is a copy of the project after make module.
func renamed(t *testing.T) string {
	folder := t.TempDir()
	sh(t, "../..", `git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' name; do
	if [ -f "$name" ]; then install -D "$name" "$copy/$name"; fi
done`, "copy="+folder)
	sh(t, folder, "make module MODULE="+published.Path)
	return folder
}

// mostModules is the project itself, and how many others a vendor's go.sum takes
// for it without complaint.
const mostModules = 1 + 20

// proxy is a folder from which the toolchain fetches the project.
func proxy(t *testing.T, project string) string {
	g := NewWithT(t)
	folder := t.TempDir()
	versions := filepath.Join(folder, published.Path, "@v")
	g.Expect(os.MkdirAll(versions, 0o755)).To(Succeed())
	var packed bytes.Buffer
	g.Expect(zip.CreateFromDir(&packed, published, project)).To(Succeed())
	rules, err := os.ReadFile(filepath.Join(project, "go.mod"))
	g.Expect(err).NotTo(HaveOccurred())
	for ending, data := range map[string][]byte{
		".info": fmt.Appendf(nil, `{"Version": %q}`, published.Version), ".mod": rules, ".zip": packed.Bytes(),
	} {
		g.Expect(os.WriteFile(filepath.Join(versions, published.Version+ending), data, 0o600)).To(Succeed())
	}
	return folder
}

// exampleOfReadme is the test that the README shows to vendors.
var exampleOfReadme = regexp.MustCompile("(?s)```go\n(func Test.*?)```")

// vendor is a module whose test is the one of the README.
func vendor(t *testing.T, project string) string {
	g := NewWithT(t)
	readme, err := os.ReadFile(filepath.Join(project, "README.md"))
	g.Expect(err).NotTo(HaveOccurred())
	example := exampleOfReadme.FindSubmatch(readme)
	g.Expect(example).To(HaveLen(2))
	folder := t.TempDir()
	code := strings.ReplaceAll(`package server

import (
	"net/http"
	"testing"

	"PROJECT/fixtures/fake"
	"PROJECT/suites"
	"PROJECT/suites/conformancetest"
)

func newServer(t *testing.T) http.Handler {
	server, err := fake.New(fake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

`, "PROJECT", published.Path) + string(example[1])
	g.Expect(os.WriteFile(filepath.Join(folder, "server_test.go"), []byte(code), 0o600)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module vc.example/server\n\ngo 1.26.0\n"), 0o600)).To(Succeed())
	return folder
}

func TestAVendorsModuleTestsItsServer(t *testing.T) {
	g := NewWithT(t)
	project := renamed(t)
	others := sh(t, project, "go env GOPROXY")
	cache := sh(t, project, "go env GOMODCACHE")
	variables := []string{
		"GOPROXY=file://" + proxy(t, project) + ",file://" + cache + "/cache/download," + others,
		// The cache of the machine must not learn of a module that there is not.
		"GOMODCACHE=" + t.TempDir(), "GOFLAGS=-modcacherw", "GONOSUMDB=" + published.Path, "CGO_ENABLED=0",
	}
	folder := vendor(t, project)
	sh(t, folder, "go get "+published.Path+"/suites/conformancetest@"+published.Version, variables...)
	g.Expect(sh(t, folder, "go test -v -run TestServer ./...", variables...)).To(ContainSubstring("--- PASS: TestServer"))
	modules := strings.Fields(sh(t, folder, "cut -d' ' -f1 go.sum | sort -u"))
	g.Expect(len(modules)).To(BeNumerically("<=", mostModules), "%q", modules)
	// Nothing of the old name is left where it would not be found.
	g.Expect(sh(t, project, `grep -rn '"session-conformance/' --include=*.go . || true`)).To(BeEmpty())
}
