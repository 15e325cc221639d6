package reproduce

import (
	"strings"

	"session-conformance/reporters/report"
)

// Rerun is the command that judges just this behaviour again, or walks the
// history that showed what is wrong, from the file report.HistoryFile. The login is not
// in it, since the report has no secrets.
func Rerun(run *report.Run, result report.Result) string {
	failure := result.Failure
	if failure != nil && failure.Script != "" {
		return strings.Join(append(command(run, "explore", run.Again.Explore), "--replay", Quote(report.HistoryFile(result.ID))), " ")
	}
	// Always quoted: a focus is a pattern. The blank ends the id in a title, so
	// that longer ids which begin with it do not run as well.
	return strings.Join(append(command(run, "run", run.Again.Run), "--focus", singleQuoted(result.ID+" ")), " ")
}

// command is the subcommand with the options that the run had, or, where those
// were not kept, with its target and how it was read.
func command(run *report.Run, name, options string) []string {
	words := []string{"conformance", name}
	if options != "" {
		return append(words, options)
	}
	if !run.Target.Bundled {
		words = append(words, "--target", Quote(run.Target.URL))
	}
	if run.Target.Release != "" {
		words = append(words, "--release", Quote(run.Target.Release))
	}
	if run.Options.Strict {
		words = append(words, "--strict")
	}
	return words
}
