package spec

import (
	"testing"

	"github.com/onsi/gomega"
)

func TestAnUnknownIDHasTheShapeOfAKnownOne(t *testing.T) {
	const uuid = `[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`
	for known, shape := range map[string]string{
		"":                                     "^" + uuid + "$",
		"letters":                              "^" + uuid + "$",
		"0e3b1c5a-7b0c-4d44-9a5f-1d2c3b4a5968": "^" + uuid + "$",
		"0e3b1c5a-7b0c-4d44-9a5f-1d2c3b4a5968:1e3b1c5a-7b0c-4d44-9a5f-1d2c3b4a5968": "^" + uuid + ":" + uuid + "$",
		"17":               "^[1-9]{12}$",
		"obj-103":          "^obj-[1-9]{12}$",
		"Nº 4 ü":           "^Nº [1-9]{12} ü$",
		"1234567890123456": "^[1-9]{16}$",
	} {
		g := gomega.NewWithT(t)
		other := otherID(known)
		g.Expect(other).To(gomega.MatchRegexp(shape), known)
		g.Expect(other).NotTo(gomega.Equal(known))
	}
}
