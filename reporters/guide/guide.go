// Package guide says to who builds a server how far it is, operation by operation,
// and which one to build next.
package guide

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"session-conformance/reporters/report"
	"session-conformance/reporters/visible"
)

// Operation is one of the documented operations.
type Operation struct{ Service, Name string }

// String names it as failures do.
func (o Operation) String() string { return o.Service + "." + o.Name }

// Operations are all 24, in an order in which a server can be built: each needs none
// behind it. Files of download sessions need an item that an update session filled.
var Operations = slices.Concat(
	of("download_session", "create", "get", "list", "keep_alive", "cancel", "fail", "delete"),
	of("update_session", "create", "cancel", "get", "delete", "list", "keep_alive", "fail", "update"),
	of("updatesession.file", "add", "get", "list", "validate"),
	of("update_session", "complete"),
	of("updatesession.file", "remove"),
	of("downloadsession.file", "list", "get", "prepare"),
)

func of(service string, names ...string) (all []Operation) {
	for _, name := range names {
		all = append(all, Operation{service, name})
	}
	return all
}

// Progress is how far an operation is, in all bindings that are served.
type Progress struct {
	Operation
	// Passed counts what holds of Total judged or blocked results, by binding.
	Passed, Total map[string]int
	// Wrong counts the others.
	Wrong int
	// First is one of those that fail, what is most basic in front; nil if none does.
	First *report.Result
	// refused counts answers of it where success had to come that were errors, and
	// none of those that are documented.
	refused int
}

// Answers says whether something of it holds: a refusal alone does not count, since it
// has its control.
func (p Progress) Answers() bool {
	for _, n := range p.Passed {
		if n > 0 {
			return true
		}
	}
	return false
}

// missing says that nothing of it holds, and that it was asked for in vain.
func (p Progress) missing() bool { return !p.Answers() && p.refused > 0 }

// note counts what the failure of a result says of operations.
func note(all []Progress, failure *report.Failure) {
	if failure == nil || failure.Answer == nil || failure.Wanted != nil && failure.Wanted.Status >= 400 {
		return
	}
	answer := failure.Answer
	undocumented := answer.Type == "" || answer.Type == "operation_not_found"
	if at := slices.IndexFunc(all, func(p Progress) bool { return p.String() == failure.Operation }); at >= 0 && undocumented &&
		(answer.Status >= 400 || answer.Error != "") {
		all[at].refused++
	}
}

// Of is the progress of all operations in a run.
func Of(run *report.Run) []Progress {
	all := make([]Progress, len(Operations))
	for i, operation := range Operations {
		all[i] = Progress{Operation: operation, Passed: map[string]int{}, Total: map[string]int{}}
	}
	for i := range run.Results {
		result := &run.Results[i]
		at := slices.Index(Operations, Operation{result.Service, result.Operation})
		if at < 0 || result.Level == report.Undocumented || !result.Outcome.Judged() {
			continue
		}
		one := &all[at]
		note(all, result.Failure)
		one.Total[result.Binding]++
		if result.Outcome.Right() {
			one.Passed[result.Binding]++
			continue
		}
		one.Wrong++
		if fails := result.Outcome.Decides() || result.Outcome == report.Warned; fails && better(result, one.First) {
			one.First = result
		}
	}
	return all
}

// better prefers what the documents demand most, and of that what comes first.
func better(result, than *report.Result) bool {
	return than == nil || than.Level != report.Must && result.Level == report.Must
}

// Next is the operation to build next: the first that is missing, else the first
// of which something is wrong; false says that there is none.
func Next(run *report.Run) (Progress, bool) {
	all := Of(run)
	for _, wanted := range []func(Progress) bool{
		func(p Progress) bool { return p.missing() || len(run.Results) == 0 },
		func(p Progress) bool { return p.Wrong > 0 },
	} {
		if at := slices.IndexFunc(all, wanted); at >= 0 {
			return all[at], true
		}
	}
	return Progress{}, false
}

// Write writes the guide of a run. Explain tells of an operation its page, its request
// and the shape of its answer, a line each.
func Write(w io.Writer, run *report.Run, explain func(operation string) []string) error {
	var out strings.Builder
	bindings := served(run)
	fmt.Fprintf(&out, "%-32s", "operation")
	for _, binding := range bindings {
		fmt.Fprintf(&out, "%-14s", binding)
	}
	out.WriteString("\n")
	answering := 0
	for _, one := range Of(run) {
		if one.Answers() {
			answering++
		}
		out.WriteString(strings.TrimRight(row(one, bindings), " ") + "\n")
	}
	fmt.Fprintf(&out, "\n%d of %d operations answer\n", answering, len(Operations))
	out.WriteString(next(run, explain))
	out.WriteString(visible.FirstLine(run.Summary, maxLine) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// maxLine cuts a line that a target made longer than anyone reads.
const maxLine = 500

func served(run *report.Run) (names []string) {
	for _, binding := range run.Bindings {
		if binding.Served || binding.Claimed {
			names = append(names, binding.Name)
		}
	}
	return names
}

// row is an operation with passed/total in each binding.
func row(one Progress, bindings []string) string {
	line := fmt.Sprintf("%-32s", one.Operation)
	switch {
	case one.missing():
		return line + "does not answer yet"
	case !one.Answers():
		return line + "nothing holds yet"
	}
	for _, binding := range bindings {
		cell := "-"
		if total := one.Total[binding]; total > 0 {
			cell = fmt.Sprintf("%d/%d", one.Passed[binding], total)
		}
		line += fmt.Sprintf("%-14s", cell)
	}
	return line
}

// next says what to do now.
func next(run *report.Run, explain func(operation string) []string) string {
	one, more := Next(run)
	if !more {
		return "next      nothing: every operation does what is documented\n"
	}
	verb := "build"
	if !one.missing() && len(run.Results) > 0 {
		verb = "mend"
	}
	text := fmt.Sprintf("next      %s %s", verb, one.Operation)
	if one.Wrong > 0 {
		text += fmt.Sprintf(": %d results wait for it", one.Wrong)
	}
	text += "\n"
	if one.First != nil {
		text += "          " + visible.FirstLine(one.First.ID+": "+one.First.Headline(), maxLine) + "\n"
	}
	for _, line := range explain(one.String()) {
		text += "          " + line + "\n"
	}
	return text
}
