package model

import (
	"fmt"
	"slices"
	"strings"
)

// Machine is what the model says of one session as a finite automaton: where a
// word of the documents leaves one answer and one state. What leaves more is not
// in it.
type Machine struct {
	// Start is the state before the create, Create what makes the session.
	Start  State
	Create Operation
	// Alphabet are the operations, each with its arguments.
	Alphabet []Operation
	// Nodes are the states that it comes to; the first is that of a new session.
	Nodes []Node
	// Excluded are the cells of which the documents leave open what is answered,
	// or what follows: a node and an operation.
	Excluded [][2]int
}

// Node is a state of a machine.
type Node struct {
	Name string
	// Access are the operations that lead to it from the first node.
	Access []Operation
	// Next is the node behind each operation of the alphabet that is defined here,
	// Shows what that shows.
	Next  map[int]int
	Shows map[int]string

	state State
}

// alphabets are what a session can be asked, in the words of the tables; the item
// has file 1, and not file 2.
var alphabets = map[string][]Operation{
	DownloadSession: {
		{Name: "get"}, {Name: "list"}, {Name: "keep_alive", Progress: 10}, {Name: "cancel"}, {Name: "fail", Message: 1}, {Name: "delete"},
		{Name: "file.list"}, {Name: "file.get"}, {Name: "file.get", File: 1}, {Name: "file.prepare", File: 1},
	},
	UpdateSession: {
		{Name: "get"}, {Name: "list"}, {Name: "keep_alive", Progress: 10}, {Name: "update", Warning: 1}, {Name: "cancel"}, {Name: "complete"},
		{Name: "fail", Message: 1}, {Name: "delete"}, {Name: "file.list"}, {Name: "file.validate"},
		{Name: "file.add"}, {Name: Upload, Content: 2}, {Name: "file.remove"}, {Name: "file.get"},
		{Name: "file.remove", File: 1}, {Name: "file.get", File: 1},
	},
}

// Machine builds the automaton of a service in a binding, of the operations that
// serves accepts.
func (m *Model) Machine(service, binding string, serves func(operation string) bool) Machine {
	machine := Machine{Start: Start([MaxFiles]int16{1}), Create: Operation{Name: service + ".create", Binding: binding}}
	for _, o := range alphabets[service] {
		o.Name = WholeName(service, o.Name)
		if o.Binding = binding; serves(o.Name) {
			machine.Alphabet = append(machine.Alphabet, o)
		}
	}
	made := m.afterCreate(machine.Start, machine.Create, option{answer: OK, rests: service + ".create.ok"}, Answer{OK: true})
	machine.Nodes = []Node{newNode(made, nil)}
	for at := 0; at < len(machine.Nodes); at++ {
		for number, o := range machine.Alphabet {
			m.extend(&machine, at, number, o)
		}
	}
	return machine
}

func newNode(s State, access []Operation) Node {
	return Node{Name: nameOf(s), Access: access, Next: map[int]int{}, Shows: map[int]string{}, state: s}
}

// extend adds what follows the operation in the node.
func (m *Model) extend(machine *Machine, at, number int, o Operation) {
	node := machine.Nodes[at]
	after, shows, one := m.certain(node.state, o)
	if !one {
		machine.Excluded = append(machine.Excluded, [2]int{at, number})
		return
	}
	next := slices.IndexFunc(machine.Nodes, func(other Node) bool { return other.Name == nameOf(after) })
	if next < 0 {
		next = len(machine.Nodes)
		machine.Nodes = append(machine.Nodes, newNode(after, append(slices.Clone(node.Access), o)))
	}
	node.Next[number], node.Shows[number] = next, shows
}

// certain is the state behind the operation, once it has settled, and what its
// answer shows; false where the documents leave more than one.
func (m *Model) certain(s State, o Operation) (after State, shows string, one bool) {
	options := m.options(&s, o)
	first := options[0].answer
	for _, other := range options {
		if other.open || other.answer == Any || other.answer == Refused || other.answer != first {
			return s, "", false
		}
	}
	after = m.follow(s, o, union(options), Answer{OK: first == OK, Session: o.Session})
	session := &after.Sessions[o.Session]
	if session.In == Completing|Done {
		session.In = Done // complete is waited for
	}
	return after, string(first) + shownBy(s, o, first), isCertain(*session)
}

