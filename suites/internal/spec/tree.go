// Package spec is the words that a spec is written in: sessions and their
// states, the operations as verbs, and matchers that accept exactly what is
// documented.
package spec

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"session-conformance/suites/internal/wire"
)

// Definition is one behaviour of the ledger and the body that tests it.
type Definition struct {
	ID   string
	Body func(*Spec)
	// Location is file:line of the behaviour in its spec.
	Location string
	// Only, if set, picks the variants that the body speaks of.
	Only func(wire.Variant) bool
	// Early says that it makes many requests: begun last, it would keep the
	// whole run waiting.
	Early bool
	// Waits says that it waits for the target's clock, for a second or until a
	// session's end, however fast the answers come: it begins before all others.
	Waits bool
}

// Container is the behaviours of one documentation page.
type Container struct {
	Text        string
	File        string
	Line        int
	Definitions []Definition
}

// tree is what every run registers with Ginkgo anew: Ginkgo's own tree can be
// run once in a process only.
var tree []Container

// Describe adds the behaviours of one documentation page to the tree.
func Describe(text string, definitions ...Definition) bool {
	_, file, line, _ := runtime.Caller(1)
	tree = append(tree, Container{text, file, line, definitions})
	return true
}

// Behaviour ties a body to its entry in the ledger.
func Behaviour(id string, body func(*Spec)) Definition {
	_, file, line, _ := runtime.Caller(1)
	folder := filepath.Base(filepath.Dir(file))
	return Definition{ID: id, Body: body, Location: fmt.Sprintf("suites/%s/%s:%d", folder, filepath.Base(file), line)}
}

// Long marks a behaviour that makes many requests, or needs more than one
// item, so that it begins early.
func (d Definition) Long() Definition {
	d.Early = true
	return d
}

// Waiting marks a behaviour that waits for the target's clock.
func (d Definition) Waiting() Definition {
	d.Early, d.Waits = true, true
	return d
}

// InXML narrows a behaviour of the legacy binding to its XML representation.
func (d Definition) InXML() Definition { return d.in(wire.XML) }

// InQuery narrows a behaviour of the legacy binding to its query representation.
func (d Definition) InQuery() Definition { return d.in(wire.Query) }

func (d Definition) in(representation wire.Representation) Definition {
	d.Only = func(v wire.Variant) bool { return v.Representation == representation }
	return d
}

// Tree returns all containers, in the order of their titles: the order of
// package initialisation is none that a user could know.
func Tree() []Container {
	sorted := slices.Clone(tree)
	slices.SortStableFunc(sorted, func(a, b Container) int {
		if a.Text < b.Text {
			return -1
		}
		if a.Text > b.Text {
			return 1
		}
		return 0
	})
	return sorted
}
