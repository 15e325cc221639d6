package lint

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestWords(t *testing.T) {
	g := NewWithT(t)
	// want: BeTrue: it cannot say what was wrong: match the value itself
	g.Expect(1 < 2).To(BeTrue())
	// want: BeFalse: it cannot say what was wrong: match the value itself
	g.Expect(2 < 1).To(BeFalse(), "said by hand")
	// want: Equal(true): it cannot say what was wrong: match the value itself
	g.Expect(1 < 2).To(Equal(true))
	// want: Equal(false): it cannot say what was wrong: match the value itself
	g.Expect(2 < 1).NotTo(And(Not(Equal(false))))
	// want: time.Sleep: poll for what is awaited, within a budget that has a name
	time.Sleep(time.Second)
	// want: time.After: wait with Poll or WaitFor, which end with the run
	<-time.After(time.Second)
	// want: time.NewTimer: wait with Poll or WaitFor, which end with the run
	timer := time.NewTimer(time.Second)
	defer timer.Stop()

	g.Expect([]bool{true}).To(HaveEach(HaveField("Odd", true)))
	time.Duration(1).Seconds()
}
