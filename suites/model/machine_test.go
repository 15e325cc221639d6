package model

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/ledger"
)

func machineOf(t *testing.T, service string) Machine {
	t.Helper()
	book, err := ledger.Load()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return New(book, nil, nil).Machine(service, "api", func(string) bool { return true })
}

// The sets are complete only if no two states answer all that is defined alike.
func TestMachinesAreReduced(t *testing.T) {
	g := NewWithT(t)
	for service, states := range map[string]int{DownloadSession: 4, UpdateSession: 8} {
		machine := machineOf(t, service)
		g.Expect(machine.Nodes).To(HaveLen(states), service)
		one, other, _ := machine.Alike()
		g.Expect(machine.Nodes[one].Name).To(Equal(machine.Nodes[other].Name), "nothing tells them apart")
		defined := 0
		for _, node := range machine.Nodes {
			defined += len(node.Next)
		}
		g.Expect(defined+len(machine.Excluded)).To(Equal(states*len(machine.Alphabet)), "each cell is in the machine or excluded")
	}
}

// A state of two names would be two states that no document tells apart.
func TestAMachineWithoutAnIdentifierSaysSo(t *testing.T) {
	g := NewWithT(t)
	book, err := ledger.Load()
	g.Expect(err).NotTo(HaveOccurred())
	blind := New(book, nil, nil).Machine(UpdateSession, "api",
		func(operation string) bool { return operation != "updatesession.file.list" })
	one, other, found := blind.Alike()
	g.Expect([]any{found, one == other}).To(Equal([]any{true, false}))
}

// Every server that differs from the machine in one answer or in one state that
// follows answers some word of the set in another way.
func TestASetWithoutExtraStatesFindsEveryWrongCell(t *testing.T) {
	for _, service := range []string{DownloadSession, UpdateSession} {
		right := machineOf(t, service)
		words := right.Words(0)
		for at := range right.Nodes {
			for number := range right.Nodes[at].Next {
				answers := wrongIn(right, at, number)
				for other := range right.Nodes {
					if other != right.Nodes[at].Next[number] {
						answers = append(answers, leadingTo(right, at, number, other))
					}
				}
				for _, wrong := range answers {
					NewWithT(t).Expect(finds(right, wrong, words)).To(Equal("found"), "%s in %s",
						right.Alphabet[number].Name, right.Nodes[at].Name)
				}
			}
		}
	}
}

// A server with one state more, a copy of one that it comes to behind some
// operation and in which one cell is wrong, passes some sets of none, and no set
// of one.
func TestASetWithAnExtraStateFindsWhatHidesInOne(t *testing.T) {
	right := machineOf(t, UpdateSession)
	none, one := right.Words(0), right.Words(1)
	missed := 0
	for from := range right.Nodes {
		for by, to := range right.Nodes[from].Next {
			copied := withCopy(right, from, by)
			for number := range right.Nodes[to].Next {
				for _, wrong := range wrongIn(copied, len(right.Nodes), number) {
					if finds(right, wrong, none) != "found" {
						missed++
					}
					NewWithT(t).Expect(finds(right, wrong, one)).To(Equal("found"), "%s behind %s in %s",
						right.Alphabet[number].Name, right.Alphabet[by].Name, right.Nodes[from].Name)
				}
			}
		}
	}
	NewWithT(t).Expect(missed).To(BeNumerically(">", 0))
}

// copyOf is a machine that can be changed.
func copyOf(machine Machine) Machine {
	machine.Nodes = slices.Clone(machine.Nodes)
	for i, node := range machine.Nodes {
		machine.Nodes[i].Next, machine.Nodes[i].Shows = maps.Clone(node.Next), maps.Clone(node.Shows)
	}
	return machine
}

func wrongIn(machine Machine, at, number int) []Machine {
	wrong := copyOf(machine)
	wrong.Nodes[at].Shows[number] = "something else"
	return []Machine{wrong}
}

func leadingTo(machine Machine, at, number, next int) Machine {
	wrong := copyOf(machine)
	wrong.Nodes[at].Next[number] = next
	return wrong
}

// withCopy has a copy of what follows the operation, which that leads to instead.
func withCopy(machine Machine, from, by int) Machine {
	copied := copyOf(machine)
	to := copied.Nodes[from].Next[by]
	copied.Nodes = append(copied.Nodes, copyOf(machine).Nodes[to])
	copied.Nodes[from].Next[by] = len(machine.Nodes)
	for number, next := range copied.Nodes[len(machine.Nodes)].Next {
		if next == to {
			copied.Nodes[len(machine.Nodes)].Next[number] = len(machine.Nodes)
		}
	}
	return copied
}

// finds walks the words on both. Where the right one has no cell, the wrong one
// may answer anything: it answers as is expected.
func finds(right, wrong Machine, words [][]Operation) string {
	for _, word := range words {
		at, is := 0, 0
		for _, o := range word {
			number := slices.Index(right.Alphabet, o)
			shows, defined := wrong.Nodes[is].Shows[number]
			if defined && shows != right.Nodes[at].Shows[number] {
				return "found"
			}
			if at = right.Nodes[at].Next[number]; defined {
				is = wrong.Nodes[is].Next[number]
			}
		}
	}
	return fmt.Sprintf("not found by %d words", len(words))
}
