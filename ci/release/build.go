package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// release is what all archives have in common.
type release struct {
	project, version string
	// commit is what it is built from, and made when that was committed.
	commit string
	made   time.Time
}

func newRelease(project, version string) (*release, error) {
	r := &release{project: project, version: version}
	told, err := r.tell(nil, "git", "log", "-1", "--format=%H %ct")
	if err != nil {
		return nil, err
	}
	commit, seconds, _ := strings.Cut(strings.TrimSpace(told), " ")
	since, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("when was %s committed: %w", commit, err)
	}
	changed, err := r.tell(nil, "git", "status", "--porcelain")
	if err != nil {
		return nil, err
	}
	if changed != "" {
		return nil, fmt.Errorf("the work tree differs from %s, which nobody could build again; commit first", commit)
	}
	r.commit, r.made = commit, time.Unix(since, 0).UTC()
	return r, nil
}

// tell runs a program in the project's folder and returns what it prints.
func (r *release) tell(variables []string, program string, arguments ...string) (string, error) {
	command := exec.Command(program, arguments...)
	command.Dir = r.project
	// cobra dates the manual by this variable, which other tools know, too.
	command.Env = append(os.Environ(), append(variables, fmt.Sprint("SOURCE_DATE_EPOCH=", r.made.Unix()))...)
	var problem strings.Builder
	command.Stderr = &problem
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", program, strings.Join(arguments, " "), err, strings.TrimSpace(problem.String()))
	}
	return string(out), nil
}

// write writes the archive of each platform, and the checksums of all.
func (r *release) write(output string, chosen []platform) error {
	work, err := os.MkdirTemp("", "release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	common, err := r.common(work)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, one := range chosen {
		name, data, err := r.archive(work, one, common)
		if err != nil {
			return fmt.Errorf("%s: %w", one, err)
		}
		if err := os.WriteFile(filepath.Join(output, name), data, 0o644); err != nil {
			return err
		}
		line := fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name)
		sums.WriteString(line)
		fmt.Print(line)
	}
	return os.WriteFile(filepath.Join(output, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// archive builds for the platform and packs all that belongs to it.
func (r *release) archive(work string, one platform, common []file) (name string, data []byte, err error) {
	binary, err := r.build(work, one)
	if err != nil {
		return "", nil, err
	}
	program, err := os.ReadFile(binary)
	if err != nil {
		return "", nil, err
	}
	parts, err := r.parts(binary, one)
	if err != nil {
		return "", nil, err
	}
	files := append([]file{{filepath.Base(binary), program, 0o755}, {"conformance.spdx.json", parts, 0o644}}, common...)
	name = fmt.Sprintf("conformance_%s_%s_%s", r.version, one.os, one.arch)
	if one.os == "windows" {
		data, err = zipArchive(name, files, r.made)
		return name + ".zip", data, err
	}
	data, err = tarArchive(name, files, r.made)
	return name + ".tar.gz", data, err
}

// build builds the static binary.
func (r *release) build(work string, one platform) (string, error) {
	binary := filepath.Join(work, one.os+"-"+one.arch, "conformance")
	if one.os == "windows" {
		binary += ".exe"
	}
	_, err := r.tell([]string{"CGO_ENABLED=0", "GOOS=" + one.os, "GOARCH=" + one.arch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0"},
		"go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid= -X main.released="+r.version+" -X main.releasedFrom="+r.commit,
		"-o", binary, "./cmd/conformance")
	return binary, err
}

// common are the files that are the same on each platform: the README, and what
// a binary for this machine writes.
func (r *release) common(work string) ([]file, error) {
	binary, err := r.build(work, platform{runtime.GOOS, runtime.GOARCH})
	if err != nil {
		return nil, err
	}
	readme, err := os.ReadFile(filepath.Join(r.project, "README.md"))
	if err != nil {
		return nil, err
	}
	files := []file{{"README.md", readme, 0o644}}
	for shell, name := range map[string]string{
		"bash": "conformance.bash", "zsh": "_conformance", "fish": "conformance.fish", "powershell": "conformance.ps1",
	} {
		script, err := r.tell(nil, binary, "completion", shell)
		if err != nil {
			return nil, err
		}
		files = append(files, file{"completion/" + name, []byte(script), 0o644})
	}
	manual := filepath.Join(work, "man1")
	if _, err := r.tell(nil, binary, "man", "--output", manual); err != nil {
		return nil, err
	}
	pages, err := os.ReadDir(manual)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join(manual, page.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, file{"man/man1/" + page.Name(), text, 0o644})
	}
	return files, nil
}
