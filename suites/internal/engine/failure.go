package engine

import (
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
)

// failure is what broke a behaviour, as a report tells it; nil where nothing did.
func failure(broke *spec.Failure, secrets *secret.Book) *report.Failure {
	if broke == nil {
		return nil
	}
	tell := func(text string) string { return shorten(secrets.Redact(text), keptBody) }
	written := &report.Failure{
		Step: broke.Step, Operation: broke.Operation, Exchange: broke.Exchange, Before: broke.Before,
		Expected: tell(broke.Expected), Got: tell(broke.Got),
		Field: tell(broke.Field), Absent: broke.Absent, Unnoticed: broke.Unnoticed, StopsTarget: broke.StopsTarget,
		Body: tell(broke.Body),
	}
	if broke.Want != nil {
		written.Want = new(tell(*broke.Want))
	}
	if broke.Was != nil {
		written.Was = new(tell(*broke.Was))
	}
	for _, text := range broke.Lacks {
		written.Lacks = append(written.Lacks, tell(text))
	}
	for _, text := range broke.Holds {
		written.Holds = append(written.Holds, tell(text))
	}
	for _, line := range broke.Details {
		written.Details = append(written.Details, tell(line))
	}
	written.Answer, written.Wanted = answer(broke.Answer, tell), answer(broke.Wanted, tell)
	return written
}

// answer is an answer as a whole, its texts as tell gives them; nil where there
// is none.
func answer(outline *spec.Outline, tell func(string) string) *report.Answer {
	if outline == nil {
		return nil
	}
	return &report.Answer{
		Status: outline.Status, Also: outline.Also, Type: tell(outline.Type),
		Body: tell(outline.Body), Problem: tell(outline.Problem), Error: tell(outline.Error),
	}
}
