package report

// WrongUsage is the exit code of a run that was asked for what cannot be judged;
// no verdict has it.
const WrongUsage = 2

// LeftSomething is the exit code of a run on a conformant target on which
// something is left that the run made.
const LeftSomething = 5

// Exit is what the process of the run ends with.
func (r *Run) Exit() int {
	if r.ExitCode != nil {
		return *r.ExitCode
	}
	return r.Verdict.ExitCode()
}

// ExitCode is what the process ends with, so that a pipeline can tell the
// verdicts apart.
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
