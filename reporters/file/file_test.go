package file

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func names(g *WithT, folder string) []string {
	entries, err := os.ReadDir(folder)
	g.Expect(err).NotTo(HaveOccurred())
	var found []string
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}

func TestWriteReplacesTheFileAndLeavesNothingElse(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "run.json")

	for _, content := range []string{"first", "second"} {
		g.Expect(Write(path, text(content))).To(Succeed())
		g.Expect(os.ReadFile(path)).To(BeEquivalentTo(content))
	}

	info, err := os.Stat(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o644)))
	g.Expect(names(g, folder)).To(ConsistOf("run.json"))
}

func TestWriteKeepsTheOldFileWhenTheReportFails(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "run.json")
	g.Expect(Write(path, text("old"))).To(Succeed())

	err := Write(path, func(w io.Writer) error {
		return errors.Join(text("half")(w), errors.New("no more"))
	})

	g.Expect(err).To(MatchError(ContainSubstring("write the report to " + path + ": no more")))
	g.Expect(os.ReadFile(path)).To(BeEquivalentTo("old"))
	g.Expect(names(g, folder)).To(ConsistOf("run.json"))
}

func TestWriteReplacesWhatALinkNames(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	g.Expect(Write(target, text("old"))).To(Succeed())
	g.Expect(os.Symlink("target", link)).To(Succeed())

	g.Expect(Write(link, text("new"))).To(Succeed())

	g.Expect(os.ReadFile(target)).To(BeEquivalentTo("new"))
	g.Expect(os.Readlink(link)).To(Equal("target"))
}

func TestCheckWritableSaysWhatToDoAndLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	dangling := filepath.Join(folder, "dangling")
	g := NewWithT(t)
	g.Expect(os.WriteFile(plain, []byte("kept"), 0o600)).To(Succeed())
	g.Expect(os.Symlink(filepath.Join(folder, "nowhere"), dangling)).To(Succeed())

	cases := map[string]string{
		"":                                       "the path is empty; name a file",
		folder:                                   "it is a folder; name a file in it",
		folder + "/new/":                         "it is a folder; name a file in it",
		filepath.Join(folder, "gone/run.json"):   `gone" does not exist; create it`,
		filepath.Join(plain, "run.json"):         `plain" is not a folder`,
		dangling:                                 "symbolic link to nothing",
		filepath.Join("/sys/kernel", "run.json"): "name a file in another one",
	}
	for path, want := range cases {
		err := CheckWritable(path)
		g.Expect(err).To(MatchError(And(HavePrefix("cannot write the report to "), ContainSubstring(want))), path)
		g.Expect(err.Error()).NotTo(ContainSubstring("\n"))
		g.Expect(Write(path, text("x"))).To(MatchError(err.Error()))
	}

	g.Expect(CheckWritable(filepath.Join(folder, "run.json"))).To(Succeed())
	g.Expect(CheckWritable(plain)).To(Succeed())
	g.Expect(os.ReadFile(plain)).To(BeEquivalentTo("kept"))
	g.Expect(names(g, folder)).To(ConsistOf("plain", "dangling"))
}

func TestCheckWritableNeedsPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	g := NewWithT(t)
	folder := t.TempDir()
	g.Expect(os.Chmod(folder, 0o500)).To(Succeed())

	g.Expect(CheckWritable(filepath.Join(folder, "run.json"))).
		To(MatchError(ContainSubstring("no permission to create files in the folder")))
}

func TestSpecialFilesAreWrittenDirectly(t *testing.T) {
	g := NewWithT(t)
	g.Expect(CheckWritable("/dev/null")).To(Succeed())
	g.Expect(Write("/dev/null", text("gone"))).To(Succeed())

	info, err := os.Stat("/dev/null")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(info.Mode() & os.ModeDevice).NotTo(BeZero())
}

// TestStdout runs itself with stdout sent to a pipe and to a file, since both
// must keep what the process wrote before.
func TestStdout(t *testing.T) {
	if os.Getenv("WRITE_TO_STDOUT") != "" {
		os.Stdout.WriteString("before\n")
		if err := Write("/dev/stdout", text("report\n")); err != nil {
			t.Fatal(err)
		}
		return
	}
	g := NewWithT(t)
	child := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestStdout$")
		cmd.Env = append(os.Environ(), "WRITE_TO_STDOUT=1")
		return cmd
	}

	piped, err := child().Output()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(piped)).To(HavePrefix("before\nreport\n"))

	path := filepath.Join(t.TempDir(), "out.txt")
	out, err := os.Create(path)
	g.Expect(err).NotTo(HaveOccurred())
	defer out.Close()
	toFile := child()
	toFile.Stdout = out
	g.Expect(toFile.Run()).To(Succeed())
	written, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(written)).To(HavePrefix("before\nreport\n"))
}
