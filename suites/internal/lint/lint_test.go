package lint

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"session-conformance/suites/ledger"
)

// Each comment "want ..." in the specs of testdata is the finding in its line,
// and there is no other.
func TestSpecsThatBreakTheRulesAreFound(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Read(os.DirFS("testdata/ledger"))
	g.Expect(err).NotTo(HaveOccurred())
	results := analysistest.Run(t, analysistest.TestData(), Specs(book, []string{"*.excused", "*.ok"}), "specs")
	g.Expect(results[0].Result).To(Equal([]string{"protocol.act.excused"}))
}

func TestWordsThatAreBannedAreFound(t *testing.T) {
	both := &analysis.Analyzer{Name: "both", Doc: "runs both", Run: func(pass *analysis.Pass) (any, error) {
		for _, one := range []*analysis.Analyzer{Words(), Waits()} {
			if _, err := one.Run(pass); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}}
	analysistest.Run(t, analysistest.TestData(), both, "words")
}
