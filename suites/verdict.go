package suites

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/engine"
)

// exitCode is that of the verdict, but for a wrong usage: where the user chose
// behaviours of which none is there, or none is left to judge.
func exitCode(run *report.Run) int {
	nothing := run.Verdict == report.Unusable && len(run.Results)+len(run.Leftovers) == 0
	undecided := run.Verdict == report.Unusable || run.Verdict == report.NotConformant && len(run.Results) == 0
	served := slices.ContainsFunc(run.Bindings, func(b report.Binding) bool { return b.Served })
	switch {
	case deviatesInReplay(run) > 0:
		return report.NotConformant.ExitCode()
	case run.Options.Exploring:
		// There were no behaviours to choose from.
	case nothing && served, !nothing && undecided && run.Counts.Skipped == run.Counts.Total:
		return report.WrongUsage
	}
	if run.Verdict == report.Conformant && len(run.Leftovers) > 0 {
		return report.LeftSomething
	}
	return run.Verdict.ExitCode()
}

func judge(run *report.Run, end ending) {
	run.Counts = report.Count(run.Results)
	c := run.Counts
	broken, narrowed := breaksInNumbers(run), narrowing(run.Options)
	run.Partial = end.stopped || c.Skipped+c.Waived+c.NotRun+c.Blocked > 0 || len(narrowed) > 0
	var useless unusable
	switch err := end.err; {
	case end.stopped && end.by != "" && broken != "":
		run.Verdict, run.Summary = report.NotConformant, fmt.Sprintf("not conformant: %s, %d not run: %s", broken, c.NotRun, end.by)
	case end.stopped && end.by != "":
		run.Verdict, run.Summary = report.Interrupted, fmt.Sprintf("the run is not complete, %s: %s", end.by, remainder(run))
	case end.stopped:
		run.Verdict, run.Summary = report.Interrupted, "interrupted: "+remainder(run)
	case errors.As(err, &useless):
		run.Verdict, run.Summary = report.Unusable, "the target cannot be judged: "+useless.Error()
	case errors.Is(err, engine.ErrNothingMatches):
		run.Verdict, run.Summary = report.Unusable,
			"nothing was run: the filter matches no behaviour in the bindings that the target serves"
	case err != nil:
		run.Verdict, run.Summary = report.Faulty, "the suite failed: "+err.Error()
	case c.Fault > 0:
		run.Verdict, run.Summary = report.Faulty,
			fmt.Sprintf("the suite itself failed in %d of %d behaviours; this says nothing about the target", c.Fault, c.Total)
	case end.silent:
		run.Verdict, run.Summary = report.Unusable, "the target cannot be judged: it answered no request"
	case broken != "":
		run.Verdict, run.Summary = report.NotConformant, "not conformant: "+broken
	case run.Options.Exploring && !judgesSomething(run):
		run.Verdict, run.Summary = report.Unusable, "nothing was judged: "+whyNothing(run)
	case run.Options.Exploring:
		run.Verdict, run.Summary = report.Conformant, conformant(run, narrowed)
	case c.Skipped+c.Blocked+c.NotRun+c.Waived == c.Total && !isShard(run.Options):
		run.Verdict, run.Summary = report.Unusable, "nothing was judged: "+strings.Join(gapsInNumbers(c), ", ")
	default:
		run.Verdict, run.Summary = report.Conformant, conformant(run, narrowed)
	}
}

// remainder says what a run that was stopped did not come to.
func remainder(run *report.Run) string {
	if run.Options.Exploring {
		return "behind " + extent(run)
	}
	return fmt.Sprintf("%d of %d behaviours were not run", run.Counts.NotRun, run.Counts.Total)
}

// narrowing says what else left behaviours out of the run.
func narrowing(options report.Options) (words []string) {
	if options.LabelFilter != "" || len(options.Focus) > 0 || options.Chosen {
		words = append(words, "filtered")
	}
	if options.Exploring {
		words = append(words, "no behaviours, histories and races alone")
	}
	if options.ReadOnly {
		words = append(words, "read-only")
	}
	if isShard(options) {
		words = append(words, "shard "+strings.Replace(options.Shard, "/", " of ", 1))
	}
	return words
}

// breaksInNumbers says in numbers what keeps the target from conforming.
func breaksInNumbers(run *report.Run) string {
	counts := map[report.Outcome]int{}
	for _, result := range run.Results {
		if result.Breaks(run.Options.Strict) {
			counts[result.Outcome]++
		}
	}
	var parts []string
	for _, part := range []struct {
		outcome report.Outcome
		words   string
	}{{report.Failed, "failed"}, {report.TimedOut, "timed out"}, {report.Blocked, "could not be judged"}} {
		if n := counts[part.outcome]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, part.words))
		}
	}
	for _, binding := range run.Bindings {
		if binding.Claimed && !binding.Served {
			parts = append(parts, binding.Name+" is claimed but not served")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	if run.Options.Exploring {
		return "in " + extent(run) + ", " + strings.Join(parts, ", ")
	}
	return fmt.Sprintf("of %s %s", count(run.Counts.Total, "behaviour"), strings.Join(parts, ", "))
}

// conformant says what was and what was not judged: whoever reads only this
// line must not take a part for the whole.
func conformant(run *report.Run, narrowed []string) string {
	c := run.Counts
	summary := "conformant"
	if n := countNeeded(run.Waivers); n > 0 {
		summary += " with " + count(n, "waiver")
	}
	if n := len(run.Leftovers); n > 0 {
		summary += fmt.Sprintf(", but %s left on the target (delete with conformance sweep --older-than 0s)", count(n, "thing"))
	}
	left := append(gapsInNumbers(c), narrowed...)
	if len(left) > 0 {
		summary += ", partial (" + strings.Join(left, ", ") + ")"
	}
	if run.Options.Exploring {
		summary += ": " + extent(run)
	} else {
		summary += fmt.Sprintf(": %s passed", count(c.Passed, "behaviour"))
	}
	if c.Warned > 0 {
		summary += fmt.Sprintf(", %d warned", c.Warned)
	}
	if c.Observed > 0 {
		summary += fmt.Sprintf(", %d observed", c.Observed)
	}
	return summary
}

// gapsInNumbers says in numbers what has no outcome that could decide.
func gapsInNumbers(c report.Counts) []string {
	var parts []string
	for _, part := range []struct {
		n     int
		words string
	}{{c.Skipped, "skipped"}, {c.Blocked, "blocked"}, {c.Waived, "waived"}, {c.NotRun, "not run"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.words))
		}
	}
	return parts
}

// countNeeded counts the waivers that excused something.
func countNeeded(waivers []report.Waiver) (n int) {
	for _, waiver := range waivers {
		if waiver.Waived > 0 {
			n++
		}
	}
	return n
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// neverAnswered says whether requests were made and none was answered.
func neverAnswered(results []report.Result) bool {
	asked := false
	for _, result := range results {
		if result.Outcome == report.Passed {
			return false // also where its exchanges are not kept
		}
		for _, exchange := range result.Exchanges {
			if exchange.Status != 0 {
				return false
			}
			asked = true
		}
	}
	return asked
}
