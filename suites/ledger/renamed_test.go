package ledger

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestAnIDThatWasGivenUpLeadsToOneThatThereIs(t *testing.T) {
	g := NewWithT(t)
	book, err := Load()
	g.Expect(err).NotTo(HaveOccurred())
	for was, now := range renamed {
		g.Expect(book.byID).NotTo(HaveKey(was), "it is used again")
		g.Expect(book.byID).To(HaveKey(now))
		g.Expect(Current(was)).To(Equal(now))
	}
	g.Expect(Current("download_session.cancel.ok")).To(Equal("download_session.cancel.ok"))
}
