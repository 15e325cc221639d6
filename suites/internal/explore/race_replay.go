package explore

import (
	"cmp"
	"context"
	"errors"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/linearizable"
)

// ReplayRace runs one race on the target as often as a race is run that clashed,
// and returns what each step came to when it first clashed, or at last.
func ReplayRace(ctx context.Context, options Options, race Race) (RaceFindings, []report.ReplayStep, error) {
	t := &tournament{Explorer: newExplorer(options)}
	l := &lane{Explorer: t.Explorer}
	defer l.close()
	l.probe(ctx)
	if options.Given && race.meeting.race.publishes() {
		return t.findings, nil, errors.New("complete would publish on an item of the user's")
	}
	var first *Clash
	var met encounter
	var why string
	tried, failed := 0, 0
	for turn := range repeats {
		if t.isStopped(ctx) {
			break
		}
		h := l.enter(ctx, race.items)
		again := h.meet(ctx, race.meeting.arranged(turn))
		l.leave(ctx, h)
		if why = h.why(); !again.judged {
			continue
		}
		tried++
		if again.clash != nil {
			failed++
			first = cmp.Or(first, again.clash)
		}
		if first == nil || first == again.clash {
			met = again
		}
	}
	t.findings.Requests = int(t.requests.Load())
	if first != nil {
		first.Timeline.Failed, first.Timeline.Tried = failed, tried
		first.Script = textOf(race.meeting, race.items)
		t.findings.Clashes = append(t.findings.Clashes, *first)
	}
	if tried == 0 {
		return t.findings, nil, errors.New(cmp.Or(why, "no two of its clients could act"))
	}
	return t.findings, stepsOfRace(met), nil
}

// why is the reason for which the history ended before its end.
func (h *history) why() string {
	if h.end.deviation != nil {
		return "before the race: expected " + h.end.deviation.Expected + ", got " + h.end.deviation.Got
	}
	return h.end.abandoned
}

// stepsOfRace are what the clients were answered, and what was seen then.
func stepsOfRace(met encounter) []report.ReplayStep {
	var steps []report.ReplayStep
	add := func(when string, event linearizable.Event) {
		step := Step{Operation: event.Operation}
		one := report.ReplayStep{Step: when + " " + step.String() + " (" + event.Binding + ")", Got: answerOf(event)}
		if at := len(steps); met.clash != nil && at < len(met.clash.Timeline.Requests) {
			one.Deviates = met.clash.Timeline.Requests[at].Unexplained
		}
		if one.Expected = "what some order explains"; one.Deviates {
			one.Expected = met.clash.Expected
		}
		steps = append(steps, one)
	}
	for _, branch := range met.past.Branches {
		add(together, branch[0])
	}
	for _, look := range met.past.Looks {
		add(then, look)
	}
	return steps
}
