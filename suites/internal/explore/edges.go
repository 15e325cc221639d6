package explore

import (
	"strings"

	"session-conformance/suites/model"
)

// note counts the edge that the step has taken.
func (h *history) note(before model.State, step Step, answer model.Answer, after model.State, deviation *model.Deviation) {
	h.lateInRow.Store(0)
	if !model.IsOperation(step.Name) {
		return
	}
	edge := Edge{
		Service: serviceOf(step.Name), State: model.NoSession, Operation: step.Name,
		Answer: answer.String(), Next: model.NoSession, Deviates: deviation != nil,
	}
	switch {
	case step.makes() && answer.OK:
		edge.Next = after.Sessions[step.Session].In.String()
	case step.isAboutSession() && !step.makes():
		edge.State, edge.Next = before.Sessions[step.Session].In.String(), after.Sessions[step.Session].In.String()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.edges[edge]++
}

// serviceOf is that of the session which an operation is about.
func serviceOf(operation string) string {
	if strings.HasPrefix(operation, "download") {
		return model.DownloadSession
	}
	return model.UpdateSession
}

// cells are what the documents say of every operation in every state.
func (e *Explorer) cells() []model.Cell {
	var bindings []string
	for _, binding := range e.plans.bindings {
		bindings = append(bindings, string(binding))
	}
	return e.model.Cells(bindings)
}
