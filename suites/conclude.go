package suites

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/engine"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

func (s *Suite) newReport() *report.Run {
	return &report.Run{
		Schema:  report.Schema,
		Suite:   report.Suite{Name: "conformance", Version: s.options.Version},
		Target:  report.Target{URL: s.options.Target, Bundled: s.options.Bundled, Release: cmp.Or(s.options.Release, "auto")},
		Started: time.Now(),
		Options: report.Options{
			Seed: s.options.Seed, Parallel: s.options.Parallel, Strict: s.options.Strict,
			LabelFilter: s.options.LabelFilter, Focus: s.options.Focus,
			TimeoutMS:        float64(s.options.Timeout.Milliseconds()),
			RequestTimeoutMS: float64(s.options.RequestTimeout.Milliseconds()),
		},
		Bindings: []report.Binding{}, Results: []report.Result{}, Readings: []report.Reading{}, Leftovers: []report.Leftover{},
	}
}

func (s *Suite) claims(binding wire.Binding) bool {
	return slices.Contains(s.options.Claims, string(binding))
}

// bindings tells what was found, with what the user claimed.
func (s *Suite) bindings(found discovery.Found) []report.Binding {
	bindings := make([]report.Binding, 0, len(found.Bindings))
	for _, one := range found.Bindings {
		binding := report.Binding{
			Name: string(one.Name), Served: one.Served, Claimed: s.claims(one.Name),
			Reason: s.redact(one.Evidence), Variants: []report.Variant{},
		}
		if s.options.Release != "" && !ledger.Documents(s.options.Release, binding.Name) {
			binding.Served, binding.Reason = false, "release "+s.options.Release+" does not document it"
		}
		if binding.Served {
			binding.Prefix = found.Prefixes[one.Name]
		}
		for _, variant := range one.Variants {
			binding.Variants = append(binding.Variants, report.Variant{
				Route: string(variant.Route), Representation: string(variant.Representation),
				Served: variant.Served, Reason: s.redact(variant.Evidence),
			})
		}
		bindings = append(bindings, binding)
	}
	return bindings
}

func (s *Suite) leftovers() []report.Leftover {
	left := []report.Leftover{}
	for _, thing := range s.Left() {
		leftover := report.Leftover{Kind: thing.Kind, ID: thing.ID, Name: thing.Name, Error: "the run ended before it could be deleted"}
		if thing.Err != nil {
			leftover.Error = s.redact(thing.Err.Error())
		}
		left = append(left, leftover)
	}
	return left
}

// conclude makes the verdict: MUST decides, SHOULD with --strict, too.
func (s *Suite) conclude(run *report.Run, err error) {
	run.Counts = report.Count(run.Results)
	c := run.Counts
	broken := s.broken(run)
	stopped := s.isStopped()
	run.Partial = stopped || c.Skipped+c.Waived+c.NotRun+c.Blocked > 0 || s.options.narrowed()
	var useless unusable
	switch {
	case stopped:
		run.Verdict, run.Summary = report.Interrupted, fmt.Sprintf("interrupted: %d of %d behaviours were not run", c.NotRun, c.Total)
	case errors.As(err, &useless):
		run.Verdict, run.Summary = report.Unusable, "the target cannot be judged: "+s.redact(useless.Error())
	case errors.Is(err, engine.ErrNothingMatches):
		run.Verdict, run.Summary = report.Unusable, "nothing was run: the filter matches no behaviour in the bindings that the target serves"
	case err != nil:
		run.Verdict, run.Summary = report.Faulty, "the suite failed: "+s.redact(err.Error())
	case c.Fault > 0:
		run.Verdict, run.Summary = report.Faulty, fmt.Sprintf("the suite itself failed in %d of %d behaviours; this says nothing about the target", c.Fault, c.Total)
	case neverAnswered(run.Results):
		run.Verdict, run.Summary = report.Unusable, "the target cannot be judged: it answered no request"
	case broken != "":
		run.Verdict, run.Summary = report.NotConformant, "not conformant: "+broken
	case c.Skipped+c.Blocked+c.NotRun == c.Total:
		run.Verdict, run.Summary = report.Unusable, "nothing was judged: "+strings.Join(unjudged(c), ", ")
	default:
		run.Verdict, run.Summary = report.Conformant, conformant(run, s.options.narrowed())
	}
}

// broken says in numbers what keeps the target from conforming.
func (s *Suite) broken(run *report.Run) string {
	counts := map[report.Outcome]int{}
	for _, result := range run.Results {
		if result.Breaks(s.options.Strict) {
			counts[result.Outcome]++
		}
	}
	var parts []string
	for _, part := range []struct {
		outcome report.Outcome
		words   string
	}{{report.Failed, "failed"}, {report.TimedOut, "timed out"}, {report.Blocked, "could not be judged"}} {
		if n := counts[part.outcome]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, part.words))
		}
	}
	for _, binding := range run.Bindings {
		if binding.Claimed && !binding.Served {
			parts = append(parts, binding.Name+" is claimed but not served")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("of %d behaviours %s", run.Counts.Total, strings.Join(parts, ", "))
}

// conformant says what was and what was not judged: whoever reads only this
// line must not take a part for the whole.
func conformant(run *report.Run, narrowed bool) string {
	c := run.Counts
	summary := "conformant"
	if n := needed(run.Waivers); n > 0 {
		summary += " with " + counted(n, "waiver")
	}
	left := unjudged(c)
	if narrowed {
		left = append(left, "filtered")
	}
	if len(left) > 0 {
		summary += ", partial (" + strings.Join(left, ", ") + ")"
	}
	summary += fmt.Sprintf(": %s passed", counted(c.Passed, "behaviour"))
	if c.Warned > 0 {
		summary += fmt.Sprintf(", %d warned", c.Warned)
	}
	if c.Observed > 0 {
		summary += fmt.Sprintf(", %d observed", c.Observed)
	}
	return summary
}

// unjudged says in numbers what has no outcome that could decide.
func unjudged(c report.Counts) []string {
	var parts []string
	for _, part := range []struct {
		n     int
		words string
	}{{c.Skipped, "skipped"}, {c.Blocked, "blocked"}, {c.Waived, "waived"}, {c.NotRun, "not run"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.words))
		}
	}
	return parts
}

// needed counts the waivers that excused something.
func needed(waivers []report.Waiver) (n int) {
	for _, waiver := range waivers {
		if waiver.Waived > 0 {
			n++
		}
	}
	return n
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// neverAnswered says whether requests were made and none was answered.
func neverAnswered(results []report.Result) bool {
	asked := false
	for _, result := range results {
		for _, exchange := range result.Exchanges {
			if exchange.Status != 0 {
				return false
			}
			asked = true
		}
	}
	return asked
}

func sorted(results []report.Result) []report.Result {
	slices.SortFunc(results, func(a, b report.Result) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Binding, b.Binding),
			cmp.Compare(a.Route, b.Route), cmp.Compare(a.Representation, b.Representation))
	})
	return results
}
