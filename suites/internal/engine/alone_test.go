package engine

import (
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/ledger"
)

// failTimes fails so often, over all variants, and holds from then on.
func failTimes(times int64) func(*spec.Spec) {
	var asked atomic.Int64
	return func(s *spec.Spec) {
		if asked.Add(1) <= times {
			fail(s)
		}
	}
}

// failEveryOther fails every other time that it is asked.
func failEveryOther() func(*spec.Spec) {
	var asked atomic.Int64
	return func(s *spec.Spec) {
		if asked.Add(1)%2 == 1 {
			fail(s)
		}
	}
}

func TestWhatFailsBesideOthersIsJudgedAgainAlone(t *testing.T) {
	for name, test := range map[string]struct {
		body    func(*spec.Spec)
		change  func(*Options)
		outcome report.Outcome
		message string
	}{
		"holds alone": {failTimes(1), nil, report.Passed,
			"holds alone; beside other behaviours it did not: expected it, got none"},
		"fails alone, too":             {fail, nil, report.Failed, "expected it, got none"},
		"fails now and then":           {failEveryOther(), nil, report.Failed, "expected it, got none"},
		"nothing was beside it":        {failTimes(1), func(o *Options) { o.Parallel = 1 }, report.Failed, "expected it, got none"},
		"nothing is to be asked again": {failTimes(1), func(o *Options) { o.Once = true }, report.Failed, "expected it, got none"},
	} {
		t.Run(name, func(t *testing.T) {
			results := play(t, "api && get", map[string]func(*spec.Spec){"get.ok": test.body}, test.change)

			NewWithT(t).Expect(results["get.ok api"]).To(And(HaveField("Outcome", test.outcome), HaveField("Message", test.message)))
		})
	}
}

func TestTheBehaviourAboutConcurrentClientsAnswersForWhatHoldsAlone(t *testing.T) {
	g := NewWithT(t)
	results := []report.Result{
		{ID: "updatesession.file.add.ok", Service: "updatesession.file", Binding: "api", Outcome: report.Passed},
		{ID: "update_session" + ledger.Concurrency, Service: "update_session", Binding: "api", Level: report.Should, Outcome: report.Skipped},
		{ID: "update_session" + ledger.Concurrency, Service: "update_session", Binding: "rest", Level: report.Should, Outcome: report.Skipped},
		{ID: "download_session" + ledger.Concurrency, Service: "download_session", Binding: "api", Level: report.Should, Outcome: report.Skipped},
	}

	beside := results[0]
	beside.Outcome, beside.Message = report.Failed, "expected 201, got 500\nmore"
	beside.Failure = &report.Failure{Answer: &report.Answer{Status: 500, Type: "resource_busy"}}

	(&execution{}).blame(results, []disturbance{{0, beside}})

	g.Expect(results[1].Outcome).To(Equal(report.Warned))
	g.Expect(results[1].Failure.Got).To(Equal("1 results that hold alone and failed beside other behaviours"))
	g.Expect(results[1].Failure.Details).To(ConsistOf("updatesession.file.add.ok in api: expected 201, got 500"))
	g.Expect(results[2].Outcome).To(Equal(report.Skipped))
	g.Expect(results[3].Outcome).To(Equal(report.Skipped))
}

// What did not come when a behaviour was alone does not come for the next one either.
func TestWhatDoesNotComeIsNotWaitedForAgainAlone(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int64
	results := play(t, "legacy && get", map[string]func(*spec.Spec){"get.should": func(s *spec.Spec) {
		asked.Add(1)
		s.PollFor("what never comes", time.Millisecond, func() bool { return false })
		fail(s)
	}}, nil)

	failed := 0
	for _, result := range results {
		if result.Outcome == report.Warned {
			failed++
		}
	}
	g.Expect(failed).To(BeNumerically(">", 1))
	g.Expect(asked.Load()).To(Equal(int64(failed+1)), "once each, and once more alone")
}
