package explore

import (
	"context"
	"slices"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// paths lead a new session of a service to a state.
var paths = map[string]map[string]operations{
	model.DownloadSession: {
		model.Active.String():   {createOne},
		model.Canceled.String(): {createOne, cancel},
		model.Failed.String():   {createOne, fail},
		model.Gone.String():     {createOne, remove},
	},
	model.UpdateSession: {
		model.Active.String():   {createOne},
		model.Done.String():     {createOne, add, upload, complete},
		model.Canceled.String(): {createOne, cancel},
		model.Failed.String():   {createOne, fail},
		model.Gone.String():     {createOne, fail, remove},
	},
}

// survey asks in each state for the operations that no history came to there:
// what the documents are silent about, and what chance has left out.
func (e *Explorer) survey(ctx context.Context) {
	var scripts []Script
	for _, service := range []string{model.DownloadSession, model.UpdateSession} {
		for _, state := range []model.States{model.Active, model.Done, model.Canceled, model.Failed, model.Gone} {
			if script, any := e.visit(service, state.String()); any {
				scripts = append(scripts, script)
			}
		}
	}
	e.inLanes(scripts, func(l *lane, script Script) {
		if l.isStopped(ctx) {
			return
		}
		if end, err := l.one(ctx, script); err == nil && end.deviation != nil {
			l.investigate(ctx, script, end)
		}
	})
}

// visit is a history that leads to the state, looks at it, and does there all
// that was not done yet; false if that is nothing.
func (e *Explorer) visit(service, state string) (Script, bool) {
	path, binding := paths[service][state], e.plans.bindings[0]
	unmet := e.unmet(service, state, binding)
	if path == nil || len(unmet) == 0 || e.options.Given && slices.Contains(path, complete) {
		return Script{}, false
	}
	script := Script{}
	if service == model.DownloadSession && !e.options.Given {
		script.Items[0][0] = 1
	}
	as := race{service: service}
	for _, short := range append(slices.Clone(path), get) {
		script.Steps = append(script.Steps, Step{Operation: as.of(short)})
	}
	for _, operation := range unmet {
		script.Steps = append(script.Steps, Step{Operation: model.Operation{Name: operation, Binding: string(binding)}})
	}
	return script.in(binding, e.variants)
}

// unmet are the operations that the binding has and that were not met in the
// state, but for those that lead away from it.
func (e *Explorer) unmet(service, state string, binding wire.Binding) (all []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	met := map[string]bool{}
	for edge := range e.edges {
		if edge.State == state {
			met[edge.Operation] = true
		}
	}
	for _, cell := range e.model.Cells([]string{string(binding)}) {
		served := slices.ContainsFunc(e.options.Variants(cell.Operation), func(v wire.Variant) bool { return v.Binding == binding })
		if cell.Service == service && cell.State == state && len(cell.Next) == 0 && !met[cell.Operation] && served {
			all = append(all, cell.Operation)
		}
	}
	return all
}
