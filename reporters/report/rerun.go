package report

import "strings"

// Rerun is the command that judges just this behaviour again. The login is
// not in it, since the report has no secrets.
func (r *Run) Rerun(id string) string {
	command := []string{"conformance", "run"}
	if !r.Target.Bundled {
		command = append(command, "--target", quoted(r.Target.URL))
	}
	if r.Target.Release != "" {
		command = append(command, "--release", quoted(r.Target.Release))
	}
	if r.Options.Strict {
		command = append(command, "--strict")
	}
	// Always quoted: a focus is a pattern. The blank ends the id in a title, so
	// that longer ids which begin with it do not run as well.
	command = append(command, "--focus", singleQuoted(id+" "))
	return strings.Join(command, " ")
}
