package junit

import (
	"fmt"

	"session-conformance/reporters/report"
)

// caseOf keeps classname and name free of what changes between runs, since
// viewers follow a case through time by them.
func caseOf(run *report.Run, result report.Result) testCase {
	one := testCase{
		ClassName: report.Visible(className(result)),
		Name:      report.Visible(fmt.Sprintf("%s [%s] (%s)", result.Promise, result.VariantName(), result.ID)),
		Time:      seconds(result.DurationMS),
	}
	switch result.Outcome {
	case report.Failed, report.TimedOut:
		one.Failure = problemOf(run, result)
	case report.Fault:
		one.Error = problemOf(run, result)
	case report.Skipped, report.Blocked, report.NotRun, report.Waived:
		one.Skipped = &skipped{Message: whyNotJudged(result)}
	case report.Warned, report.Observed:
		// Neither decides, so the case passes, but says so.
		one.SystemOut = &output{Text: string(result.Outcome) + ": " + text(run, result)}
	}
	return one
}

func className(result report.Result) string {
	if result.Operation == "*" {
		// Any operation; Jenkins files a name without a dot under "(root)".
		return result.Service + ".any"
	}
	return result.Service + "." + result.Operation
}

func problemOf(run *report.Run, result report.Result) *problem {
	return &problem{
		Message: report.FirstLine(result.Message, lineLimit),
		Type:    string(result.Outcome),
		Text:    text(run, result),
	}
}

func whyNotJudged(result report.Result) string {
	why := report.FirstLine(result.Message, lineLimit)
	switch {
	case result.Outcome == report.Blocked && why == "":
		return "blocked by " + report.Visible(result.BlockedBy)
	case result.Outcome == report.Blocked:
		return "blocked by " + report.Visible(result.BlockedBy) + ": " + why
	case result.Outcome == report.Waived:
		return "waived: " + why
	case result.Outcome == report.NotRun:
		return "not run: " + why
	}
	return why
}
