package explore

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/reporters/report"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// Options say what is explored, and how far.
type Options struct {
	Client, Cleaner *wire.Client
	// LogIn logs in once more as the same account, and returns what ends that; nil
	// where there is no account.
	LogIn    func(ctx context.Context) (client *wire.Client, logOut func(), err error)
	Library  *library.Library
	Prefixes wire.Prefixes
	Book     *ledger.Ledger
	// Releases are those that the target may be of.
	Releases []string
	// Variants are those of an operation that the target is known to serve,
	// plainest first.
	Variants func(operation string) []wire.Variant
	// Broken says what is known not to hold in a binding.
	Broken func(behaviour, binding string) bool
	// Seed chooses the histories, Parallel is how many run at once; the same
	// two give the same histories.
	Seed     int64
	Parallel int
	// Requests is how many are spent on histories; what is found costs a few more
	// to shorten. For bounds the time, 0 not at all.
	Requests int
	For      time.Duration
	// Share is what is walked of these histories and races.
	Share Share
	// LongestWait cuts the budget of every poll, if it is not 0.
	LongestWait time.Duration
	// Given says that the items are the user's: nothing is published.
	Given bool
	// from is the number of the first history; tests begin with another than the first.
	from int
}

// Explorer explores one target, once.
type Explorer struct {
	options Options
	model   *model.Model
	plans   *planner
	// completesAtOnce says that complete was seen to end a session before it is
	// answered.
	completesAtOnce bool

	requests  atomic.Int64
	lateInRow atomic.Int64

	// histories is read-locked by each that is under way.
	histories sync.RWMutex

	mu       sync.Mutex
	found    Found
	broken   map[Cell]bool
	vain     map[Cell]int
	edges    map[Edge]int
	silent   map[wire.Binding]bool
	newItems map[string]time.Time
	ticks    ticks
	shows    shows
	// waitedInVain is how often something did not come within its whole budget.
	waitedInVain atomic.Int32
	// lostCreate says that a create was not answered that may have made a session.
	lostCreate atomic.Bool
	// lookedInVain says that a file was not shown as it is in all that time.
	lookedInVain atomic.Bool
	// slowest is the longest that a file took to be shown as it is.
	slowest time.Duration
}

// Cell is a behaviour in a binding.
type Cell struct{ Behaviour, Binding string }

// mostSilence is how many requests in a row may stay without an answer.
const mostSilence = 8

// Explore explores the target. It starts Parallel goroutines and returns when
// the last has ended: they end with their share of the requests, when the time
// is over, when the client was stopped or ctx is over, and when the target is
// silent.
func Explore(ctx context.Context, options Options) Found {
	e := newExplorer(options)
	if len(e.plans.bindings) == 0 {
		return e.found
	}
	began := time.Now()
	var group sync.WaitGroup
	for range options.Parallel {
		group.Go(func() {
			lane := &lane{Explorer: e}
			defer lane.close()
			lane.explore(ctx, func() bool { return options.For > 0 && time.Since(began) > options.For })
		})
	}
	group.Wait()
	if options.Share.has(0) {
		e.survey(ctx)
	}
	return e.result()
}

func newExplorer(options Options) *Explorer {
	e := &Explorer{
		options: options, broken: map[Cell]bool{}, vain: map[Cell]int{}, edges: map[Edge]int{},
		silent: map[wire.Binding]bool{}, newItems: map[string]time.Time{},
		ticks: ticks{map[wire.Binding]time.Duration{}, map[wire.Binding]bool{}},
	}
	e.model = model.New(options.Book, options.Releases, e.isBroken)
	e.plans = newPlanner(options)
	if slices.ContainsFunc(e.plans.bindings, e.isKnownLate) {
		e.waitedInVain.Store(1)
	}
	return e
}

// isKnownLate says that an upload, or a session that is completed, was waited for in
// vain before.
func (e *Explorer) isKnownLate(binding wire.Binding) bool {
	return e.isBroken(model.UpdateFile+".push.put", string(binding)) ||
		e.isBroken(model.UpdateSession+".complete.state_done", string(binding))
}

func (e *Explorer) result() Found {
	e.mu.Lock()
	defer e.mu.Unlock()
	found := e.found
	found.Requests, found.Cells = int(e.requests.Load()), e.cells()
	for edge, count := range e.edges {
		edge.Count = count
		found.Edges = append(found.Edges, edge)
	}
	slices.SortFunc(found.Edges, func(a, b Edge) int { return report.Edge(a).Compare(report.Edge(b)) })
	slices.SortFunc(found.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Behaviour, b.Behaviour), cmp.Compare(a.Binding, b.Binding))
	})
	return found
}

// isBroken is asked by the model, from several goroutines.
func (e *Explorer) isBroken(behaviour, binding string) bool {
	if e.options.Broken != nil && e.options.Broken(behaviour, binding) {
		return true
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.broken[Cell{behaviour, binding}]
}

// claim notes that the cell is broken; false if somebody did before.
func (e *Explorer) claim(behaviour, binding string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	cell := Cell{behaviour, binding}
	if e.broken[cell] {
		return false
	}
	e.broken[cell] = true
	return true
}

// mostVain is how often a cell is looked into whose deviation does not come
// again: it may take what other histories do meanwhile.
const mostVain = 3

// release lets the cell be judged again, since nothing is known for certain.
func (e *Explorer) release(behaviour, binding string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	cell := Cell{behaviour, binding}
	if e.vain[cell]++; e.vain[cell] < mostVain {
		delete(e.broken, cell)
	}
}

// variants are those in which a step can be spelled; what is no operation of a
// service has one for each binding.
func (e *Explorer) variants(operation string) []wire.Variant {
	return e.options.variantsOf(operation)
}

func (o Options) variantsOf(operation string) []wire.Variant {
	of := operation
	switch operation {
	case model.Upload:
		of = model.UpdateFile + ".add"
	case model.Download:
		of = model.DownloadFile + ".prepare"
	case model.GetItem, model.ListFiles, model.LogIn:
		of = model.UpdateSession + ".get"
	default:
		return o.Variants(operation)
	}
	var plain []wire.Variant
	for _, variant := range o.Variants(of) {
		if !slices.ContainsFunc(plain, func(v wire.Variant) bool { return v.Binding == variant.Binding }) {
			plain = append(plain, variant)
		}
	}
	return plain
}

func (e *Explorer) isOver(ctx context.Context) bool {
	return ctx.Err() != nil || e.options.Client.Stopped()
}

// isStopped says that the run is over, or the target silent.
func (e *Explorer) isStopped(ctx context.Context) bool {
	return e.isOver(ctx) || e.lateInRow.Load() >= mostSilence
}

func (e *Explorer) count() { e.requests.Add(1) }

func (e *Explorer) noteSilence() { e.lateInRow.Add(1) }

func (e *Explorer) isSilentAbout(binding wire.Binding) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.silent[binding]
}

func (e *Explorer) noteSilent(binding wire.Binding) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.silent[binding] = true
}

// freshFor is how long a right server may need until a new item takes files
// (reference, section 10, row 3).
const freshFor = 2 * time.Minute

func (e *Explorer) isNew(item string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	created, known := e.newItems[item]
	return known && time.Since(created) < freshFor
}

// takesFiles: what has taken one is new no more.
func (e *Explorer) takesFiles(item string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.newItems, item)
}
