package linearizable

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// asked is an operation on a session of the history, in api.
func asked(name string, session int) model.Operation {
	return model.Operation{Name: name, Binding: "api", Session: session}
}

var (
	done     = model.Answer{OK: true, Status: 204}
	notFound = model.Answer{Status: 404, Error: "not_found"}
	refused  = model.Answer{Status: 400, Error: "not_allowed_in_current_state"}
	busy     = model.Answer{Status: 500, Error: "resource_busy"}
)

func made(session int) model.Answer { return model.Answer{OK: true, Status: 201, Session: session} }

func shown(state model.States, session int) model.Answer {
	return model.Answer{OK: true, Status: 200, Shown: &model.Shown{State: state, Version: model.Open, Warning: model.Open}}
}

// atOnce makes the events of two clients overlap, and those of one follow each
// other.
func atOnce(branches ...[]Event) [][]Event {
	for _, branch := range branches {
		for i := range branch {
			branch[i].Call = time.Duration(2 * i)
			branch[i].Return = time.Duration(2*i + 1)
		}
	}
	return branches
}

func afterwards(events ...Event) []Event {
	for i := range events {
		events[i].Call, events[i].Return = time.Duration(100+2*i), time.Duration(101+2*i)
	}
	return events
}

// with is the state in which a session of the service is ACTIVE on an item.
func with(m *model.Model, service string) model.State {
	state, _ := m.Observe(model.Start(), model.Operation{Name: service + ".create", Binding: "api"}, made(0))
	return state
}

func documented(t *testing.T) *model.Model {
	t.Helper()
	book, err := ledger.Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return model.New(book, nil, nil)
}

func TestCheck(t *testing.T) {
	m := documented(t)
	const download, update = model.DownloadSession, model.UpdateSession
	cancel, remove, get := asked(download+".cancel", 0), asked(download+".delete", 0), asked(download+".get", 0)
	create := func(session, token int) model.Operation {
		return model.Operation{Name: update + ".create", Binding: "api", Session: session, Token: token}
	}
	for name, test := range map[string]struct {
		start    model.State
		branches [][]Event
		looks    []Event
		// breaks is what the weakest order breaks, look which look; none is explained.
		breaks string
		look   int
	}{
		"a cancel wins, the other is refused": {
			start:    with(m, download),
			branches: atOnce([]Event{{Operation: cancel, Answer: done}}, []Event{{Operation: cancel, Answer: refused}}),
		},
		"two cancels succeed": {
			start:    with(m, download),
			branches: atOnce([]Event{{Operation: cancel, Answer: done}}, []Event{{Operation: cancel, Answer: done}}),
			breaks:   "download_session.cancel.not_active", look: -1,
		},
		"a keep-alive gives way to another": {
			start: with(m, download),
			branches: atOnce(
				[]Event{{Operation: asked(download+".keep_alive", 0), Answer: done}},
				[]Event{{Operation: asked(download+".keep_alive", 0), Answer: refused}},
			),
			looks: afterwards(Event{Operation: get, Answer: shown(model.Active, 0)}),
		},
		"one cancel follows the other": {
			start: with(m, download),
			branches: [][]Event{
				{{Operation: cancel, Answer: refused, Call: 0, Return: 1}}, {{Operation: cancel, Answer: done, Call: 2, Return: 3}},
			},
			breaks: "download_session.cancel.ok", look: -1,
		},
		"a cancel whose answer was lost may have been first": {
			start:    with(m, download),
			branches: atOnce([]Event{{Operation: cancel, Lost: true}}, []Event{{Operation: cancel, Answer: refused}}),
		},
		"a get sees the session that a delete takes away": {
			start:    with(m, download),
			branches: atOnce([]Event{{Operation: get, Answer: shown(model.Active, 0)}}, []Event{{Operation: remove, Answer: done}}),
			looks:    afterwards(Event{Operation: get, Answer: notFound}),
		},
		"a deleted session comes back": {
			start:    with(m, download),
			branches: atOnce([]Event{{Operation: get, Answer: shown(model.Active, 0)}}, []Event{{Operation: remove, Answer: done}}),
			looks:    afterwards(Event{Operation: get, Answer: shown(model.Active, 0)}),
			breaks:   "download_session.delete.then_get", look: 0,
		},
		"an item gets one update session": {
			branches: atOnce([]Event{{Operation: create(0, 0), Answer: made(0)}}, []Event{{Operation: create(1, 0), Answer: busy}}),
		},
		"an item gets two update sessions": {
			branches: atOnce([]Event{{Operation: create(0, 0), Answer: made(0)}}, []Event{{Operation: create(1, 0), Answer: made(1)}}),
			breaks:   "update_session.create.busy", look: -1,
		},
		"one token makes one session": {
			branches: atOnce([]Event{{Operation: create(0, 1), Answer: made(0)}}, []Event{{Operation: create(1, 1), Answer: made(0)}}),
		},
		"one token makes two sessions": {
			branches: atOnce([]Event{{Operation: create(0, 1), Answer: made(0)}}, []Event{{Operation: create(1, 1), Answer: made(1)}}),
			breaks:   "update_session.create.token_idempotent", look: -1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)

			deviation := Check(m, History{Start: test.start, Branches: test.branches, Looks: test.looks})

			if test.breaks == "" {
				g.Expect(deviation).To(BeNil())
				return
			}
			g.Expect(deviation).NotTo(BeNil())
			g.Expect(deviation.Look).To(Equal(test.look))
			g.Expect(deviation.Weakest().Behaviour).To(Equal(test.breaks))
			for _, order := range deviation.Orders {
				g.Expect(order.Breaks.Behaviour).NotTo(BeEmpty())
			}
		})
	}
}
