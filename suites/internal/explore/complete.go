package explore

import (
	"context"
	"sync"

	"session-conformance/reporters/report"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// MostExtra is the most states that Complete can be asked for: each makes about
// ten times as many sequences.
const MostExtra = 2

// Complete walks a checking set of sequences for each service in each binding,
// and claims what that shows of a target with up to extra states more than the
// model. It starts Parallel goroutines, which end with the sequences, or as those
// of Explore do.
func Complete(ctx context.Context, options Options, extra int) (Found, []report.Claim) {
	e := newExplorer(options)
	var claims []report.Claim
	for _, service := range []string{model.DownloadSession, model.UpdateSession} {
		for _, binding := range e.plans.bindings {
			claims = append(claims, e.check(ctx, service, binding, extra))
		}
	}
	return e.result(), claims
}

// check walks the sequences of one machine.
func (e *Explorer) check(ctx context.Context, service string, binding wire.Binding, extra int) report.Claim {
	machine := e.model.Machine(service, string(binding), func(operation string) bool {
		_, served := Script{Steps: []Step{{Operation: model.Operation{Name: operation}}}}.in(binding, e.variants)
		return served
	})
	claim := claimOf(machine, service, binding, extra)
	scripts := e.sequences(machine, binding, extra)
	claim.Sequences = len(scripts)
	var mu sync.Mutex
	e.inLanes(scripts, func(l *lane, script Script) {
		whole, deviates := l.sequence(ctx, script)
		mu.Lock()
		defer mu.Unlock()
		claim.Deviates = claim.Deviates || deviates
		if !whole {
			claim.Unwalked++
		}
	})
	return claim
}

// sequences are the words of the machine as histories of one session.
func (e *Explorer) sequences(machine model.Machine, binding wire.Binding, extra int) []Script {
	var scripts []Script
	for _, word := range machine.Words(extra) {
		script := Script{Steps: []Step{{Operation: machine.Create}}}
		script.Items[0] = machine.Start.Items[0].Files
		for _, operation := range word {
			script.Steps = append(script.Steps, Step{Operation: operation})
		}
		if script, served := script.in(binding, e.variants); served {
			scripts = append(scripts, script)
		}
	}
	return scripts
}

// mostAttempts is how often a sequence is walked that was not answered to its end.
const mostAttempts = 3

// sequence walks the script, and says whether all of its steps were answered, and
// whether one deviates.
func (l *lane) sequence(ctx context.Context, script Script) (whole, deviates bool) {
	for range mostAttempts {
		if l.isStopped(ctx) {
			return false, false
		}
		end, err := l.one(ctx, script)
		switch {
		case err != nil:
		case end.deviation != nil:
			l.investigate(ctx, script, end)
			return true, true
		case end.abandoned == "" && script.isWhole(end.exchanges):
			return true, false
		}
	}
	return false, false
}

// isWhole says whether every step was sent, in its turn.
func (s Script) isWhole(exchanges []Exchange) bool {
	for _, step := range s.Steps {
		for len(exchanges) > 0 && exchanges[0].Step != step.String() {
			exchanges = exchanges[1:]
		}
		if len(exchanges) == 0 {
			return false
		}
		exchanges = exchanges[1:]
	}
	return true
}

// claimOf is what a machine can show, before it was walked.
func claimOf(machine model.Machine, service string, binding wire.Binding, extra int) report.Claim {
	claim := report.Claim{Service: service, Binding: string(binding), Extra: extra, Excluded: []report.ExcludedCell{}}
	for _, node := range machine.Nodes {
		claim.States = append(claim.States, node.Name)
	}
	for _, operation := range machine.Alphabet {
		claim.Alphabet = append(claim.Alphabet, Step{Operation: operation}.String())
	}
	for _, cell := range machine.Excluded {
		claim.Excluded = append(claim.Excluded, report.ExcludedCell{State: claim.States[cell[0]], Operation: claim.Alphabet[cell[1]]})
	}
	if one, other, found := machine.Alike(); found {
		claim.Alike = []string{claim.States[one], claim.States[other]}
	}
	return claim
}
