package engine

import (
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/secret"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/ledger"
)

func TestWhatAnEndingMeansAtEachLevel(t *testing.T) {
	for ending, want := range map[spec.Ending]struct{ must, should, strictly, undocumented report.Outcome }{
		spec.Held:     {report.Passed, report.Passed, report.Passed, report.Observed},
		spec.Broken:   {report.Failed, report.Warned, report.Failed, report.Observed},
		spec.Skipped:  {report.Skipped, report.Skipped, report.Skipped, report.Skipped},
		spec.Blocked:  {report.Blocked, report.Blocked, report.Blocked, report.Skipped},
		spec.TimedOut: {report.TimedOut, report.TimedOut, report.TimedOut, report.Observed},
		spec.NotRun:   {report.NotRun, report.NotRun, report.NotRun, report.NotRun},
		spec.Fault:    {report.Fault, report.Fault, report.Fault, report.Fault},
	} {
		g := NewWithT(t)
		for _, strict := range []bool{false, true} {
			should := want.should
			if strict {
				should = want.strictly
			}
			g.Expect(outcome(ending, ledger.Must, strict)).To(Equal(want.must), "%s strict=%t", ending, strict)
			g.Expect(outcome(ending, ledger.Should, strict)).To(Equal(should), "%s strict=%t", ending, strict)
			g.Expect(outcome(ending, ledger.Undocumented, strict)).To(Equal(want.undocumented), "%s strict=%t", ending, strict)
		}
	}
}

func fail(s *spec.Spec) { s.Fail(spec.Expected("it").Got("none")) }

func TestEndingsBecomeResults(t *testing.T) {
	g := NewWithT(t)
	cast := map[string]func(*spec.Spec){
		"get.ok": fail, "get.should": fail, "get.open": fail,
		"get.open_refused": func(s *spec.Spec) { s.Block("a.b.c", "cannot") },
		"cancel.long":      func(*spec.Spec) { panic("oops") },
		"get.once":         func(s *spec.Spec) { s.Skip("not here") },
	}
	for _, strict := range []bool{false, true} {
		results := play(t, "api", cast, func(o *Options) { o.Strict = strict })
		g.Expect(results["get.ok api"]).To(And(HaveField("Outcome", report.Failed), HaveField("Message", "expected it, got none")))
		g.Expect(results["get.should api"].Outcome).To(Equal(map[bool]report.Outcome{false: report.Warned, true: report.Failed}[strict]))
		g.Expect(results["get.open api"]).To(And(HaveField("Outcome", report.Observed), HaveField("Message", "expected it, got none")))
		g.Expect(results["get.open_refused api"]).To(And(HaveField("Outcome", report.Skipped), HaveField("Message", "cannot")))
		g.Expect(results["cancel.long api"]).To(And(HaveField("Outcome", report.Fault), HaveField("Message", ContainSubstring("oops"))))
		g.Expect(results["get.once api"]).To(And(HaveField("Outcome", report.Skipped), HaveField("Message", "not here")))
		g.Expect(results["get.newer api"]).To(And(HaveField("Outcome", report.Passed), HaveField("Exchanges", BeEmpty())))
	}
}

func TestWhatIsObservedWithoutWordsIsAsDescribed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(play(t, "UNDOCUMENTED", nil, nil)["get.open api"].Message).To(Equal("as described: does get.open"))
}

// A refusal proves nothing on a server that refuses everything.
func TestARefusalIsBelievedOnlyBesideItsControl(t *testing.T) {
	for name, test := range map[string]struct {
		control func(*spec.Spec)
		outcome report.Outcome
		message string
	}{
		"broken":  {fail, report.Blocked, "the refusal proves nothing: its control download_session.get.ok did not hold (expected it, got none)"},
		"skipped": {func(s *spec.Spec) { s.Skip("not here") }, report.Skipped, "did not hold (not here)"},
		"blocked": {func(s *spec.Spec) { s.Block("x", "no way") }, report.Blocked, "did not hold (no way)"},
		"fault":   {func(*spec.Spec) { panic("oops") }, report.Blocked, "did not hold (the spec itself failed: oops"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": test.control}, nil)
			for _, refusal := range []string{"get.refused api", "get.refused_too api"} {
				g.Expect(results[refusal].Outcome).To(Equal(test.outcome))
				g.Expect(results[refusal].Message).To(ContainSubstring(test.message))
				g.Expect(results[refusal].BlockedBy).To(Equal("download_session.get.ok"))
			}
			g.Expect(results["get.open_refused api"].Outcome).To(Equal(report.Observed))
			g.Expect(results["get.open_refused api"].Message).To(ContainSubstring("proves nothing"))
		})
	}
}

