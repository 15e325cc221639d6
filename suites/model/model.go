// Package model is the documented lifecycles of sessions as a pure step
// function: which answers the documents allow to an operation in a state, which
// states may follow, and on which behaviour of the ledger that rests. It is
// nondeterministic: where releases contradict each other, or the documents are
// silent, a State holds all that is still possible, and what is met narrows it.
package model

import (
	"slices"

	"session-conformance/suites/ledger"
)

// Model is the lifecycles as the documents of some releases describe them.
type Model struct {
	book     *ledger.Ledger
	releases []string
	broken   func(behaviour, binding string) bool
	// atOnce says that complete has ended the session when it is answered.
	atOnce bool
}

// CompletingAtOnce is the model of a target on which complete was seen to end
// the session before it is answered: there is no time between.
func (m *Model) CompletingAtOnce() *Model {
	atOnce := *m
	atOnce.atOnce = true
	return &atOnce
}

// New models the releases that a target may be of; none is all. What is broken,
// if it is given, is known not to hold in a binding: the model allows
// everything there.
func New(book *ledger.Ledger, releases []string, broken func(behaviour, binding string) bool) *Model {
	if len(releases) == 0 {
		releases = ledger.Releases()
	}
	if broken == nil {
		broken = func(string, string) bool { return false }
	}
	return &Model{book: book, releases: releases, broken: broken}
}

// LevelOf is how strongly the documents demand a behaviour in the binding;
// UNDOCUMENTED where they are silent.
func (m *Model) LevelOf(behaviour, binding string) ledger.Level {
	row, known := m.book.Find(behaviour)
	if !known {
		return ledger.Undocumented
	}
	level, documented := row.Levels[binding]
	span, limited := row.Releases[binding]
	outside := func(release string) bool { return !span.Holds(release) }
	if !documented || limited && slices.ContainsFunc(m.releases, outside) {
		return ledger.Undocumented
	}
	return level
}

// judges says whether the behaviour can be held against the target.
func (m *Model) judges(behaviour, binding string) bool {
	return m.LevelOf(behaviour, binding) != ledger.Undocumented && !m.broken(behaviour, binding)
}

// cancelKeeps is the first release in which update_session.cancel leaves the
// session, CANCELED; before, and in legacy, it deletes it (reference, section
// 5, row 1).
const cancelKeeps = "6.7u1"

// cancelMayDelete says whether some document lets cancel delete the update session.
func (m *Model) cancelMayDelete(binding string) bool {
	before := func(release string) bool { return !ledger.Range{Since: cancelKeeps}.Holds(release) }
	return binding == "legacy" || binding == "rest" && slices.ContainsFunc(m.releases, before)
}
