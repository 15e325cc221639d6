package engine

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

const labelled = "protocol.content_type.json"

// judgeLabels judges the rule in api after behaviours that met the deviations.
func judgeLabels(t *testing.T, own func(*spec.Spec), met ...spec.Deviation) report.Result {
	t.Helper()
	in := func(id string, binding wire.Binding) Instance {
		return Instance{
			Definition: spec.Definition{ID: id, Body: own}, Behaviour: ledger.Behaviour{ID: id}, Level: ledger.Must,
			Variant: wire.Variant{Binding: binding, Route: wire.Path, Representation: wire.JSON},
		}
	}
	e := &execution{runs: map[key]*once{}, attempts: &attempts{}, options: Options{Target: noTarget(), Secrets: &secret.Book{}}}
	for _, one := range met {
		asked := in(one.Operation+".ok", one.Binding)
		one.Failure.Step, one.Failure.Exchange = "look", new(0)
		e.runs[key{asked.ID, asked.Variant}] = &once{
			instance: asked, report: spec.Report{Deviations: []spec.Deviation{one}},
			exchanges: []report.Exchange{{Step: "look", Method: "GET"}},
		}
	}
	return e.judgeRule(t.Context(), in(labelled, wire.API))
}

func holds(*spec.Spec) {}

func htmlFrom(operation string, binding wire.Binding) spec.Deviation {
	return spec.Deviation{Behaviour: labelled, Binding: binding, Operation: operation, Failure: spec.Expected("JSON").Got("HTML")}
}

func TestARuleIsBrokenByTheAnswersOfOtherBehaviours(t *testing.T) {
	g := NewWithT(t)
	result := judgeLabels(t, holds, htmlFrom("updatesession.file.get", wire.API), htmlFrom("download_session.get", wire.API),
		htmlFrom("update_session.get", wire.Rest))

	g.Expect(result.Outcome).To(Equal(report.Failed))
	g.Expect(result.Message).To(HavePrefix("expected JSON, got HTML from download_session.get and one more operation\n"))
	g.Expect(result.Failure.Details).To(Equal([]string{
		"download_session.get got HTML (download_session.get.ok [api]: look)",
		"updatesession.file.get got HTML (updatesession.file.get.ok [api]: look)",
	}))
	g.Expect(result.Failure.Operation).To(Equal("download_session.get"))
	g.Expect(result.Exchanges[*result.Failure.Exchange].Step).To(Equal(result.Failure.Step))
	g.Expect(result.Exchanges).To(HaveLen(2))
}

func TestARuleHoldsWhereNoAnswerOfItsBindingBreaksIt(t *testing.T) {
	g := NewWithT(t)
	g.Expect(judgeLabels(t, holds).Outcome).To(Equal(report.Passed))
	g.Expect(judgeLabels(t, holds, htmlFrom("update_session.get", wire.Rest)).Outcome).To(Equal(report.Passed))
}

// Its own finding comes first, and what could not be asked is judged by others.
func TestARuleKeepsWhatItsOwnBodyFound(t *testing.T) {
	g := NewWithT(t)
	own := judgeLabels(t, fail, htmlFrom("update_session.get", wire.API))
	g.Expect(own.Message).To(Equal("expected it, got none\nupdate_session.get got HTML (update_session.get.ok [api]: look)"))
	blocked := judgeLabels(t, func(s *spec.Spec) { s.Block("a.b.c", "cannot") }, htmlFrom("update_session.get", wire.API))
	g.Expect(blocked).To(And(HaveField("Outcome", report.Failed), HaveField("BlockedBy", "")))
}
