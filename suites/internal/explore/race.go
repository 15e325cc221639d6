package explore

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// RaceFindings are what races came to.
type RaceFindings struct {
	Requests int
	Clashes  []Clash
	// Judged are the behaviours about concurrent clients that some race was about.
	Judged []Cell
}

// course is a life in a binding or, of several, in all of them by turns. Its turn
// says which clients come first.
type course struct {
	life     life
	bindings []wire.Binding
	turn     int
}

// IsOfRaces says whether the behaviour is judged by races alone.
func IsOfRaces(behaviour string) bool { return strings.HasSuffix(behaviour, ledger.Concurrency) }

const (
	// mostRaceLanes is how many races go on at once on a target that is far away.
	mostRaceLanes = 4
	// near is the time in which a target answers that one race at a time asks enough:
	// more would keep the machine so busy that the requests of one do not overlap.
	near = 5 * time.Millisecond
)

// Races runs the races in every binding, as many as the requests allow, and
// finds what no order explains. It starts up to Parallel goroutines, which end
// with their requests as those of Explore do.
func Races(ctx context.Context, options Options) RaceFindings {
	e := newExplorer(options)
	if len(e.plans.bindings) == 0 {
		return RaceFindings{}
	}
	first := &lane{Explorer: e}
	shared, quickest := first.probe(ctx)
	lanes := []*lane{first}
	for quickest > near && len(lanes) < min(options.Parallel, mostRaceLanes) {
		lanes = append(lanes, &lane{Explorer: e})
	}
	next := make(chan course)
	t := &tournament{Explorer: e}
	var group sync.WaitGroup
	for _, lane := range lanes {
		group.Go(func() {
			defer lane.close()
			for course := range next {
				t.live(ctx, lane, course)
			}
		})
	}
	lives := e.lives()
	for turn := options.Share.Number; t.mayRace(ctx); turn += max(1, options.Share.Of) {
		round, at := turn/len(lives), turn%len(lives)
		next <- course{life: lives[at], bindings: bindingsIn(round, at, e.plans.bindings, shared), turn: round}
	}
	close(next)
	group.Wait()
	t.findings.Requests = int(e.requests.Load())
	return t.findings
}

// dearest is about how many requests the longest race makes, with all that is looked
// at and deleted behind it.
const dearest = 36

// mayRace says whether there are requests left for one more race.
func (t *tournament) mayRace(ctx context.Context) bool {
	budget := t.options.Share.of(t.options.Requests)
	if !t.options.Share.isPart() { // a share may be no dearer than one race
		budget -= min(dearest, budget/2)
	}
	return t.requests.Load()-t.again.Load() < int64(budget) && !t.isStopped(ctx)
}

// lives are those of both services, in an order of the seed's.
func (e *Explorer) lives() []life {
	lives := slices.Concat(downloads, updates)
	random := rand.New(rand.NewPCG(uint64(e.options.Seed), 0))
	random.Shuffle(len(lives), func(i, j int) { lives[i], lives[j] = lives[j], lives[i] })
	return lives
}

// everyAlone is how often clients of one binding meet where others share its
// sessions: what is wrong among those is mostly wrong between bindings, too, and
// there each operation has more of them.
const everyAlone = 3

// bindingsIn are those in which a life is led in a round: all that share their
// sessions, each time another one first, or one alone, each in its turn.
func bindingsIn(round, at int, all, shared []wire.Binding) []wire.Binding {
	if len(shared) > 1 && round%everyAlone < everyAlone-1 {
		first := (round + at) % len(shared)
		return slices.Concat(shared[first:], shared[:first])
	}
	if len(shared) > 1 {
		round /= everyAlone
	}
	alone := (round + at) % len(all)
	return all[alone : alone+1]
}

// tournament is the races of all lanes, and what they came to.
type tournament struct {
	*Explorer
	// again is how many requests were spent on what clashed before.
	again    atomic.Int64
	mu       sync.Mutex
	findings RaceFindings
}

// meetings are those of the life, in its bindings. What would publish is left out
// where the items are the user's.
func (c course) meetings(e *Explorer) (all []meeting) {
	for _, race := range c.life {
		if e.options.Given && race.publishes() {
			continue
		}
		for _, bindings := range c.bindingsOf(race) {
			if meeting, served := e.meetingOf(race, bindings); served {
				all = append(all, meeting.arranged(c.turn))
			}
		}
	}
	return all
}

// bindingsOf are those of each time that the race is run.
func (c course) bindingsOf(r race) (all [][]wire.Binding) {
	switch r.where {
	case apart:
		for _, binding := range c.bindings {
			all = append(all, []wire.Binding{binding})
		}
		return all
	case alone:
		return [][]wire.Binding{c.bindings[:1]}
	}
	return [][]wire.Binding{c.bindings}
}

// live runs the races of a life, one after the other in one history as long as it
// is known what is on the target.
func (t *tournament) live(ctx context.Context, l *lane, course course) {
	var h *history
	for _, meeting := range course.meetings(t.Explorer) {
		// A share is small, and nobody else leads its lives to their end.
		if !t.options.Share.isPart() && !t.mayRace(ctx) || t.isStopped(ctx) {
			break
		}
		if h == nil {
			h = l.enter(ctx, heldFiles)
		}
		met := h.meet(ctx, meeting)
		t.note(meeting, met.judged)
		if h.isOver() || met.clash != nil {
			l.leave(ctx, h)
			h = nil
		}
		if met.clash != nil {
			t.look(ctx, l, meeting, met.clash)
		}
	}
	if h != nil {
		l.leave(ctx, h)
	}
}

// note notes that a race of the service was run to its end in its bindings.
func (t *tournament) note(m meeting, judged bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, step := range m.clients {
		one := Cell{m.race.service + ledger.Concurrency, step.Binding}
		if judged && !slices.Contains(t.findings.Judged, one) {
			t.findings.Judged = append(t.findings.Judged, one)
		}
	}
}

// isOver says that nothing more can be done in the history.
func (h *history) isOver() bool { return h.end.deviation != nil || h.end.abandoned != "" }

// heldFiles is what the races' item holds, if nothing else is known of it: two
// files, which download sessions offer and update sessions remove.
var heldFiles = [model.MaxFiles]int16{1, 2}

// filesHeld is what the lane's item holds when it is new.
func (l *lane) filesHeld() (files [model.MaxFiles]int16) {
	if l.unfilled || l.options.Given {
		return files
	}
	return heldFiles
}

// enter begins a history on the lane's item. A new one gets the files, unless the
// target does not take them.
func (l *lane) enter(ctx context.Context, files [model.MaxFiles]int16) *history {
	h := &history{Explorer: l.Explorer, judgedBy: l.model}
	script := Script{Steps: []Step{{Operation: model.Operation{Name: model.DownloadSession + ".create"}}}}
	if script.Items[0] = l.items[0].files; l.items[0].id == "" && !l.unfilled {
		script.Items[0] = files
	}
	items, err := l.prepare(ctx, script)
	if errors.Is(err, errNotFilled) {
		l.unfilled = true
		return l.enter(ctx, files)
	}
	if err != nil {
		h.end.abandoned = err.Error()
	}
	h.items, h.state = items, model.Start(l.items[0].files)
	return h
}

// leave deletes what the history made, and keeps its item if it is known.
func (l *lane) leave(ctx context.Context, h *history) {
	h.end.state, h.end.clean = h.state, h.cleanUp(ctx)
	script := Script{}
	script.Items[0] = l.items[0].files
	l.keepItems(script, h.items, h.end)
}
