package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spdx/tools-golang/json"
)

// project is the folder of the project.
const project = "../.."

// cloned is the project's work tree as a repository of its own, since a release
// is built from a commit; the same content gives the same commit.
func cloned(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	script := exec.CommandContext(t.Context(), "bash", "-euc", `
project=$PWD
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' name; do
	if [ -f "$name" ]; then install -D "$name" "$1/$name"; fi
done
cd "$1"
git init --quiet --initial-branch main
git add .
git -c user.name=tester -c user.email=tester@vc.example -c commit.gpgsign=false commit --quiet --message release`, "bash", folder)
	script.Dir = project
	script.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2026-03-04T05:06:07Z", "GIT_COMMITTER_DATE=2026-03-04T05:06:07Z")
	out, err := script.CombinedOutput()
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), string(out))
	return folder
}

// contentOf are the files of a release by their names.
func contentOf(g Gomega, folder string) map[string][]byte {
	entries, err := os.ReadDir(folder)
	g.Expect(err).NotTo(HaveOccurred())
	files := map[string][]byte{}
	for _, entry := range entries {
		files[entry.Name()], err = os.ReadFile(filepath.Join(folder, entry.Name()))
		g.Expect(err).NotTo(HaveOccurred())
	}
	return files
}

// unpacked are the files of an archive by their names, without the folder.
func unpacked(g Gomega, name string, data []byte) map[string][]byte {
	files := map[string][]byte{}
	folder := strings.TrimSuffix(strings.TrimSuffix(name, ".tar.gz"), ".zip") + "/"
	keep := func(name string, from io.Reader) {
		g.Expect(name).To(HavePrefix(folder))
		content, err := io.ReadAll(from)
		g.Expect(err).NotTo(HaveOccurred())
		files[strings.TrimPrefix(name, folder)] = content
	}
	if strings.HasSuffix(name, ".zip") {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		g.Expect(err).NotTo(HaveOccurred())
		for _, one := range archive.File {
			from, err := one.Open()
			g.Expect(err).NotTo(HaveOccurred())
			keep(one.Name, from)
		}
		return files
	}
	plain, err := gzip.NewReader(bytes.NewReader(data))
	g.Expect(err).NotTo(HaveOccurred())
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		g.Expect(err).NotTo(HaveOccurred())
		keep(header.Name, archive)
	}
}

// Two people who build the same commit in different places get the same bytes.
func TestAReleaseIsReproducible(t *testing.T) {
	g := NewWithT(t)
	var releases []map[string][]byte
	for range 2 {
		output := t.TempDir()
		g.Expect(run([]string{cloned(t), "v1.2.3", output, "linux/amd64", "windows/amd64"})).To(Succeed())
		releases = append(releases, contentOf(g, output))
	}
	g.Expect(releases[0]).To(HaveLen(3))
	for name, data := range releases[0] {
		g.Expect(sha256.Sum256(releases[1][name])).To(Equal(sha256.Sum256(data)), name)
	}
	tellsAll(t, releases[0])
}

// tellsAll looks at what a release holds.
func tellsAll(t *testing.T, release map[string][]byte) {
	g := NewWithT(t)
	for _, name := range []string{"conformance_v1.2.3_linux_amd64.tar.gz", "conformance_v1.2.3_windows_amd64.zip"} {
		g.Expect(string(release["SHA256SUMS"])).To(ContainSubstring(fmt.Sprintf("%x  %s\n", sha256.Sum256(release[name]), name)))
		files := unpacked(g, name, release[name])
		for _, part := range []string{
			"README.md", "completion/conformance.bash", "completion/_conformance", "completion/conformance.fish",
			"completion/conformance.ps1",
			"man/man1/conformance.1", "man/man1/conformance-run.1",
		} {
			g.Expect(files).To(HaveKeyWithValue(part, Not(BeEmpty())), name)
		}
		g.Expect(string(files["man/man1/conformance.1"])).To(ContainSubstring(`"Mar 2026" "conformance v1.2.3"`))
		document, err := json.Read(bytes.NewReader(files["conformance.spdx.json"]))
		g.Expect(err).NotTo(HaveOccurred())
		var modules []string
		for _, one := range document.Packages {
			modules = append(modules, one.PackageName+" "+one.PackageVersion)
		}
		g.Expect(modules).To(ContainElements("conformance v1.2.3", "std "+runtime.Version(), HavePrefix("github.com/spf13/cobra v1.")))
		g.Expect(document.Relationships).To(HaveLen(len(modules)))
	}
	runs(t, unpacked(g, "conformance_v1.2.3_linux_amd64.tar.gz", release["conformance_v1.2.3_linux_amd64.tar.gz"])["conformance"])
}

// runs starts the binary, which is static and knows what it was built from.
func runs(t *testing.T, program []byte) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "conformance")
	g.Expect(os.WriteFile(path, program, 0o755)).To(Succeed())
	parsed, err := elf.Open(path)
	g.Expect(err).NotTo(HaveOccurred())
	defer parsed.Close()
	g.Expect(parsed.ImportedLibraries()).To(BeEmpty())
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the binary is for another machine")
	}
	out, err := exec.CommandContext(t.Context(), path, "version").Output()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(out)).To(MatchRegexp(`^conformance v1\.2\.3\ncommit   [0-9a-f]{40}\n`))
}

func TestWhatCannotBeReleasedIsRefused(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	g.Expect(run([]string{project, "1.2", folder})).To(MatchError(ContainSubstring("want one such as v1.2.3")))
	g.Expect(run([]string{project, "v1.2.3", folder, "plan9/mips"})).To(MatchError(ContainSubstring("is no platform")))
	changed := cloned(t)
	g.Expect(os.WriteFile(filepath.Join(changed, "README.md"), []byte("changed"), 0o600)).To(Succeed())
	g.Expect(run([]string{changed, "v1.2.3", folder})).To(MatchError(ContainSubstring("commit first")))
}
