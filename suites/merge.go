package suites

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"session-conformance/reporters/report"
)

// SavedShard is a saved run that judged one shard, and the name of its file.
type SavedShard struct {
	Name string
	Run  *report.Run
}

// Merge makes of all shards of a run the run that one process would have made.
// An error says which shard is missing, is there twice or belongs to another
// run: nothing can be said of the whole then.
func Merge(shards []SavedShard) (*report.Run, error) {
	ordered, err := inOrder(shards)
	if err != nil {
		return nil, err
	}
	for _, one := range ordered {
		if err := belongs(one, ordered[0]); err != nil {
			return nil, err
		}
	}
	whole := *ordered[0].Run
	whole.Options.Shard = ""
	whole.Bindings, whole.Readings, whole.Results = []report.Binding{}, []report.Reading{}, []report.Result{}
	whole.Unjudged, whole.Exploration, whole.Raced = nil, nil, nil
	whole.Leftovers, whole.Outages, whole.Waivers, whole.Cost = []report.Leftover{}, nil, nil, report.Cost{}
	for _, one := range ordered {
		add(&whole, one.Run)
	}
	passRaced(&whole)
	placeAccusations(&whole)
	rewaive(&whole)
	whole.Results, whole.Readings = sortResults(whole.Results), distinct(whole.Readings)
	whole.Unjudged = distinctUnjudged(whole.Unjudged)
	whole.Sources = sourcesOf(whole.Results)
	conclude(&whole, endingOf(ordered))
	if failed := failure(ordered); failed != nil {
		whole.Verdict, whole.ExitCode, whole.Summary = failed.Verdict, failed.ExitCode, failed.Summary
	}
	return &whole, nil
}

// inOrder puts the shards at their indices; all must be there, once.
func inOrder(shards []SavedShard) ([]SavedShard, error) {
	if len(shards) == 0 {
		return nil, errors.New("there is no shard to merge")
	}
	var ordered []SavedShard
	for _, one := range shards {
		shard, err := ParseShard(one.Run.Options.Shard)
		if err != nil {
			return nil, fmt.Errorf("%s is no shard: that run judged the whole, or was merged already", one.Name)
		}
		if ordered == nil {
			ordered = make([]SavedShard, shard.Total)
		}
		if shard.Total != len(ordered) {
			return nil, fmt.Errorf("%s is shard %s, but %s is shard %s", one.Name, shard, shards[0].Name, shards[0].Run.Options.Shard)
		}
		if twin := ordered[shard.Index-1]; twin.Run != nil {
			return nil, fmt.Errorf("shard %s is there twice: %s and %s", shard, twin.Name, one.Name)
		}
		ordered[shard.Index-1] = one
	}
	for i, one := range ordered {
		if one.Run == nil {
			return nil, fmt.Errorf("shard %s is missing", Shard{i + 1, len(ordered)})
		}
	}
	return ordered, nil
}

// belongs compares a shard with the first one.
func belongs(one, first SavedShard) error {
	for _, part := range []struct {
		name       string
		mine, ours any
	}{
		{"suite", one.Run.Suite, first.Run.Suite},
		{"target", targetOf(one.Run), targetOf(first.Run)},
		{"options", optionsOf(one.Run), optionsOf(first.Run)},
		{"waivers", waiversOf(one.Run, first.Run), waiversOf(first.Run, one.Run)},
		{"bindings", servedOf(one.Run, first.Run), servedOf(first.Run, one.Run)},
	} {
		if differs := difference(part.name, asJSON(part.mine), asJSON(part.ours)); differs != "" {
			return fmt.Errorf("%s is of another run than %s: %s", one.Name, first.Name, differs)
		}
	}
	shard, _ := ParseShard(one.Run.Options.Shard)
	for _, result := range one.Run.Results {
		if !result.Elsewhere && !shard.Holds(result.ID, result.Binding, result.Route, result.Representation) {
			return fmt.Errorf("%s is not what shard %s left: %s in %s is of another shard",
				one.Name, shard, result.ID, result.VariantName())
		}
	}
	return nil
}

