// Package words says what no code may say.
package words

import (
	. "stub/matchers"
	"stub/time"
)

func matches(matchers ...any) {}

func wrong() {
	matches(BeTrue())                  // want `BeTrue: it cannot say what was wrong: match the value itself`
	matches(BeFalse(), "said by hand") // want `BeFalse: it cannot say what was wrong: match the value itself`
	matches(Equal(true))               // want `Equal\(true\): it cannot say what was wrong: match the value itself`
	matches(Not(Equal(false)))         // want `Equal\(false\): it cannot say what was wrong: match the value itself`
	time.Sleep(1)                      // want `time.Sleep: poll for what is awaited, within a budget that has a name`
	<-time.After(1)                    // want `time.After: wait with Poll or WaitFor, which end with the run`
	matches(time.NewTimer(1))          // want `time.NewTimer: wait with Poll or WaitFor, which end with the run`

	matches(Equal("true"), []bool{true}, time.Duration(1))
}
