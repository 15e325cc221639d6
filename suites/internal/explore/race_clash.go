package explore

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/linearizable"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
	"session-conformance/suites/model"
)

// Clash is what no order of requests that overlapped explains.
type Clash struct {
	// Deviation is of the behaviour that does not hold: the one about concurrent
	// clients, or that of what was seen afterwards.
	model.Deviation
	Service   string
	Binding   wire.Binding
	Timeline  report.Timeline
	Exchanges []Exchange
	// Script is the race as text.
	Script string
}

// clashOf is what a reader gets of the deviation; the exchanges of the race begin
// at first.
func (h *history) clashOf(m meeting, past linearizable.History, d *linearizable.Deviation, first int) *Clash {
	clash := &Clash{
		Deviation: d.Weakest(), Service: m.race.service, Binding: m.clients[0].Variant.Binding, Exchanges: slices.Clone(h.exchanges),
		Timeline: report.Timeline{Requests: requestsOf(past, d, h.exchanges[first:], first), Orders: ordersOf(past, d)},
	}
	if d.Look >= 0 {
		clash.Binding = wire.Binding(past.Looks[d.Look].Binding)
		return clash
	}
	// No document speaks of requests that overlap, so this is at most SHOULD.
	clash.Behaviour = m.race.service + ledger.Concurrency
	clash.Level = ledger.Should
	clash.Expected = "answers that some order of the requests explains"
	clash.Got = answersOf(past)
	return clash
}

// Steps are the exchanges of the race.
func (c Clash) Steps() []spec.Step { return stepsOf(c.Exchanges) }

// Failure is what no order explains, with the timeline in words.
func (c Clash) Failure() spec.Failure {
	failure := spec.Expected("%s", c.Expected).Got("%s", c.Got)
	failure = failure.Detail("it came %d of %d times", c.Timeline.Failed, c.Timeline.Tried)
	for _, order := range c.Timeline.Orders {
		failure = failure.Detail("%s", order)
	}
	if c.Script != "" {
		failure = failure.Detail("the race, as %s:", report.HistoryFile(c.Behaviour))
		for line := range strings.Lines(c.Script) {
			failure = failure.Detail("  %s", strings.TrimRight(line, "\n"))
		}
	}
	failure.Step = "at once"
	for _, request := range c.Timeline.Requests {
		if request.Unexplained {
			failure.Operation, failure.Exchange = request.Operation, request.Exchange
		}
	}
	return failure
}

// answersOf lists what the clients were answered.
func answersOf(past linearizable.History) string {
	var words []string
	for _, branch := range past.Branches {
		for _, event := range branch {
			words = append(words, shortName(event)+" "+answerOf(event))
		}
	}
	return strings.Join(words, " and ") + " at once"
}

// shortName is the operation without its service.
func shortName(event linearizable.Event) string {
	_, short, _ := strings.Cut(event.Name, ".")
	return short
}

// answerOf says the answer, and what it shows, in words.
func answerOf(event linearizable.Event) string {
	switch {
	case event.Lost:
		return "no answer"
	case event.OK && event.Shown != nil:
		return fmt.Sprintf("%d %s", event.Status, event.Shown.State)
	case event.OK && strings.HasSuffix(event.Name, ".create"):
		return fmt.Sprintf("%d session %d", event.Status, event.Answer.Session+1)
	case event.OK && event.Listed != nil:
		return fmt.Sprintf("%d with %s", event.Status, sessionsIn(*event.Listed))
	}
	return event.Answer.String()
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func sessionsIn(listed [model.MaxSessions]bool) string {
	var numbers []string
	for number, is := range listed {
		if is {
			numbers = append(numbers, fmt.Sprint(number+1))
		}
	}
	switch len(numbers) {
	case 0:
		return "no session"
	case 1:
		return "session " + numbers[0]
	}
	return "sessions " + strings.Join(numbers, " and ")
}

// requestsOf are the requests of a timeline. The looks were asked one after the
// other, behind what waited for the target to settle.
func requestsOf(past linearizable.History, d *linearizable.Deviation, exchanges []Exchange, first int) []report.TimelineRequest {
	var requests []report.TimelineRequest
	add := func(client int, event linearizable.Event, unexplained bool) {
		one := report.TimelineRequest{
			Client: client, Operation: event.Name, Answer: answerOf(event), Lost: event.Lost, Unexplained: unexplained,
			Sent: milliseconds(event.Call), Answered: milliseconds(event.Return),
		}
		if at := slices.IndexFunc(exchanges, func(x Exchange) bool { return x.Operation == event.Name }); at >= 0 {
			place := first + at
			one.Exchange = &place
		}
		requests = append(requests, one)
	}
	for client, branch := range past.Branches {
		for _, event := range branch {
			add(client+1, event, d.Look < 0)
		}
	}
	for i, look := range past.Looks {
		if i <= d.Look {
			add(0, look, i == d.Look)
		}
	}
	fromZero(requests)
	return requests
}

// fromZero lets the time of the requests begin with the first.
func fromZero(requests []report.TimelineRequest) {
	earliest := slices.MinFunc(requests, func(a, b report.TimelineRequest) int { return int(1e6 * (a.Sent - b.Sent)) }).Sent
	for i := range requests {
		requests[i].Sent -= earliest
		requests[i].Answered -= earliest
	}
}

// ordersOf says of each order what breaks in it, each sentence once.
func ordersOf(past linearizable.History, d *linearizable.Deviation) []string {
	var lines []string
	for _, order := range d.Orders {
		var names []string
		for _, place := range order.Events {
			names = append(names, nameOf(past, place))
		}
		breaks := order.Breaks
		sentence := fmt.Sprintf("%s would have to be answered %s (%s)", nameOf(past, order.At), breaks.Expected, breaks.Behaviour)
		if len(names) > 0 {
			sentence = "after " + strings.Join(names, ", ") + ": " + sentence
		}
		if !slices.Contains(lines, sentence) {
			lines = append(lines, sentence)
		}
	}
	return lines
}

func nameOf(past linearizable.History, place linearizable.Place) string {
	if place.Branch == linearizable.Looks {
		return shortName(past.Looks[place.Event]) + " afterwards"
	}
	return fmt.Sprintf("%s of client %d", shortName(past.Branches[place.Branch][place.Event]), place.Branch+1)
}
