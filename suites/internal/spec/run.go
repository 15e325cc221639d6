package spec

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/onsi/gomega"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// Ending is how a behaviour ended, before its level says what that means.
type Ending string

// The endings.
const (
	Held     Ending = "held"
	Broken   Ending = "broken"
	Skipped  Ending = "skipped"
	Blocked  Ending = "blocked"
	TimedOut Ending = "timed_out"
	NotRun   Ending = "not_run"
	Fault    Ending = "fault"
)

// Report is what became of one behaviour in one variant.
type Report struct {
	Ending Ending
	// Message explains every ending but Held; there, what was observed.
	Message string
	// BlockedBy is the id of the behaviour whose failing blocks this one, or in
	// words what else was missing.
	BlockedBy string
	Steps     []Step
	// Items are the library items that it worked on.
	Items []library.Item
	// Readings are those of the documents that the target was seen to follow.
	Readings []Reading
	// Silence is a request about the item that got no answer; it is no step.
	Silence string
}

// Step is an exchange and the name of the part of the behaviour that sent it.
type Step struct {
	Name string
	wire.Exchange
}

// Spec is what the body of one behaviour works with. It belongs to one
// goroutine; only AtOnce starts others, and waits for them.
type Spec struct {
	// Behaviour and Variant are what is being tested.
	Behaviour ledger.Behaviour
	Variant   wire.Variant

	gomega   gomega.Gomega
	target   *Target
	run      context.Context
	ctx      context.Context
	cancel   context.CancelFunc
	items    []library.Item
	unclean  map[string]bool
	cleanup  []func(context.Context)
	sessions []*Session
	step     string
	report   Report
	// putOff is for how long the target has put requests off.
	putOff time.Duration
}

// ending unwinds a body that is over before its end.
type ending struct {
	Ending
	message   string
	blockedBy string
}

// Run runs the body against the target, cleans up after it and tells what
// became of it. ctx ends when the run is abandoned, not when it is stopped.
func Run(ctx context.Context, target *Target, definition Definition, behaviour ledger.Behaviour, variant wire.Variant) Report {
	s := &Spec{Behaviour: behaviour, Variant: variant, target: target, run: ctx, unclean: map[string]bool{}}
	s.gomega = gomega.NewGomega(func(message string, _ ...int) { s.end(Broken, "", "%s", message) })
	s.restartClock()
	defer func() { s.cancel() }()
	s.body(definition.Body)
	s.cleanUp()
	return s.report
}

func (s *Spec) body(body func(*Spec)) {
	defer func() {
		switch end := recover().(type) {
		case nil:
		case ending:
			s.report.Ending, s.report.Message, s.report.BlockedBy = end.Ending, end.message, end.blockedBy
		default:
			s.report.Ending = Fault
			s.report.Message = fmt.Sprintf("the spec itself failed: %v\n%s", end, debug.Stack())
		}
	}()
	s.report.Ending = Held
	body(s)
}

func (s *Spec) end(end Ending, blockedBy, format string, arguments ...any) {
	panic(ending{end, fmt.Sprintf(format, arguments...), blockedBy})
}

// Expect makes an assertion about what the wire showed.
func (s *Spec) Expect(actual any) gomega.Assertion { return s.gomega.Expect(actual) }

// Fail ends the behaviour: the target broke it.
func (s *Spec) Fail(format string, arguments ...any) { s.end(Broken, "", format, arguments...) }

// Skip ends the behaviour: what it needs is not there, and that is no fault
// of the target.
func (s *Spec) Skip(format string, arguments ...any) { s.end(Skipped, "", format, arguments...) }

// Block ends the behaviour: what the other behaviour promises is its
// prerequisite, and did not hold; or by names in words what else was missing.
func (s *Spec) Block(by, format string, arguments ...any) { s.end(Blocked, by, format, arguments...) }

// Observe notes what the target did where the documents leave it open.
func (s *Spec) Observe(format string, arguments ...any) {
	s.report.Message = fmt.Sprintf(format, arguments...)
}

// Step names what follows, for the transcript.
func (s *Spec) Step(name string) { s.step = name }

// Item leases a library item for this behaviour alone.
func (s *Spec) Item() library.Item { return s.Items(1)[0] }

// Items leases several items at once; asked again, it returns the same ones.
func (s *Spec) Items(count int) []library.Item {
	if len(s.items) >= count {
		return s.items[:count]
	}
	if len(s.items) > 0 {
		panic("the spec leases items twice, which could wait for itself")
	}
	items, err := s.target.Library.Lease(s.run, count)
	if err != nil {
		s.noItem(err)
	}
	s.items = items
	s.report.Items = append(s.report.Items, items...)
	s.restartClock()
	return items
}

// noItem ends a behaviour that got no item to work on.
func (s *Spec) noItem(err error) {
	var tooFew *library.TooFewError
	switch {
	case errors.As(err, &tooFew), errors.Is(err, library.ErrNoLibrary):
		s.Skip("%s", err)
	case s.run.Err() != nil || errors.Is(err, wire.ErrStopped):
		s.end(NotRun, "", "the run was interrupted")
	}
	s.noAnswer(err)
	s.Block("a missing library item", "no library item to work on: %s", err)
}

// noAnswer notes an error that says that the target did not answer.
func (s *Spec) noAnswer(err error) {
	if wire.IsUnanswered(err) {
		s.report.Silence = err.Error()
	}
}

// restartClock gives the body its full time again: waiting for an item is not
// the target's doing.
func (s *Spec) restartClock() {
	if s.cancel != nil {
		s.cancel()
	}
	s.ctx, s.cancel = context.WithTimeout(s.run, s.target.Timeout)
}

// cleanUp runs what the body left to do, last first, and returns its items.
func (s *Spec) cleanUp() {
	ctx, cancel := s.target.cleanupContext(s.run)
	defer cancel()
	for i := len(s.cleanup) - 1; i >= 0; i-- {
		s.cleanup[i](ctx)
	}
	for _, item := range s.items {
		s.target.Library.Return(item, !s.unclean[item.ID])
	}
}
