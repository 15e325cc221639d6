package explore

import (
	"context"
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

const (
	// proofs is how often a script that deviated is run again before it counts
	// as one that does not come again.
	proofs = 3
	// mostRuns bounds the runs that shorten one script: one of forty steps needs
	// about fifty.
	mostRuns = 120
)

// investigate runs the history again and shortens it, unless its cell is known
// to be broken already.
func (l *lane) investigate(ctx context.Context, script Script, end ending) {
	// Alone, so that no other history is part of what is found.
	l.histories.Lock()
	defer l.histories.Unlock()
	script = script.upTo(end.at)
	last := script.Steps[end.at]
	if !l.claim(end.deviation.Behaviour, last.Binding) {
		return
	}
	search := l.searchFor(ctx, end.deviation.Behaviour)
	finding := Finding{Deviation: *end.deviation, Script: script, Exchanges: end.exchanges, Tries: 1, Came: 1}
	for range proofs {
		finding.Tries++
		if again, came := search.try(script); came {
			finding.Came++
			finding.take(again)
			break
		}
	}
	if finding.Repeats() {
		search.shorten(&finding)
		search.runs = 0
		search.settle(&finding)
	} else {
		l.release(end.deviation.Behaviour, last.Binding)
	}
	finding.Binding = finding.accusedBinding(l.options.Book)
	if l.addFinding(finding) {
		search.spread(finding)
	}
}

// take makes the finding that of a run.
func (f *Finding) take(again attempt) {
	f.Script, f.Deviation, f.Exchanges, f.items = again.script, *again.deviation, again.exchanges, again.state.Items
}

// addFinding adds it, unless it is the same fault as another: its cell in
// another binding, or what deviates behind the same steps.
func (e *Explorer) addFinding(finding Finding) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	var kept []Finding
	for i, other := range e.found.Findings {
		switch {
		case !other.Repeats() && other.Behaviour == finding.Behaviour:
		case other.Behaviour == finding.Behaviour:
			e.found.Findings[i].meet(finding.Binding)
			return false
		case finding.Script.isBehind(other.Script) && !finding.outweighs(other):
			return false
		case !other.Script.isBehind(finding.Script) || other.outweighs(finding):
			kept = append(kept, other)
		}
	}
	e.found.Findings = append(kept, finding)
	return true
}

// meet notes that the same deviates in another binding.
func (f *Finding) meet(binding wire.Binding) {
	if f.Binding != binding && !slices.Contains(f.Also, binding) {
		f.Also = append(f.Also, binding)
	}
}

// outweighs says that it decides, and the other does not.
func (f Finding) outweighs(other Finding) bool {
	return f.Level == ledger.Must && other.Level != ledger.Must
}

// search is the shortening of one script. It judges by a model of its own, in
// which the cell is not known to be broken.
type search struct {
	*lane
	ctx       context.Context
	behaviour string
	judge     *model.Model
	runs      int
}

func (l *lane) searchFor(ctx context.Context, behaviour string) *search {
	others := func(id, binding string) bool { return id != behaviour && l.isBroken(id, binding) }
	return &search{lane: l, ctx: ctx, behaviour: behaviour, judge: model.New(l.options.Book, l.options.Releases, others)}
}

// attempt is a run that deviated as it should.
type attempt struct {
	script Script
	ending
}

// try runs the script on items of its own; it came if the same behaviour does
// not hold.
func (s *search) try(script Script) (attempt, bool) {
	if s.runs++; s.runs > mostRuns+proofs || s.ctx.Err() != nil || s.options.Client.Stopped() {
		return attempt{}, false
	}
	items, err := s.itemsFor(s.ctx, script)
	if err != nil {
		return attempt{}, false
	}
	end := s.run(s.ctx, s.judge, script, items)
	if end.deviation == nil || end.deviation.Behaviour != s.behaviour {
		return attempt{}, false
	}
	return attempt{script.upTo(end.at), end}, true
}

// settle spells the script in as few bindings as show the deviation.
func (s *search) settle(finding *Finding) {
	bindings := finding.Script.bindings()
	last := finding.Last().Variant.Binding
	slices.SortStableFunc(bindings, func(a, b wire.Binding) int {
		return map[bool]int{true: 0, false: 1}[a == last] - map[bool]int{true: 0, false: 1}[b == last]
	})
	for _, binding := range bindings {
		if plain, ok := finding.Script.in(binding, s.variants); ok {
			if again, came := s.try(plain); came {
				finding.take(again)
				return
			}
		}
	}
	if len(bindings) > 1 {
		// In one binding alone it holds: it is the bindings that do not agree.
		finding.Behaviour = crossing
		finding.Level = s.judge.LevelOf(crossing, string(finding.accusedBinding(s.options.Book)))
	}
}

// crossing is the behaviour of what deviates only where bindings are crossed.
const crossing = "protocol.bindings.agree"

// spread looks whether the script deviates in the other bindings, too.
func (s *search) spread(finding Finding) {
	if len(finding.Script.bindings()) > 1 || !finding.Repeats() {
		return
	}
	for _, binding := range s.plans.bindings {
		script, ok := finding.Script.in(binding, s.variants)
		if !ok || binding == finding.Binding || !s.claim(s.behaviour, string(binding)) {
			continue
		}
		_, came := s.try(script)
		s.noteSpread(finding, binding, came)
	}
}

func (e *Explorer) noteSpread(finding Finding, binding wire.Binding, came bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !came {
		delete(e.broken, Cell{finding.Behaviour, string(binding)})
		return
	}
	for i, other := range e.found.Findings {
		if other.Behaviour == finding.Behaviour && other.Binding == finding.Binding {
			e.found.Findings[i].meet(binding)
		}
	}
}
