package fleet

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
)

func judged() []Judged {
	right := &report.Run{Verdict: report.Conformant, Target: report.Target{Release: "8.0"}, Results: []report.Result{
		{Binding: "api", Outcome: report.Passed}, {Binding: "api", Outcome: report.Skipped}}}
	left := &report.Run{Verdict: report.Conformant, ExitCode: new(report.LeftSomething), Target: report.Target{Release: "auto"}}
	away := &report.Run{Verdict: report.Unusable, Target: report.Target{Release: "auto"}, Summary: "the connection was refused | *now*"}
	return []Judged{{"right", right}, {"wrong", reporttest.Run()}, {"left", left}, {"away", away}}
}

func TestSummaries(t *testing.T) {
	for name, write := range map[string]func(*strings.Builder) error{
		"summary.txt": func(out *strings.Builder) error { return WriteText(out, judged()) },
		"summary.md":  func(out *strings.Builder) error { return WriteMarkdown(out, judged()) },
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			NewWithT(t).Expect(write(&out)).To(Succeed())
			goldie.New(t).Assert(t, name, []byte(out.String()))
		})
	}
}

func TestTheWorstOfAFleetDecides(t *testing.T) {
	g := NewWithT(t)
	all := judged()
	g.Expect(ExitCode(all)).To(Equal(1))
	g.Expect(ExitCode(all[2:])).To(Equal(3))
	g.Expect(ExitCode(all[:1])).To(Equal(0))
	g.Expect(ExitCode([]Judged{all[0], all[2]})).To(Equal(5))
	g.Expect(ExitCode(append(all, Judged{"x", &report.Run{Verdict: report.Faulty}}))).To(Equal(4))
}

// clocked is a board on which the given time goes by before each look at the clock.
func clocked(live bool, step time.Duration) (*Board, *strings.Builder) {
	out, now := &strings.Builder{}, time.Unix(0, 0)
	board := NewBoard(out, live, 40)
	board.now = func() time.Time {
		now = now.Add(step)
		return now
	}
	return board, out
}

func TestALiveBoardRedrawsALineForEachTarget(t *testing.T) {
	g := NewWithT(t)
	board, out := clocked(true, redraw)
	a, b := board.Judge("a", "http://a"), board.Judge("b", "http://b")
	a.Start(10)
	a.Done(report.Result{Outcome: report.Failed})
	b.Phase("logging in \x1b[2J")
	g.Expect(out.String()).To(HaveSuffix("\x1b[2F\x1b[Ja: 1 of 10 done, 1 failed\nb: logging in \\x1b[2J\n"))
	a.End("not conformant")
	g.Expect(out.String()).To(HaveSuffix("\x1b[2F\x1b[Ja: not conformant\nb: logging in \\x1b[2J\n"))
	b.End("conformant")
	g.Expect(out.String()).To(HaveSuffix("\x1b[1F\x1b[Jb: conformant\n"))
}

func TestALogHasALineNowAndThen(t *testing.T) {
	g := NewWithT(t)
	board, out := clocked(false, heartbeat/4)
	line := board.Judge("a", "http://a")
	line.Start(10)
	for range 4 {
		line.Done(report.Result{Outcome: report.Passed})
	}
	line.End("conformant")
	g.Expect(out.String()).To(Equal("a: judging http://a\na: 1 of 10 done, 0 failed\na: 3 of 10 done, 0 failed\na: conformant\n"))
}
