package wire

import (
	"context"
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

func TestATargetThatIsOftenLateNowAndThenIsGivenUp(t *testing.T) {
	g := NewWithT(t)
	late := Exchange{Err: context.DeadlineExceeded}
	for _, one := range []struct {
		answers int
		gaveUp  string
	}{
		{6, "5 requests got no complete answer in time, though others like them did"},
		{2 * lateShare, ""},
	} {
		p := NewPatience(1)
		for range lateRounds {
			p.Note("get", late)
			for range one.answers {
				p.Note("get", Exchange{Status: 200})
			}
		}
		g.Expect(p.GaveUp()).To(Equal(one.gaveUp), "%d answers for one that is late", one.answers)
	}
}