// What keeps the control from being judged keeps the refusal from it, too: one
// cause, and not one for each control.
func TestWhatBlocksAControlFromOutsideBlocksItsRefusals(t *testing.T) {
	g := NewWithT(t)
	blocked := func(s *spec.Spec) { s.Block("a host that is away", "it is away") }
	results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": blocked}, nil)
	for _, one := range []string{"get.ok api", "get.refused api", "get.refused_too api"} {
		g.Expect(results[one]).To(And(HaveField("Outcome", report.Blocked),
			HaveField("BlockedBy", "a host that is away"), HaveField("Message", "it is away")))
	}
}

func TestABrokenRefusalNeedsNoControl(t *testing.T) {
	g := NewWithT(t)
	var controls atomic.Int64
	results := play(t, "api && get", map[string]func(*spec.Spec){
		"get.ok":      func(s *spec.Spec) { controls.Add(1); fail(s) },
		"get.refused": func(s *spec.Spec) { s.Fail(spec.Expected("a refusal").Got("none")) },
	}, func(o *Options) { o.Once = true })
	g.Expect(results["get.refused api"]).To(And(HaveField("Outcome", report.Failed),
		HaveField("Message", "expected a refusal, got none"), HaveField("BlockedBy", "")))
	g.Expect(controls.Load()).To(BeEquivalentTo(1))
}

func TestAControlRunsOncePerVariantHoweverManyWantIt(t *testing.T) {
	g := NewWithT(t)
	var runs atomic.Int64
	for _, filter := range []string{"api && get", "api && get && !SHOULD"} {
		runs.Store(0)
		results := play(t, filter, map[string]func(*spec.Spec){"get.ok": func(*spec.Spec) { runs.Add(1) }},
			func(o *Options) { o.Parallel = 16 })
		g.Expect(runs.Load()).To(BeEquivalentTo(1))
		g.Expect(results["get.refused api"].Outcome).To(Equal(report.Passed))
		g.Expect(results["get.refused_too api"].Outcome).To(Equal(report.Passed))
	}
}

func TestAControlOutsideThePlanRunsButIsNotReported(t *testing.T) {
	g := NewWithT(t)
	parts = map[string]func(*spec.Spec){"get.ok": fail}
	plan := makePlan(t, Everything(), Filter{Focus: []string{`get\.refused `}, LabelFilter: "api"})
	var told atomic.Int64
	results, _ := Execute(t.Context(), plan, Options{
		Target: noTarget(), Parallel: 2, Secrets: &secret.Book{}, Done: func(report.Result) { told.Add(1) },
	})
	g.Expect(results).To(HaveLen(1))
	g.Expect(results[0]).To(And(HaveField("ID", "download_session.get.refused"), HaveField("Outcome", report.Blocked),
		HaveField("BlockedBy", "download_session.get.ok")))
	g.Expect(told.Load()).To(BeEquivalentTo(1))
}

func TestAControlThatDoesNotRunInTheVariantIsAFaultOfTheSuite(t *testing.T) {
	g := NewWithT(t)
	result := play(t, "cancel", nil, nil)["cancel.homeless rest"]
	g.Expect(result.Outcome).To(Equal(report.Fault))
	g.Expect(result.Message).To(Equal("its control download_session.cancel.long does not run in rest"))
}

func TestReplayAgreesWithTheReport(t *testing.T) {
	g := NewWithT(t)
	parts = map[string]func(*spec.Spec){"get.ok": fail, "get.should": fail, "get.once": func(s *spec.Spec) { s.Skip("not here") },
		"cancel.long": func(*spec.Spec) { panic("oops") }}
	for _, filter := range []Filter{{Seed: 3}, {LabelFilter: "api", Seed: 3},
		{Focus: []string{"get"}, LabelFilter: "!legacy", Seed: 4}} {
		plan := makePlan(t, Everything(), filter)
		results, _ := Execute(t.Context(), plan,
			Options{Target: noTarget(), Parallel: 4, Secrets: &secret.Book{}, Done: func(report.Result) {}})
		g.Expect(Replay(plan, results)).To(Succeed())
		// Ginkgo runs a spec of which the report knows nothing.
		g.Expect(Replay(plan, results[:len(results)-1])).To(MatchError(MatchRegexp(`^replay: Ginkgo counts \d+ \w+, the report \d+$`)))
	}
}
