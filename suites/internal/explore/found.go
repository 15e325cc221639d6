package explore

import (
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// Found is what an exploration came to.
type Found struct {
	Requests, Histories, Abandoned int
	Findings                       []Finding
	Edges                          []Edge
	// Cells are what the documents say of the edges.
	Cells []model.Cell
}

// Finding is a deviation and the shortest history that shows it.
type Finding struct {
	model.Deviation
	Binding wire.Binding
	// Also are the other bindings in which the same script deviates.
	Also   []wire.Binding
	Script Script
	// Tries is how often the script was run, Came how often it deviated: one
	// that did not come again says nothing for certain.
	Tries, Came int
	Exchanges   []Exchange
	// items are what the items held at the end.
	items [model.MaxItems]model.Item
}

// Repeats says that the finding came again.
func (f Finding) Repeats() bool { return f.Came > 1 }

// Last is the step that deviates.
func (f Finding) Last() Step { return f.Script.Steps[len(f.Script.Steps)-1] }

// Edge is a step that was seen: an operation in a state, how it was answered,
// and what followed.
type Edge struct {
	Service, State, Operation, Answer, Next string
	Count                                   int
	Deviates                                bool
}
