package spec

import (
	"context"
	"slices"
	"time"

	"session-conformance/fixtures/library"
)

// arrangement is a session that a behaviour had arranged, on the one item that
// it works on. If the behaviour leaves it as it is, the next one that wants the
// like goes on with it: refusals and looks follow each other on one session. A
// behaviour that does not hold on such a session is judged again on its own.
type arrangement struct {
	session *Session
	// what is its state, or what else it is like.
	what  State
	since time.Time
	// steps are how it came to be what it is.
	steps []Step
	// unclean and doubt are what it has made of its item.
	unclean bool
	doubt   doubt
}

// used is what an ACTIVE session is like with which something was done: it can
// still be ended.
const used State = "used"

// likeness says which sessions may stand for each other.
func (s *Spec) likeness(service string, what State) string {
	return string(s.Variant.Binding) + " " + service + " " + string(what)
}

// inherit returns a session that an earlier behaviour has left and that is what
// is wanted, best the first of it, if this behaviour works on no item yet; nil
// where there is none.
func (s *Spec) inherit(service string, wanted ...State) *arrangement {
	if s.isolated || len(s.items) > 0 {
		return nil
	}
	var likes []string
	for _, what := range wanted {
		likes = append(likes, s.likeness(service, what))
	}
	item, left, err := s.target.Library.LeaseLike(s.run, likes...)
	if err != nil {
		s.noItem(err)
	}
	s.workOn([]Item{item})
	if left == nil {
		return nil
	}
	kept := *left.Session.(*arrangement)
	session := *kept.session
	session.spec, kept.session = s, &session
	s.arrangement, s.report.Inherited = &kept, true
	s.unclean[item.ID], s.doubts[item.ID] = kept.unclean, kept.doubt
	s.report.Steps = append(s.report.Steps, kept.steps...)
	s.adopt(&session)
	return &kept
}

// Arranged is the session that arrange makes, or one that an earlier behaviour
// has made so and left as it was; what says in words which are alike.
func (s *Spec) Arranged(service string, what State, arrange func() *Session) *Session {
	if kept := s.inherit(service, what); kept != nil {
		return kept.session
	}
	done := s.arranges(what)
	session := arrange()
	done(session)
	return session
}

// beginArranging lets what follows count as arranging until the function that it
// returns is called.
func (s *Spec) beginArranging() (end func()) {
	outer := s.arranging
	s.arranging = true
	return func() { s.arranging = outer }
}

// arranges begins an arrangement; the function that it returns ends it with the
// session that was arranged, which is remembered if another behaviour could go on
// with it; nil if it is an earlier one's.
func (s *Spec) arranges(what State) (done func(*Session)) {
	first, since, end := len(s.report.Steps), time.Now(), s.beginArranging()
	return func(session *Session) {
		end()
		if session == nil {
			return
		}
		if s.arrangement != nil {
			since = s.arrangement.since
		}
		if len(s.sessions) == 1 && len(s.items) == 1 && session.Item.ID == s.items[0].ID {
			id := session.Item.ID
			steps := slices.Clone(s.report.Steps[first:])
			s.arrangement = &arrangement{session, what, since, steps, s.unclean[id], s.doubts[id]}
		}
	}
}

// leave decides whether the behaviour's one session stays on its item, and as
// what: as it was arranged, in the state in which it was last seen, or as used.
func (s *Spec) leave() {
	if s.isolated || s.report.Ending != Held || len(s.sessions) != 1 || len(s.items) != 1 || s.items[0].Given {
		return
	}
	kept, item := s.arrangement, s.items[0]
	if kept == nil {
		session := s.sessions[0]
		kept = &arrangement{session: session, what: Active, since: session.since}
		s.touched = true
	}
	if kept.session.Item.ID != item.ID || s.unclean[item.ID] != kept.unclean || s.doubts[item.ID] != kept.doubt {
		return
	}
	if s.touched {
		if kept.what = s.whatIs(kept); kept.what == "" {
			return
		}
		kept.steps = slices.Clone(s.report.Steps)
	}
	s.kept = kept
}

// whatIs is what a session is like that something was done with; empty if nobody
// could go on with it.
func (s *Spec) whatIs(kept *arrangement) State {
	isPlain := slices.Contains(append(States(kept.session.Service), used, Ended), kept.what)
	switch {
	case !isPlain:
		return ""
	case over[s.seen]:
		return s.seen
	case s.ended:
		return ""
	}
	return used
}

// leaves returns what is left on the item.
func (s *Spec) leaves(item Item) (library.Left, bool) {
	if s.kept == nil || s.kept.session.Item.ID != item.ID {
		return library.Left{}, false
	}
	// The transcript of this behaviour ends with it.
	caretaker := &Spec{
		target: s.target, Behaviour: s.Behaviour, Variant: s.Variant, report: Report{Ending: Held},
		doubts: map[string]doubt{item.ID: s.kept.doubt},
	}
	kept, session := *s.kept, *s.kept.session
	session.spec, kept.session = caretaker, &session
	return library.Left{
		Like: s.likeness(session.Service, kept.what), Since: kept.since, Session: &kept,
		Delete: func(ctx context.Context) bool {
			ctx, cancel := s.target.cleanupContext(ctx)
			defer cancel()
			return caretaker.dispose(ctx, &session) == nil && !kept.unclean && caretaker.isAsItWas(ctx, item)
		},
	}, true
}
