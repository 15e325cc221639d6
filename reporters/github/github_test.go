package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/sebdah/goldie/v2"

	"session-conformance/reporters/card"
	"session-conformance/reporters/report"
	"session-conformance/reporters/report/reporttest"
	"session-conformance/reporters/visible"
)

func TestGolden(t *testing.T) {
	got := reporttest.Written(t, Write, reporttest.Run())

	goldie.New(t, goldie.WithNameSuffix(".txt")).Assert(t, "every-outcome", got)
}

func TestOneErrorPerCardAndOneNotice(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	cards, _, _ := card.Cards(run.Results)

	all := read(t, run)

	g.Expect(titles(all, "error")).To(HaveLen(len(cards)))
	g.Expect(titles(all, "error")[0]).To(Equal("download_session.cancel.not_active failed"))
	g.Expect(all[0].text).To(ContainSubstring("MUST in legacy path json xml · action json\n"))
	g.Expect(titles(all, "warning")).To(Equal([]string{
		"blocked by the login of the other user", "download_session.delete.active warns",
	}))
	g.Expect(titles(all, "notice")).To(Equal([]string{"conformance"}))
	g.Expect(all[len(all)-1].text).To(Equal(run.Summary + "\n" +
		"total 18, passed 2, failed 6, warned 1, observed 1, skipped 2, blocked 2, timed_out 1, waived 1, fault 1, not_run 1"))
}

func TestTheWorstIsShownAndTheRestCounted(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	failed, warned := run.Results[2], run.Results[6]
	run.Results = nil
	for i := range 13 {
		failed.ID, warned.ID = fmt.Sprintf("a.b.fails_%02d", i), fmt.Sprintf("a.b.warns_%02d", i)
		run.Results = append(run.Results, failed, warned)
	}
	blocked := failed
	blocked.ID, blocked.Outcome, blocked.BlockedBy = "a.b.blocked", report.Blocked, "a.b.fails_12"
	run.Results = append(run.Results, blocked)

	all := read(t, run)

	g.Expect(titles(all, "error")).To(HaveLen(shown))
	g.Expect(titles(all, "error")[0]).To(Equal("a.b.fails_12 failed"), "it blocks another")
	g.Expect(all[0].text).To(ContainSubstring("\nblocks: a.b.blocked in legacy path json\n"))
	g.Expect(titles(all, "warning")).To(HaveLen(shown))
	g.Expect(all[len(all)-1].text).To(HaveSuffix(
		"\n3 more failures are not shown here; the other reports have them\n3 more warnings are not shown here; the other reports have them"))
}

func TestABoxStaysOnThePage(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	failed, blocked := run.Results[2], run.Results[10]
	run.Results = []report.Result{failed}
	for i := range 100 {
		blocked.ID = fmt.Sprintf("a.b.blocked_%02d", i)
		run.Results = append(run.Results, blocked)
	}

	lines := strings.Split(read(t, run)[0].text, "\n")

	g.Expect(lines).To(HaveLen(maxLines))
	g.Expect(lines[maxLines-3]).To(Equal("blocks: a.b.blocked_12 in legacy path json"))
	g.Expect(lines[maxLines-2]).To(Equal("and 87 more lines"))
	g.Expect(lines[maxLines-1]).To(HavePrefix("rerun: conformance run "))
}

func TestARunThatIsNotConformantIsAlwaysAnError(t *testing.T) {
	for verdict, want := range map[report.Verdict][]string{
		report.Conformant:    nil,
		report.NotConformant: {"conformance"},
		report.Unusable:      {"conformance"},
		report.Faulty:        {"conformance"},
		report.Interrupted:   {"conformance"},
	} {
		g := NewWithT(t)

		all := read(t, &report.Run{Verdict: verdict, Summary: "the summary"})

		g.Expect(titles(all, "error")).To(Equal(want), string(verdict))
		g.Expect(all[0].text).To(HavePrefix("the summary"))
	}
}

func TestOrderDoesNotDependOnTheSeed(t *testing.T) {
	g := NewWithT(t)
	run := reporttest.Run()
	for _, one := range []report.Result{run.Results[6], run.Results[11]} {
		one.ID, one.BlockedBy = "a.b.c", "another login"
		run.Results = append(run.Results, one)
	}
	before := string(reporttest.Written(t, Write, run))

	slices.Reverse(run.Results)

	g.Expect(string(reporttest.Written(t, Write, run))).To(Equal(before))
}

func FuzzAnyTextStaysInItsCommand(f *testing.F) {
	f.Add(reporttest.Hostile, "a,b:c%0A::warning::d")
	f.Add("\r", "a")
	f.Add("\n::stop-commands::x\r::error::y\n", "##[add-mask]z")
	f.Fuzz(func(t *testing.T, message, name string) {
		g := NewWithT(t)
		run := reporttest.Run()
		for i := range run.Results {
			one := &run.Results[i]
			one.ID, one.Message, one.Promise, one.Clause, one.LookAt, one.BlockedBy = name, message, name, message, name, message
		}
		run.Summary = message

		all := read(t, run)

		cards, _, _ := card.Cards(run.Results)
		g.Expect(titles(all, "error")).To(HaveLen(min(len(cards), shown)))
		for _, one := range all[:len(all)-1] {
			g.Expect(one.text).To(ContainSubstring(visible.FirstLine(message, 500)))
		}
		g.Expect(all[len(all)-1].text).To(HavePrefix(visible.Text(message)))
	})
}

type shownBox struct{ kind, title, text string }

var command = regexp.MustCompile(`^::(error|warning|notice) title=([^:,]*)::(.*)$`)

// read takes the commands apart as a runner does: a command is a line, and what
// was escaped becomes itself again, the percent sign last.
func read(t testing.TB, run *report.Run) (all []shownBox) {
	t.Helper()
	g := NewWithT(t)
	text := string(reporttest.Written(t, Write, run))
	g.Expect(text).To(HaveSuffix("\n"))
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		parts := command.FindStringSubmatch(line)
		g.Expect(parts).NotTo(BeNil(), line)
		all = append(all, shownBox{parts[1], unescaped(parts[2]), unescaped(parts[3])})
	}
	return all
}

func unescaped(text string) string {
	for _, sign := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
		text = strings.ReplaceAll(text, sign[0], sign[1])
	}
	return text
}

func titles(all []shownBox, kind string) (found []string) {
	for _, one := range all {
		if one.kind == kind {
			found = append(found, one.title)
		}
	}
	return found
}
