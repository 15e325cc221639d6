package explore

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/model"
)

func TestBytesAreKnownByTheirLength(t *testing.T) {
	g := NewWithT(t)
	for number := 1; number <= mostContents; number++ {
		g.Expect(ofLength(int64(len(contentOf(number))))).To(Satisfy(func(found int) bool { return model.AsLong(found, number) }))
		g.Expect(numberOf(contentOf(number))).To(Equal(number))
	}
	for _, other := range [][]byte{nil, {2}, []byte("other bytes"), contentOf(mostContents + 1)} {
		g.Expect(numberOf(other)).To(Equal(model.Open))
	}
}
