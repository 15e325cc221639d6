// Package ledger is what the documents say: every behaviour of the session
// API with its level per binding, its releases, its clause in our own words
// and the sources it was read from.
package ledger

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

// Level is how strongly the documents demand a behaviour in one binding; the
// empty Level says that the behaviour does not apply there.
type Level string

// The levels of the reference, from deciding to merely observed.
const (
	Must         Level = "MUST"
	Should       Level = "SHOULD"
	Undocumented Level = "UNDOCUMENTED"
)

// Coverage says in how many variants of the legacy binding a behaviour runs.
// The rest and api bindings have one variant each.
type Coverage string

const (
	// Every runs in each route and representation of the operation: the rows
	// that the reference marks x, and the refusals, since a server may guard
	// one route and forget another.
	Every Coverage = "every"
	// Once runs in the first variant served: what it says does not depend on
	// how the request was spelled.
	Once Coverage = "once"
)

// Behaviour is one promise of the documents.
type Behaviour struct {
	// ID is stable and in the API's own words: service.operation.what.
	ID string
	// Page is where it stands, and its spec too: folder/page.
	Page string
	// Service and Operation are the API's names: download_session, keep_alive.
	Service, Operation string
	// Promise is what a right server does, as a predicate without a subject.
	Promise string
	// Clause is what the documents say, in our own words, as one sentence or two.
	Clause string
	// Levels is by binding name; a binding that is absent does not have it.
	Levels map[string]Level
	// Releases narrows the releases, by binding, that document the behaviour.
	Releases map[string]Range
	Variants Coverage
	// Control is the behaviour whose success makes this refusal believable.
	Control string
	// LookAt is where to look first when it fails.
	LookAt  string
	Sources []string
	// Excluded is why it is not tested; empty for all that is.
	Excluded string
}

// Ledger is every behaviour, in the order of services and pages.
type Ledger struct {
	behaviours []Behaviour
	byID       map[string]int
}

//go:embed *.yaml */*.yaml
var files embed.FS

// Load reads the embedded pages and checks them, once; an error means that the
// binary was built from a broken ledger.
func Load() (*Ledger, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Ledger, error) { return Read(files) })

// Read reads and checks the pages in source: service/page.yaml, and what the
// session services share in sessions/page.yaml.
func Read(source fs.FS) (*Ledger, error) {
	if err := checkPlaces(source); err != nil {
		return nil, err
	}
	common, err := readShared(source)
	if err != nil {
		return nil, err
	}
	ledger := &Ledger{byID: map[string]int{}}
	for _, service := range services {
		for _, page := range service.pages() {
			behaviours, err := service.read(source, page, common)
			if err == nil {
				err = ledger.add(behaviours)
			}
			if err != nil {
				return nil, fmt.Errorf("ledger %s/%s.yaml: %w", service.folder, page, err)
			}
		}
	}
	if err := common.checkUse(); err != nil {
		return nil, err
	}
	return ledger, ledger.checkControls()
}

func (l *Ledger) add(behaviours []Behaviour) error {
	for _, behaviour := range behaviours {
		if err := behaviour.check(); err != nil {
			return fmt.Errorf("%s: %w", behaviour.ID, err)
		}
		if _, twice := l.byID[behaviour.ID]; twice {
			return fmt.Errorf("%s stands there twice", behaviour.ID)
		}
		l.byID[behaviour.ID] = len(l.behaviours)
		l.behaviours = append(l.behaviours, behaviour)
	}
	return nil
}

// Behaviours returns every behaviour, in the order of services and pages.
func (l *Ledger) Behaviours() []Behaviour { return l.behaviours }

// Find returns the behaviour with the given id.
func (l *Ledger) Find(id string) (Behaviour, bool) {
	at, ok := l.byID[id]
	if !ok {
		return Behaviour{}, false
	}
	return l.behaviours[at], true
}
