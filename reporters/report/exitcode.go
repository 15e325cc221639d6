package report

// ExitCode is what the process ends with, so that a pipeline can tell the
// verdicts apart. 2 is missing: it is a wrong usage, which gives no run.
func (v Verdict) ExitCode() int {
	switch v {
	case Conformant:
		return 0
	case NotConformant:
		return 1
	case Unusable:
		return 3
	case Interrupted:
		return 130
	}
	return 4
}