func isCertain(session Session) bool {
	if !isOne(uint16(session.In)) {
		return false
	}
	return session.In != Active || !slices.ContainsFunc(session.Files[:], func(file File) bool { return !isOne(uint16(file.In)) })
}

func isOne(set uint16) bool { return set != 0 && set&(set-1) == 0 }

// shownBy is what tells states apart in a success: the state, and the files but
// for whether they were received, which may take its time.
func shownBy(s State, o Operation, answer Kind) string {
	session := s.Sessions[o.Session]
	switch {
	case answer != OK:
	case o.action() == "get":
		return " " + session.In.String()
	case o.action() == "file.list":
		return fmt.Sprint(" ", files(session, true))
	}
	return ""
}

func files(session Session, asListed bool) (names []string) {
	for i, file := range session.Files {
		switch {
		case file.In == Absent && i > 0:
		case asListed && file.In&(Waiting|Received) != 0:
			names = append(names, fmt.Sprintf("file %d added", i+1))
		default:
			names = append(names, fmt.Sprintf("file %d %s", i+1, file.In))
		}
	}
	return names
}

// nameOf names a state of the machine; what ended is one state, whatever its files.
func nameOf(s State) string {
	session := s.Sessions[0]
	if session.In != Active || session.Service == DownloadSession {
		return session.In.String()
	}
	return strings.Join(append([]string{session.In.String()}, files(session, false)...), ", ")
}

// identifiers are the operations that tell the states apart, in their order.
var identifiers = []string{"get", "file.list", "file.validate"}

// Identifier are the operations, by number, that tell the node from all others:
// those of the identifiers that are defined there.
func (machine Machine) Identifier(node int) (word []int) {
	for _, action := range identifiers {
		number := slices.IndexFunc(machine.Alphabet, func(o Operation) bool { return o.action() == action && o.File == 0 })
		next, defined := machine.Nodes[node].Next[number]
		if !defined || next != node {
			return word
		}
		word = append(word, number)
	}
	return word
}

// Alike is a pair of nodes that nothing documented tells apart, false if there is
// none: it is told by the beginning that their identifiers have in common.
func (machine Machine) Alike() (one, other int, found bool) {
	for one := range machine.Nodes {
		for other := range one {
			if !machine.differ(one, other) {
				return one, other, true
			}
		}
	}
	return 0, 0, false
}

func (machine Machine) differ(one, other int) bool {
	first, second := machine.Identifier(one), machine.Identifier(other)
	for i := range min(len(first), len(second)) {
		if first[i] != second[i] {
			return false
		}
		if machine.Nodes[one].Shows[first[i]] != machine.Nodes[other].Shows[first[i]] {
			return true
		}
	}
	return false
}

// Words are the words of a checking set for servers with up to extra states more
// than the machine (the HSI method: for each node its access, then every word of
// up to extra + 1 operations that is defined, then the identifier of where that
// leads). Behind the create, a server that answers all of them as the machine does
// has no other answer to any word of the alphabet that is defined.
func (machine Machine) Words(extra int) [][]Operation {
	var all [][]Operation
	seen := map[string]bool{}
	for at, node := range machine.Nodes {
		machine.each(at, extra+1, func(word []int, end int) {
			operations := slices.Clone(node.Access)
			for _, number := range append(slices.Clone(word), machine.Identifier(end)...) {
				operations = append(operations, machine.Alphabet[number])
			}
			if key := fmt.Sprint(operations); !seen[key] {
				seen[key] = true
				all = append(all, operations)
			}
		})
	}
	return all
}

// each visits the defined words of up to most operations from the node, with the
// nodes to which they lead.
func (machine Machine) each(from, most int, visit func(word []int, end int)) {
	type walk struct {
		word []int
		end  int
	}
	for walks := []walk{{nil, from}}; len(walks) > 0; {
		one := walks[0]
		walks = walks[1:]
		visit(one.word, one.end)
		if len(one.word) == most {
			continue
		}
		for number := range machine.Alphabet {
			if next, defined := machine.Nodes[one.end].Next[number]; defined {
				walks = append(walks, walk{append(slices.Clone(one.word), number), next})
			}
		}
	}
}
