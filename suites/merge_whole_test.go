// This judges a server by a hundred shards; make test runs it without the race
// detector.

//go:build !race

package suites_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
)

func TestTheMergedShardsAreTheWholeRun(t *testing.T) {
	g := NewWithT(t)
	options := divided
	options.Target = withoutCancel(t)
	whole, err := suites.Run(t.Context(), options)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(whole.Counts.Failed).To(BeNumerically(">", 0))
	g.Expect(whole.Counts.Blocked).To(BeNumerically(">", 0))
	g.Expect(whole.Counts.Waived).To(BeNumerically(">", 0))
	want := timeless(g, savedAndRead(t, whole))
	for total := 1; total <= 16; total++ {
		merged, err := suites.Merge(judgeShards(t, options, total))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(timeless(g, merged)).To(Equal(want), "%d shards", total)
	}
}
