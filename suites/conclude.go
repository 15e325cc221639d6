package suites

import (
	"cmp"
	"slices"
	"time"

	"session-conformance/reporters/cause"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/discovery"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

func (s *Suite) newReport() *report.Run {
	suite, target := s.Names()
	return &report.Run{
		Schema: report.Schema, Suite: suite, Target: target, Started: time.Now(), Again: s.options.Again,
		Options: report.Options{
			Seed: s.options.Seed, Parallel: s.options.Parallel, Strict: s.options.Strict,
			LabelFilter: s.options.LabelFilter, Focus: s.options.Focus,
			Chosen: s.options.Choose != nil || len(s.options.Skip) > 0, Shard: s.options.Shard.String(),
			Explore: s.options.Explore, Races: s.options.Races,
			ReadOnly:         s.options.ReadOnly,
			Exploring:        s.options.explores(),
			TimeoutMS:        float64(s.options.Timeout.Milliseconds()),
			RequestTimeoutMS: float64(s.options.RequestTimeout.Milliseconds()),
		},
		Bindings: []report.Binding{}, Results: []report.Result{}, Readings: []report.Reading{}, Leftovers: []report.Leftover{},
	}
}

// Names are what a report calls the judge and the judged.
func (s *Suite) Names() (report.Suite, report.Target) {
	return report.Suite{Name: "conformance", Version: s.options.Version, Commit: s.options.Commit},
		report.Target{
			URL: s.options.Target, Bundled: s.options.Bundled, Release: cmp.Or(s.options.Release, "auto"),
			Product: s.options.Product, ProductRelease: s.options.ProductRelease,
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

// conclude makes the verdict of a run that the suite made.
func (s *Suite) conclude(run *report.Run, err error) {
	conclude(run, ending{err, s.isStopped(), s.endedBy(), neverAnswered(run.Results)})
	if s.options.AllowLeftovers && run.Verdict == report.Conformant {
		run.ExitCode = new(run.Verdict.ExitCode())
	}
	if err != nil {
		run.Summary = wire.NameOptions(s.redact(run.Summary), s.options.OptionName)
	}
}

// ending is what a run's results do not tell of how it ended.
type ending struct {
	err     error
	stopped bool
	// by is why it stopped by itself; empty if it was interrupted.
	by string
	// silent says that requests were made and none was answered.
	silent bool
}

// conclude makes the verdict and the exit code: MUST decides, SHOULD if the run
// is strict, too.
func conclude(run *report.Run, end ending) {
	judge(run, end)
	explain(run)
	run.ExitCode = new(exitCode(run))
}

// explain works out the causes of what is wrong; the verdict ends with them.
func explain(run *report.Run) {
	run.Causes = cause.Of(run.Results)
	if said := cause.Verdict(run.Causes, run.Counts); said != "" && run.Verdict == report.NotConformant {
		run.Summary += "; " + said
	}
}

func sortResults(results []report.Result) []report.Result {
	slices.SortFunc(results, func(a, b report.Result) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Binding, b.Binding),
			cmp.Compare(a.Route, b.Route), cmp.Compare(a.Representation, b.Representation))
	})
	return results
}
