package tap

import (
	"fmt"
	"strings"

	"session-conformance/reporters/internal/results"
	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// point is one test point: its line, and below it what explains the line.
type point struct {
	kind
	description string
	reason      string
	diagnostics diagnostics
}

// kind is how an outcome reads in TAP.
type kind struct {
	status    string
	directive string
}

var kinds = map[report.Outcome]kind{
	report.Passed:   {"ok", ""},
	report.Observed: {"ok", ""},
	report.Failed:   {"not ok", ""},
	report.TimedOut: {"not ok", ""},
	report.Fault:    {"not ok", ""},
	report.Warned:   {"not ok", "TODO"},
	report.Waived:   {"not ok", "TODO"},
	report.Skipped:  {"ok", "SKIP"},
	report.Blocked:  {"ok", "SKIP"},
	report.NotRun:   {"ok", "SKIP"},
}

func pointOf(run *report.Run, result report.Result) point {
	one := point{
		kind:        kinds[result.Outcome],
		description: fmt.Sprintf("%s [%s] %s", result.ID, result.VariantName(), result.Promise),
		reason:      results.Reason(result),
	}
	if one.directive != "SKIP" && result.Outcome != report.Passed {
		one.diagnostics = diagnosticsOf(run, result)
	}
	return one
}

func pointOfVerdict(run *report.Run) point {
	one := point{kind: kinds[report.Failed], description: "the run judges the target"}
	one.diagnostics.field("outcome", string(run.Verdict))
	one.diagnostics.field("message", run.Summary)
	return one
}

func (p point) write(out *strings.Builder, number int) {
	fmt.Fprintf(out, "%s %d - %s", p.status, number, escape(p.description))
	if p.directive != "" {
		out.WriteString(strings.TrimRight(" # "+p.directive+" "+escape(p.reason), " "))
	}
	out.WriteString("\n")
	p.diagnostics.write(out)
}

// escape keeps a text on its line and from being read as a directive.
func escape(text string) string {
	return escapes.Replace(visible.FirstLine(text, results.LineLimit))
}

var escapes = strings.NewReplacer(`\`, `\\`, `#`, `\#`)
