package terminal

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/reporters/report"
)

// still is a progress whose clock the test moves.
func still(live bool) (progress *Progress, out *strings.Builder, pass func(time.Duration)) {
	out = &strings.Builder{}
	clock := time.Unix(0, 0)
	progress = NewProgressWith(out, live, 60, Options{})
	progress.now = func() time.Time { return clock }
	return progress, out, func(d time.Duration) {
		progress.mu.Lock()
		defer progress.mu.Unlock()
		clock = clock.Add(d)
	}
}

func TestALogSaysWhatIsWaitedFor(t *testing.T) {
	defer goleak.VerifyNone(t)
	g := NewWithT(t)
	progress, out, pass := still(false)
	progress.Start(3)
	first := progress.Begins("download_session.keep_alive.extends [rest]")
	second := progress.Begins("update_session.cancel.ok [api]")
	progress.look()
	g.Expect(out.String()).To(BeEmpty(), "nothing has stood still yet")

	pass(heartbeat)
	progress.look()
	progress.look()
	second()
	progress.Done(report.Result{Outcome: report.Passed})
	pass(heartbeat)
	progress.look()
	back := progress.Waits("the target, which stopped answering")
	pass(heartbeat)
	progress.look()
	back()
	first()
	pass(heartbeat)
	progress.look()
	progress.Close()

	g.Expect(out.String()).To(Equal(
		`0 of 3 done, waiting 10s for download_session.keep_alive.extends [rest], and 1 more
1 of 3 done, waiting 20s for download_session.keep_alive.extends [rest]
1 of 3 done, waiting 10s for the target, which stopped answering
`))
}

func TestATerminalSaysWhatIsWaitedForInTheLineOfTheBar(t *testing.T) {
	defer goleak.VerifyNone(t)
	g := NewWithT(t)
	progress, out, pass := still(true)
	progress.Phase("walking")
	back := progress.Waits("the target,\x1b[2J which stopped answering (15s at most)")
	pass(stillness)
	progress.look()
	back()
	progress.look()
	progress.look()
	progress.Close()

	g.Expect(out.String()).To(Equal("walking\n" +
		clearLine + `waiting 2s for the target,\x1b[2J which stopped answerin...` + clearLine))
}

func TestABarComesBackOnceSomethingMoves(t *testing.T) {
	defer goleak.VerifyNone(t)
	g := NewWithT(t)
	progress, out, pass := still(true)
	progress.Start(2)
	over := progress.Begins("update_session.cancel.ok [api]")
	pass(stillness)
	progress.look()
	g.Expect(out.String()).To(HaveSuffix(clearLine + "0 of 2 done, waiting 2s for update_session.cancel.ok [ap..."))
	over()
	progress.Done(report.Result{Outcome: report.Failed, ID: "update_session.cancel.ok", Binding: "api", Message: "wrong"})
	g.Expect(out.String()).To(ContainSubstring(clearLine + "FAIL update_session.cancel.ok [api] wrong\n"))
	progress.Close()
	g.Expect(out.String()).To(HaveSuffix(clearLine))
}
