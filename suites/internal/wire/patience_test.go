package wire

import (
	"errors"
	"testing"

	. "github.com/onsi/gomega"
)

func TestSilenceIsProvenByManyQuestionsAndDisprovenByOne(t *testing.T) {
	g := NewWithT(t)
	p := NewPatience(1)
	for range silentQuestions - 1 {
		p.Note("get", Exchange{Status: 200, Err: errors.New("broke off")})
	}
	g.Expect(p.IsSilent()).To(Succeed())
	p.Note("get", Exchange{Err: errors.New("broke off")})
	g.Expect(p.IsSilent()).To(MatchError(errSilent))
	p.Note("list", Exchange{Status: 500})
	g.Expect(p.IsSilent()).To(Succeed())
}
