// See simulator_test.go.

//go:build !race

package suites_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
)

// trackRecord is a table of the simulator's faults, each with what finds it.
func trackRecord() string {
	foundBy := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(simulatorFaults)) {
		if one := simulatorFaults[id]; one.outcome == report.Failed || one.outcome == report.Warned {
			foundBy[one.why] = append(foundBy[one.why], fmt.Sprintf("`%s`", id))
		}
	}
	var table strings.Builder
	table.WriteString("| fault | found by |\n|---|---|\n")
	for _, fault := range slices.Sorted(maps.Keys(foundBy)) {
		fmt.Fprintf(&table, "| %s | %s |\n", fault, strings.Join(foundBy[fault], ", "))
	}
	return table.String()
}

func TestTheTrackRecordIsWhatTheSimulatorShows(t *testing.T) {
	g := NewWithT(t)
	text, err := os.ReadFile(filepath.Join(root, "docs", "detection.md"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(ContainSubstring("\n"+trackRecord()+"\n"), "write the table into docs/detection.md")
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	g.Expect(err).NotTo(HaveOccurred())
	_, version, _ := strings.Cut(string(module), "github.com/vmware/govmomi v")
	version, _, _ = strings.Cut(version, "\n")
	g.Expect(string(text)).To(ContainSubstring("[govmomi](https://github.com/vmware/govmomi) " + strings.Fields(version)[0] + ","))
}
