package fleet

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"session-conformance/reporters/internal/gfm"
	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Judged is a target and the run that judged it.
type Judged struct {
	Name string
	Run  *report.Run
}

// verdicts are the words for the verdicts, the best first.
var verdicts = []struct {
	verdict report.Verdict
	words   string
}{
	{report.Conformant, "conformant"},
	{report.NotConformant, "not conformant"},
	{report.Unusable, "unusable"},
	{report.Interrupted, "interrupted"},
	{report.Faulty, "fault of the suite"},
}

// mostCauses is how many causes are told of one target; its own report has all.
const mostCauses = 3

// Verdict sums up the verdicts in a line.
func Verdict(all []Judged) string {
	var parts []string
	for _, one := range verdicts {
		n := 0
		for _, judged := range all {
			if judged.Run.Verdict == one.verdict {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, one.words))
		}
	}
	return results.Counted(len(all), "target") + ": " + cmp.Or(strings.Join(parts, ", "), "none was judged")
}

// ExitCode is what a process ends with that has judged them all: as for one, and
// of several the first of 4, 130, 1, 3, 5, 2 and 0 that one of them ends with.
func ExitCode(all []Judged) int {
	for _, code := range []int{report.Faulty.ExitCode(), report.Interrupted.ExitCode(), report.NotConformant.ExitCode(),
		report.Unusable.ExitCode(), report.LeftSomething, report.WrongUsage} {
		if slices.ContainsFunc(all, func(judged Judged) bool { return judged.Run.Exit() == code }) {
			return code
		}
	}
	return 0
}

// WriteText writes the matrix of targets and bindings for a terminal, with the first
// causes of each target, and the verdict last.
func WriteText(w io.Writer, all []Judged) error {
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "target\trelease\tverdict\t"+strings.Join(bindings, "\t"))
	for _, judged := range all {
		fmt.Fprintln(table, strings.Join(rowOf(judged), "\t"))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	for _, judged := range all {
		for _, line := range causesOf(judged) {
			fmt.Fprintf(&out, "\n%s: %s", visible.FirstLine(judged.Name, maxName), line)
		}
	}
	fmt.Fprintf(&out, "\n%s\n", Verdict(all))
	_, err := w.Write(out.Bytes())
	return err
}

// WriteMarkdown writes the same as GitHub Flavored Markdown.
func WriteMarkdown(w io.Writer, all []Judged) error {
	var out strings.Builder
	fmt.Fprintf(&out, "## %s\n\n| target | release | verdict | %s |\n|%s\n", gfm.Text(Verdict(all)),
		strings.Join(bindings, " | "), strings.Repeat("---|", 3+len(bindings)))
	for _, judged := range all {
		cells := rowOf(judged)
		for i := range cells {
			cells[i] = gfm.Text(cells[i])
		}
		fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | "))
	}
	for _, judged := range all {
		if causes := causesOf(judged); len(causes) > 0 {
			fmt.Fprintf(&out, "\n**%s**\n\n", gfm.Text(judged.Name))
			for _, line := range causes {
				fmt.Fprintf(&out, "- %s\n", gfm.Text(line))
			}
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// bindings are the columns, the newest first, as in other reports.
var bindings = []string{"api", "rest", "legacy"}

// maxName is how many columns a name takes at most.
const maxName = 40

func rowOf(judged Judged) []string {
	run := judged.Run
	verdict := string(run.Verdict)
	for _, one := range verdicts {
		if one.verdict == run.Verdict {
			verdict = one.words
		}
	}
	if run.Exit() == report.LeftSomething {
		verdict += ", left something"
	}
	row := []string{visible.FirstLine(judged.Name, maxName), visible.FirstLine(run.Target.Release, maxName), verdict}
	for _, binding := range bindings {
		row = append(row, passed(run, binding))
	}
	return row
}

// passed is how many results of the binding are right, of those that were judged.
func passed(run *report.Run, binding string) string {
	right, judged := 0, 0
	for _, result := range run.Results {
		if result.Binding != binding || !result.Outcome.Judged() {
			continue
		}
		judged++
		if result.Outcome.Right() {
			right++
		}
	}
	if judged == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d", right, judged)
}

// causesOf are the first things to mend; of a run without any, why there is none.
func causesOf(judged Judged) (lines []string) {
	run := judged.Run
	if len(run.Causes) == 0 && run.Verdict != report.Conformant {
		return []string{visible.FirstLine(run.Summary, maxCause)}
	}
	for i, cause := range run.Causes {
		if i == mostCauses {
			return append(lines, fmt.Sprintf("and %d more, see its report", len(run.Causes)-i))
		}
		lines = append(lines, fmt.Sprintf("%s (%s)", visible.FirstLine(cause.Summary, maxCause),
			results.Counted(cause.Explains(), "result")))
	}
	return lines
}

// maxCause is how many columns the words of a cause take at most.
const maxCause = 200
