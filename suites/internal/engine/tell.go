package engine

import (
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
)

// Tell puts what broke a behaviour outside of its spec into the result: the
// failure, its sentence, and the exchanges that show it.
func Tell(result *report.Result, steps []spec.Step, broke spec.Failure, secrets *secret.Book, noExchanges bool) {
	if noExchanges {
		broke.Exchange, broke.Before = nil, nil
	} else {
		secrets = bookOf(secrets, steps)
		result.Exchanges = exchanges(spec.Report{Ending: spec.Broken, Steps: steps}, secrets)
	}
	result.Failure = failure(&broke, secrets)
	result.Message = redact(broke.Sentence(), secrets)
}

// Broken is the outcome of a behaviour that does not hold, at its level.
func Broken(level report.Level, strict bool) report.Outcome {
	if level == report.Should && !strict {
		return report.Warned
	}
	return report.Failed
}
