package suites_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	. "github.com/onsi/gomega"
)

var (
	// whole are the tests of make test that run without the race detector.
	whole    = regexp.MustCompile(`(?m)^whole = (.+)$`)
	notRaced = regexp.MustCompile(`(?m)^//go:build !race$`)
	testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(`)
)

// What the race detector leaves out, make test runs by its name.
func TestMakeRunsWhatTheRaceDetectorLeavesOut(t *testing.T) {
	g := NewWithT(t)
	makefile, err := os.ReadFile("../Makefile")
	g.Expect(err).NotTo(HaveOccurred())
	line := whole.FindSubmatch(makefile)
	g.Expect(line).NotTo(BeNil(), "the line of make test that names them")
	for _, folder := range []string{".", "internal/explore", "../cmd/conformance"} {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		g.Expect(err).NotTo(HaveOccurred())
		for _, file := range files {
			source, err := os.ReadFile(file)
			g.Expect(err).NotTo(HaveOccurred())
			if !notRaced.Match(source) {
				continue
			}
			for _, test := range testFunc.FindAllSubmatch(source, -1) {
				g.Expect(string(test[1])).To(MatchRegexp(string(line[1])), "%s is in no line of make test", file)
			}
		}
	}
}