// targetOf leaves out where a bundled server was: each process has its own.
func targetOf(run *report.Run) report.Target {
	target := run.Target
	if target.Bundled {
		target.URL = ""
	}
	return target
}

func optionsOf(run *report.Run) report.Options {
	options := run.Options
	options.Shard = ""
	return options
}

// endedEarly says that a run knows nothing of the target: it is compared with no
// other.
func endedEarly(run *report.Run) bool { return len(run.Bindings) == 0 }

// waiversOf leaves out what they excused.
func waiversOf(run, other *report.Run) []report.Waiver {
	if endedEarly(run) || endedEarly(other) {
		return nil
	}
	waivers := slices.Clone(run.Waivers)
	for i := range waivers {
		waivers[i].Waived, waivers[i].Passed = 0, 0
	}
	return waivers
}

// servedOf is what a shard found of the bindings, without the words in which
// it saw that.
func servedOf(run, other *report.Run) []report.Binding {
	if endedEarly(run) || endedEarly(other) {
		return nil
	}
	bindings := slices.Clone(run.Bindings)
	for i := range bindings {
		bindings[i].Reason, bindings[i].Variants = "", slices.Clone(bindings[i].Variants)
		for v := range bindings[i].Variants {
			bindings[i].Variants[v].Reason = ""
		}
	}
	return bindings
}

// add adds a shard to the whole, which began with the first and ended with the
// last of them.
func add(whole, shard *report.Run) {
	if endedEarly(whole) {
		whole.Bindings = shard.Bindings
	}
	whole.Readings = append(whole.Readings, shard.Readings...)
	whole.Unjudged = append(whole.Unjudged, shard.Unjudged...)
	whole.Results = append(whole.Results, shard.Results...)
	whole.Exploration = whole.Exploration.Plus(shard.Exploration)
	whole.Raced = appendNew(whole.Raced, shard.Raced)
	whole.Leftovers = append(whole.Leftovers, shard.Leftovers...)
	whole.Outages = append(whole.Outages, shard.Outages...)
	whole.Cost = whole.Cost.Plus(shard.Cost)
	end := func(run *report.Run) time.Time {
		return run.Started.Add(time.Duration(run.DurationMS * float64(time.Millisecond)))
	}
	last := slices.MaxFunc([]time.Time{end(whole), end(shard)}, time.Time.Compare)
	whole.Started = slices.MinFunc([]time.Time{whole.Started, shard.Started}, time.Time.Compare)
	whole.DurationMS = float64(last.Sub(whole.Started).Microseconds()) / 1000
	if len(whole.Waivers) == 0 {
		whole.Waivers = slices.Clone(shard.Waivers)
	}
}

// distinct has each reading once, in the order in which a run has them.
func distinct(readings []report.Reading) []report.Reading {
	slices.SortFunc(readings, func(a, b report.Reading) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Met, b.Met))
	})
	return slices.Compact(readings)
}

// endingOf is how the whole run ended: stopped if one shard was, silent if the
// target answered none.
func endingOf(shards []SavedShard) ending {
	end, results := ending{silent: true}, 0
	for _, one := range shards {
		end.stopped = end.stopped || one.Run.Verdict == report.Interrupted
		end.silent = end.silent && (len(one.Run.Results) == 0 || one.Run.Verdict == report.Unusable && neverAnswered(one.Run.Results))
		results += len(one.Run.Results)
	}
	end.silent = end.silent && results > 0
	return end
}

// failure is the worst shard that ended by an error, of which its results know
// nothing: a suite that failed, else a target that could not be judged.
func failure(shards []SavedShard) *report.Run {
	var worst *report.Run
	for _, one := range shards {
		switch run := one.Run; {
		case run.Verdict == report.Faulty && run.Counts.Fault == 0:
			return run
		case run.Verdict == report.Unusable && len(run.Results) == 0 && worst == nil:
			worst = run
		}
	}
	return worst
}
