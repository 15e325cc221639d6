package markdown

import (
	"fmt"
	"strings"

	"session-conformance/reporters/cause"
	"session-conformance/reporters/internal/gfm"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// signs stand before words, for those who only glance at a page.
var signs = map[report.Outcome]string{
	report.Passed:   "✅",
	report.Failed:   "❌",
	report.TimedOut: "❌",
	report.Fault:    "💥",
	report.Warned:   "⚠️",
	report.Blocked:  "⛔",
	report.Waived:   "⚠️",
	report.Observed: "➖",
	report.Skipped:  "➖",
	report.NotRun:   "➖",
}

// worst orders the outcomes by how much they matter in a cell.
var worst = []report.Outcome{
	report.Fault, report.Failed, report.TimedOut, report.Blocked, report.Warned, report.Waived,
	report.Passed, report.NotRun, report.Skipped, report.Observed,
}

func headOf(run *report.Run) string {
	var out strings.Builder
	out.WriteString("## " + verdictSign(run) + " " + gfm.Text(run.Summary) + "\n\n")
	out.WriteString(causesOf(run))
	out.WriteString(targetOf(run))
	out.WriteString(countsOf(run.Counts))
	out.WriteString(matrixOf(run.Results))
	return out.String()
}

// manyCauses is how many the summary tells; the page and the saved run have all.
const manyCauses = 25

// causesOf is what to mend, what unblocks most first.
func causesOf(run *report.Run) string {
	causes := cause.Known(run)
	if len(causes) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "**%s**, what unblocks most first:\n\n", results.Counted(len(causes), "cause"))
	for i, one := range causes[:min(manyCauses, len(causes))] {
		fmt.Fprintf(&out, "%d. %s (%s)\n", i+1, gfm.Text(visible.FirstLine(one.Summary, results.LineLimit)), cause.Tally(one))
	}
	if more := len(causes) - manyCauses; more > 0 {
		fmt.Fprintf(&out, "\nand %d more, see the saved run\n", more)
	}
	return out.String() + "\n"
}

func verdictSign(run *report.Run) string {
	switch run.Verdict {
	case report.Conformant:
		return "✅"
	case report.NotConformant:
		return "❌"
	case report.Faulty:
		return "💥"
	}
	return "⛔"
}

func targetOf(run *report.Run) string {
	var out strings.Builder
	target := gfm.Code(run.Target.URL)
	if run.Target.Bundled {
		target = "the bundled reference server"
	}
	fmt.Fprintf(&out, "- target: %s, release %s\n", target, gfm.Text(run.Target.Release))
	fmt.Fprintf(&out, "- suite: %s %s, seed %d, %.1f s\n", gfm.Text(run.Suite.Name), gfm.Text(run.Suite.Version),
		run.Options.Seed, run.DurationMS/1000)
	for _, binding := range run.Bindings {
		fmt.Fprintf(&out, "- %s: %s\n", gfm.Text(binding.Name), servedAs(binding))
	}
	for _, reading := range run.Readings {
		fmt.Fprintf(&out, "- reading: %s\n", gfm.Text(fmt.Sprintf("%s %s, as %s document it", reading.Topic,
			reading.Met, reading.Releases)))
	}
	if left := results.Unjudged(run); left != "" {
		fmt.Fprintf(&out, "- left out: %s\n", gfm.Text(left))
	}
	if said := results.Cost(run.Cost); said != "" {
		fmt.Fprintf(&out, "- cost: %s\n", gfm.Text(strings.TrimSuffix(said+"; "+results.LongestAnswer(run.Cost), "; ")))
	}
	for _, line := range results.Outages(run.Outages) {
		fmt.Fprintf(&out, "- away: %s\n", gfm.Text(visible.FirstLine(line, results.LineLimit)))
	}
	for _, left := range run.Leftovers {
		fmt.Fprintf(&out, "- **left on the target**, delete it by hand: %s: %s\n",
			gfm.Code(strings.Join([]string{left.Kind, left.ID, left.Name}, " ")), gfm.Code(left.Error))
	}
	return out.String() + "\n"
}

func servedAs(binding report.Binding) string {
	reason := gfm.Code(visible.FirstLine(binding.Reason, results.LineLimit))
	switch {
	case binding.Served:
		return "served under " + gfm.Code(binding.Prefix)
	case binding.Claimed:
		return "**claimed, but not served**: " + reason
	}
	return "not served: " + reason
}

func countsOf(counts report.Counts) string {
	names, lines, numbers := "| total |", "| ---: |", fmt.Sprintf("| %d |", counts.Total)
	for _, outcome := range report.Outcomes {
		names += " " + results.Word(outcome) + " |"
		lines += " ---: |"
		numbers += fmt.Sprintf(" %d |", counts.Of(outcome))
	}
	return names + "\n" + lines + "\n" + numbers + "\n\n"
}

func matrixOf(all []report.Result) string {
	matrix := results.ByOperation(all)
	if len(matrix.Rows) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("| operation |")
	for _, binding := range matrix.Columns {
		out.WriteString(" " + gfm.Text(binding) + " |")
	}
	out.WriteString("\n| --- |" + strings.Repeat(" --- |", len(matrix.Columns)) + "\n")
	for _, row := range matrix.Rows {
		out.WriteString("| " + gfm.Text(row.Service+" "+row.Operation) + " |")
		for _, counts := range row.Counts {
			out.WriteString(" " + cellOf(counts) + " |")
		}
		out.WriteString("\n")
	}
	return out.String() + "\n"
}

// cellOf says all, the worst first: "❌ 3 failed, 9 passed".
func cellOf(counts report.Counts) string {
	var parts []string
	sign := ""
	for _, outcome := range worst {
		if n := counts.Of(outcome); n > 0 {
			if sign == "" {
				sign = signs[outcome] + " "
			}
			parts = append(parts, fmt.Sprintf("%d %s", n, results.Word(outcome)))
		}
	}
	return sign + strings.Join(parts, ", ")
}
