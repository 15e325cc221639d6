package model

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/suites/ledger"
)

// NoSession is the state before a create.
const NoSession = "none"

// Cell is an operation in a state, as the tables tell it: all that the documents
// allow as the answer, and the other states that may follow a success.
type Cell struct {
	Service, State, Operation string
	// Expected is empty where the documents are silent.
	Expected, Next []string
	// Behaviours are those of the answers and of what follows them.
	Behaviours []string
}

// Cells are every state times every operation of both services. What no document
// of the bindings speaks of is silent.
func (m *Model) Cells(bindings []string) []Cell {
	var all []Cell
	for _, service := range []string{DownloadSession, UpdateSession} {
		all = append(all, m.firstCells(service, bindings)...)
		for _, state := range []States{Active, Done, Canceled, Failed, Gone} {
			if service == DownloadSession && state == Done {
				continue
			}
			for _, operation := range operationsOf(service) {
				all = append(all, m.cellOf(service, state, operation, bindings))
			}
		}
	}
	return all
}

// operationsOf are the operations of the table, each once, in its order.
func operationsOf(service string) []string {
	var all []string
	for _, cell := range tables[service] {
		if !slices.Contains(all, cell.operation) {
			all = append(all, cell.operation)
		}
	}
	return all
}

// firstCells are what can be asked before there is a session.
func (m *Model) firstCells(service string, bindings []string) []Cell {
	create := Cell{
		Service: service, State: NoSession, Operation: service + ".create", Expected: []string{words(OK)},
		Next:       []string{Active.String()},
		Behaviours: []string{service + ".create.ok", service + ".create.active"},
	}
	if service == UpdateSession {
		create.Expected = append(create.Expected, words(Busy))
		create.Behaviours = append(create.Behaviours, service+".create.busy")
	}
	list := Cell{
		Service: service, State: NoSession, Operation: service + ".list", Expected: []string{words(OK)},
		Behaviours: []string{service + ".list.ok"},
	}
	return []Cell{create, list}
}

func (m *Model) cellOf(service string, state States, operation string, bindings []string) Cell {
	o := Operation{Name: service + "." + operation}
	one := Cell{Service: service, State: state.String(), Operation: WholeName(service, operation)}
	for _, cell := range tables[service] {
		if cell.operation != operation || cell.in&state == 0 || !m.documents(o.behaviour(cell.rests), bindings) {
			continue
		}
		one.Expected = append(one.Expected, words(cell.answer))
		one.add(o, cell)
		if next := cell.next &^ (state | Completing); cell.answer == OK && next != 0 {
			one.Next = append(one.Next, next.String())
		}
	}
	slices.Sort(one.Expected)
	one.Expected = slices.Compact(one.Expected)
	return one
}

func (c *Cell) add(o Operation, cell cell) {
	for _, short := range []string{cell.rests, cell.then} {
		if id := o.behaviour(short); id != "" && !slices.Contains(c.Behaviours, id) {
			c.Behaviours = append(c.Behaviours, id)
		}
	}
}

// documents says whether some binding is judged by the behaviour.
func (m *Model) documents(behaviour string, bindings []string) bool {
	return behaviour != "" && slices.ContainsFunc(bindings, func(binding string) bool {
		return m.LevelOf(behaviour, binding) != ledger.Undocumented
	})
}

// filesOf are the services of the files of sessions.
var filesOf = map[string]string{DownloadSession: DownloadFile, UpdateSession: UpdateFile}

// IsOperation says whether a step is an operation of a service, and not a
// transfer, a look at an item, or a login.
func IsOperation(name string) bool {
	return name != LogIn && !strings.HasPrefix(name, "transfer.") && !strings.HasPrefix(name, "item.")
}

// WholeName is the operation as a history names it: file.add of an update
// session is updatesession.file.add. What is none of a service stays as it is.
func WholeName(service, operation string) string {
	file, isFile := strings.CutPrefix(operation, "file.")
	switch {
	case !IsOperation(operation):
		return operation
	case isFile:
		return filesOf[service] + "." + file
	}
	return service + "." + operation
}

// words are a kind of answer for a reader: success, 404 not_found.
func words(k Kind) string {
	switch k {
	case OK:
		return "success"
	case Refused:
		return "a refusal"
	case Any:
		return "anything"
	}
	return fmt.Sprintf("%d %s", k.statuses(Operation{Binding: "api"})[0], k)
}
