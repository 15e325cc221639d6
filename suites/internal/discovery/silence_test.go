package discovery

import (
	"errors"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/internal/wire"
)

func TestSilenceIsProvenByManyQuestionsAndDisprovenByOne(t *testing.T) {
	g := NewWithT(t)
	var s silence
	for range provenBy - 1 {
		s.note(wire.Exchange{Status: 200, Err: errors.New("broke off")})
	}
	g.Expect(&s).NotTo(Satisfy((*silence).isProven))
	s.note(wire.Exchange{Err: errors.New("broke off")})
	g.Expect(&s).To(Satisfy((*silence).isProven))
	s.note(wire.Exchange{Status: 500})
	g.Expect(&s).NotTo(Satisfy((*silence).isProven))
}
