package explore

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// planner makes scripts, one after the other: the same seed gives the same. What
// the target answers has no part in it; a script is planned with what the
// documents say is answered.
type planner struct {
	options  Options
	model    *model.Model
	bindings []wire.Binding
	random   *rand.Rand

	mu  sync.Mutex
	met coverage
	// planned is how many scripts there are, spent how many requests they take.
	planned, spent int
	// ends is how many sessions of each service were ended, failed how many
	// histories of failures there are.
	ends   map[string]int
	failed int
	// ahead are the scripts that no lane has come to yet, longest first.
	ahead []Script
}

func newPlanner(options Options) *planner {
	p := &planner{
		options: options, model: model.New(options.Book, options.Releases, nil),
		random: rand.New(rand.NewPCG(uint64(options.Seed), uint64(options.Parallel))), met: newCoverage(), ends: map[string]int{},
		planned: options.from,
	}
	for _, variant := range options.Variants(model.UpdateSession + ".create") {
		if !slices.Contains(p.bindings, variant.Binding) {
			p.bindings = append(p.bindings, variant.Binding)
		}
	}
	return p
}

// mostAhead is for how many requests is planned at once: as many as a usual run has,
// so that its lanes end together.
const mostAhead = 5000

// next is the next script; false when the requests are spent.
func (p *planner) next() (Script, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.ahead) == 0 {
		if p.spent >= p.options.Requests {
			return Script{}, false
		}
		p.planAhead()
	}
	script := p.ahead[0]
	p.ahead = p.ahead[1:]
	return script, true
}

// planAhead plans one script for each lane to begin with, and what is left when those
// are taken. The longest come first: one that began last would be waited for by all
// lanes but its own. Those of other shares are planned, too, since each depends on all
// before it.
func (p *planner) planAhead() {
	most, spent := max(1, p.options.Parallel), p.spent
	if p.planned > p.options.from {
		most = mostAhead
	}
	for len(p.ahead) < most && p.spent < p.options.Requests && p.spent-spent < mostAhead {
		script := p.plan()
		if p.options.Share.has(p.planned) {
			p.ahead = append(p.ahead, script)
		}
		p.spent += len(script.Steps)
		p.planned++
	}
	slices.SortStableFunc(p.ahead, func(a, b Script) int { return cmp.Compare(len(b.Steps), len(a.Steps)) })
}

// crowdEvery is how many histories lie between two that are crowds.
const crowdEvery = 60

// plan plans what a history does to one item or two, from the first session to
// the last: what happens to an item may depend on all that was done to it.
func (p *planner) plan() Script {
	w := &walk{planner: p, files: someFiles, uploaded: map[int]bool{}}
	if p.options.Given {
		w.script.Items = [model.MaxItems][model.MaxFiles]int16{unknownFiles, unknownFiles}
	}
	w.state = w.script.start()
	opening := scenes(p.bindings)
	switch after := p.planned - len(opening); {
	case p.options.Given:
		w.alone(p.planned)
		w.borrow()
	case after < 0:
		opening[p.planned](w)
	case after%crowdEvery == crowdEvery-1:
		w.alone(after)
		w.crowd()
	default:
		w.alone(after)
		chapters[after%len(chapters)](w)
	}
	w.finish()
	return w.script
}

// alone keeps every second history to one binding.
func (w *walk) alone(number int) {
	if number%2 == 0 {
		w.binding = w.bindings[number/2%len(w.bindings)]
	}
}
