// Command release builds the archives of a release: for each platform the
// static binary, its manual, its completion and what it is made of.
//
// The archives depend on the commit and the version alone, so that anybody can
// build them again and compare.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "release: %s\n", err)
		os.Exit(1)
	}
}

// versions are those that the Go toolchain and package registries understand.
var versions = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// run takes the project's folder, the version, the folder to write to, and the
// platforms; without platforms it builds for all.
func run(arguments []string) error {
	if len(arguments) < 3 {
		return errors.New("want PROJECT VERSION OUTPUT [GOOS/GOARCH...]")
	}
	project, version, output := arguments[0], arguments[1], arguments[2]
	if !versions.MatchString(version) {
		return fmt.Errorf("VERSION is %q; want one such as v1.2.3", version)
	}
	chosen, err := platformsOf(arguments[3:])
	if err != nil {
		return err
	}
	made, err := newRelease(project, version)
	if err != nil {
		return err
	}
	if output, err = filepath.Abs(output); err != nil {
		return err
	}
	if err := os.MkdirAll(output, 0o755); err != nil {
		return err
	}
	return made.write(output, chosen)
}

// platform is one that a binary is built for.
type platform struct{ os, arch string }

func (p platform) String() string { return p.os + "/" + p.arch }

// platforms are those that vendors' pipelines run on.
var platforms = []platform{
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

func platformsOf(names []string) ([]platform, error) {
	if len(names) == 0 {
		return platforms, nil
	}
	var chosen []platform
	for _, name := range names {
		system, arch, _ := strings.Cut(name, "/")
		one := platform{system, arch}
		if !slices.Contains(platforms, one) {
			return nil, fmt.Errorf("%q is no platform; choose among %v", name, platforms)
		}
		chosen = append(chosen, one)
	}
	return chosen, nil
}
