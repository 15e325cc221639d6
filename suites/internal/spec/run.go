package spec

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

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
	// Failure is what broke it, where that is Broken; Message is its sentence.
	Failure *Failure
	// BlockedBy is the id of the behaviour whose failing blocks this one, or in
	// words what else was missing.
	BlockedBy string
	Steps     []Step
	// Items are the library items that it worked on.
	Items []library.Item
	// Deviations are the answers that break a rule of their binding.
	Deviations []Deviation
	// InVain are what the behaviour waited for, in its binding, and did not come.
	InVain []string
	// Readings are those of the documents that the target was seen to follow.
	Readings []Reading
	// Silence is a request about the item that got no answer; it is no step.
	Silence string
	// Lost are the requests whose answers were lost, by what they asked for;
	// Absences is how often the target went away meanwhile.
	Lost     []string
	Absences int
	// Inherited says that it went on with a session that an earlier behaviour
	// had arranged, and left as it was.
	Inherited bool
}

// Step is an exchange and the name of the part of the behaviour that sent it.
type Step struct {
	Name string
	// Operation is the one that was asked for; another word for what is none,
	// such as a transfer.
	Operation string
	wire.Exchange
	// isLook says that it only looks at the item itself, or at its files.
	isLook bool
}

// Spec is what the body of one behaviour works with. It belongs to one
// goroutine.
type Spec struct {
	// Behaviour and Variant are what is being tested.
	Behaviour ledger.Behaviour
	Variant   wire.Variant

	target *Target
	run    context.Context
	ctx    context.Context
	cancel context.CancelFunc
	items  []library.Item
	// unclean are items that are not lent again, doubts those that are only if
	// they are as they were.
	unclean map[string]bool
	// made are items that it made for itself.
	made     map[string]bool
	doubts   map[string]doubt
	cleanup  []func(context.Context)
	sessions []*Session
	step     string
	report   Report
	// isolated says that it takes nothing from other behaviours, and leaves them
	// nothing. touched says that something was done beside the arrangement that
	// only looks and refusals may follow.
	isolated, arranging, touched bool
	// ended says that what was done may have ended the one session, seen is the
	// state in which get showed it since the last thing that was done.
	ended             bool
	seen              State
	arrangement, kept *arrangement
	// hasFiles says that the session which is arranged brings files.
	hasFiles bool
	// putOff is for how long the target has put requests off.
	putOff time.Duration
}

// ending unwinds a body that is over before its end.
type ending struct {
	Ending
	message   string
	blockedBy string
	failure   *Failure
}

// Run runs the body against the target, cleans up after it and tells what
// became of it. ctx ends when the run is abandoned, not when it is stopped.
func Run(ctx context.Context, target *Target, definition Definition, behaviour ledger.Behaviour, variant wire.Variant) Report {
	return runSpec(ctx, target, definition, behaviour, variant, false)
}

// RunIsolated is Run for a body that takes nothing from other behaviours and
// leaves them nothing.
func RunIsolated(ctx context.Context, target *Target, definition Definition, behaviour ledger.Behaviour, variant wire.Variant,
) Report {
	return runSpec(ctx, target, definition, behaviour, variant, true)
}

func runSpec(ctx context.Context, target *Target, definition Definition, behaviour ledger.Behaviour, variant wire.Variant,
	isolated bool,
) Report {
	ctx = wire.WithRequestID(ctx, RequestID(target.RunID, behaviour.ID, variant))
	s := &Spec{
		Behaviour: behaviour, Variant: variant, target: target, run: ctx, isolated: isolated,
		unclean: map[string]bool{}, made: map[string]bool{}, doubts: map[string]doubt{},
	}
	before := target.absences()
	s.restartClock()
	defer func() { s.cancel() }()
	s.body(definition.Body)
	s.report.Absences = target.absences() - before
	s.cleanUp()
	return s.report
}

// RequestID tells in the target's log which behaviour of which run has sent a
// request.
func RequestID(run, behaviour string, variant wire.Variant) string {
	return strings.Join([]string{run, behaviour, strings.ReplaceAll(variant.String(), " ", ".")}, "/")
}

func (s *Spec) body(body func(*Spec)) {
	defer func() {
		switch end := recover().(type) {
		case nil:
		case ending:
			s.report.Ending, s.report.Message = end.Ending, end.message
			s.report.BlockedBy, s.report.Failure = end.blockedBy, end.failure
		default:
			s.report.Ending = Fault
			s.report.Message = fmt.Sprintf("the spec itself failed: %v\n%s", end, debug.Stack())
		}
	}()
	s.report.Ending = Held
	body(s)
}

func (s *Spec) end(end Ending, blockedBy, format string, arguments ...any) {
	panic(ending{Ending: end, message: fmt.Sprintf(format, arguments...), blockedBy: blockedBy})
}

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

// Aside names what follows until the function that it returns is called, which
// gives back the name from before.
func (s *Spec) Aside(name string) (restore func()) {
	before := s.step
	s.step = name
	return func() { s.step = before }
}

// restartClock gives the body its full time again: waiting for an item is not
// the target's doing.
func (s *Spec) restartClock() { s.extendClock(0) }

// extendClock gives the body its full time again, and the grace on top.
func (s *Spec) extendClock(grace time.Duration) {
	if s.cancel != nil {
		s.cancel()
	}
	s.ctx, s.cancel = context.WithTimeout(s.run, s.target.Timeout+grace)
}

// cleanUp runs what the body left to do, last first, and returns its items.
func (s *Spec) cleanUp() {
	ctx, cancel := s.target.cleanupContext(s.run)
	defer cancel()
	s.leave()
	for i := len(s.cleanup) - 1; i >= 0; i-- {
		s.cleanup[i](ctx)
	}
	for _, item := range s.items {
		s.giveBack(ctx, item)
	}
}
