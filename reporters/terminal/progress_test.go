package terminal

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"session-conformance/reporters/report"
)

func TestProgressInAPipe(t *testing.T) {
	g := NewWithT(t)
	var out strings.Builder
	clock := time.Unix(0, 0)
	progress := NewProgress(&out, false)
	progress.now = func() time.Time { return clock }

	progress.Phase("finding out what the target serves")
	progress.Start(4)
	progress.Done(report.Result{Outcome: report.Passed})
	progress.Done(report.Result{
		Outcome: report.Failed, ID: "download_session.cancel.not_active", Binding: "rest",
		Message: "expected 400, got \x1b[2J200\nmore",
	})
	clock = clock.Add(heartbeat)
	progress.Done(report.Result{Outcome: report.Passed})
	progress.Done(report.Result{Outcome: report.TimedOut, ID: "a.b.c", Binding: "legacy", Route: "path",
		Representation: "xml", Message: "no answer"})
	progress.Close()
	progress.Phase("removing what the run made")

	g.Expect(out.String()).To(Equal(`finding out what the target serves
FAIL download_session.cancel.not_active [rest] expected 400, got \x1b[2J200
3 of 4 done, 1 failed, 0/s, 3s left
TIMEOUT a.b.c [legacy path xml] no answer
removing what the run made
`))
}

func TestProgressInAPipeStopsAtTwentyFailures(t *testing.T) {
	g := NewWithT(t)
	var out strings.Builder
	progress := NewProgress(&out, false)
	progress.Start(300)
	for range 300 {
		progress.Done(report.Result{Outcome: report.Failed, ID: "a.b.c", Binding: "api", Message: "wrong"})
	}
	progress.Close()

	g.Expect(strings.Count(out.String(), "FAIL ")).To(Equal(liveFailures))
	g.Expect(out.String()).To(HaveSuffix("further failures are in the report at the end\n"))
}

func TestProgressOnATerminal(t *testing.T) {
	defer goleak.VerifyNone(t)
	g := NewWithT(t)
	var out strings.Builder
	progress := NewProgress(&out, true)

	progress.Phase("logging in")
	progress.Start(40)
	var workers sync.WaitGroup
	for i := range 40 {
		workers.Go(func() {
			outcome := report.Passed
			if i%20 == 0 {
				outcome = report.Failed
			}
			progress.Done(report.Result{Outcome: outcome})
		})
	}
	workers.Wait()
	progress.Close()
	progress.Close()

	text := out.String()
	g.Expect(text).To(HavePrefix("logging in\n"))
	g.Expect(text).To(ContainSubstring("0 failed   0% [....................] (0/40"))
	g.Expect(text).To(MatchRegexp(`2 failed 100% \[={20}\] \(40/40, \d+ behaviours/s\)`))
	g.Expect(text).To(HaveSuffix("\x1b[2K\r"), "the line is gone")
	g.Expect(strings.Count(text, "\n")).To(Equal(3), "one line is redrawn, below the failures")
	g.Expect(strings.Count(text, "FAIL ")).To(Equal(2))
}

func TestALongRunTellsWhenItEnds(t *testing.T) {
	for _, live := range []bool{true, false} {
		g := NewWithT(t)
		var out strings.Builder
		clock := time.Unix(0, 0)
		progress := NewProgress(&out, live)
		progress.now = func() time.Time { return clock }
		progress.Start(1000)
		for range 200 {
			clock = clock.Add(100 * time.Millisecond)
			progress.Done(report.Result{Outcome: report.Passed})
		}
		// The bar is drawn by the clock on the wall; its last state is what counts.
		g.Expect(progress.timeLeft()).To(Equal(", 1m20s left"))
		progress.Close()
		progress.done = 1000
		g.Expect(progress.timeLeft()).To(BeEmpty(), "nothing is left")
		if !live {
			g.Expect(out.String()).To(Equal("100 of 1000 done, 0 failed, 10/s, 1m30s left\n200 of 1000 done, 0 failed, 10/s, 1m20s left\n"))
		} else {
			g.Expect(out.String()).To(ContainSubstring("0 failed"))
		}
	}
}

func TestAQuietProgressShowsNothing(t *testing.T) {
	g := NewWithT(t)
	for _, live := range []bool{true, false} {
		var out strings.Builder
		progress := NewProgressWith(&out, live, 80, Options{Quiet: true})
		progress.Phase("logging in")
		progress.Start(2)
		progress.Done(report.Result{Outcome: report.Failed})
		progress.Close()
		g.Expect(out.String()).To(BeEmpty())
	}
}

func TestProgressWithNothingToDo(t *testing.T) {
	g := NewWithT(t)
	for _, live := range []bool{true, false} {
		var out strings.Builder
		progress := NewProgress(&out, live)
		progress.Done(report.Result{Outcome: report.Passed})
		progress.Start(0)
		progress.Done(report.Result{Outcome: report.Passed})
		progress.Close()
		g.Expect(out.String()).To(BeEmpty())
	}
}

func TestStyleOfAFileThatIsNoTerminal(t *testing.T) {
	g := NewWithT(t)
	file, err := os.Open(os.DevNull)
	g.Expect(err).NotTo(HaveOccurred())
	defer file.Close()

	empty := func(string) string { return "" }

	style := StyleFor(file, empty)

	g.Expect(style).To(Equal(Style{Color: false, Width: 80}))
	g.Expect(file).NotTo(Satisfy(func(file *os.File) bool { return IsLive(file, empty) }))
}
