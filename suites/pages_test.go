package suites_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// Whoever has a page of the documents in hand opens three files of its name:
// what it says, what is checked, and the servers that get it wrong. What both
// session services share may stand in the folder sessions instead.
func TestAPageOfTheLedgerIsAPageOfTheSpecsAndOfTheMutants(t *testing.T) {
	g := NewWithT(t)
	pages, err := filepath.Glob(filepath.Join("ledger", "*", "*.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(pages).NotTo(BeEmpty())
	for _, page := range pages {
		folder, name := filepath.Base(filepath.Dir(page)), strings.TrimSuffix(filepath.Base(page), ".yaml")
		if folder == "sessions" {
			continue
		}
		for what, tree := range map[string]string{"specs": ".", "mutants": filepath.Join(root, "fixtures", "mutants")} {
			own, shared := filepath.Join(tree, folder, name+".go"), filepath.Join(tree, "sessions", name+".go")
			g.Expect([]bool{isFile(own), isFile(shared)}).To(ContainElement(true), "%s has no page among the %s: want %s", page, what, own)
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
