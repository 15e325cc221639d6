// Package ledger is what the documents say: every behaviour of the session
// API with its level per binding, its releases, its clause in our own words
// and the sources it was read from.
package ledger

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
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

// Behaviour is one row of the reference.
type Behaviour struct {
	// ID is stable and in the API's own words: service.operation.what.
	ID string `yaml:"id"`
	// Row is the id of the row in the reference that it encodes.
	Row string `yaml:"row"`
	// Service and Operation are the API's names: download_session, keep_alive.
	// Service is that of the data file; Operation "*" means any operation.
	Service   string `yaml:"-"`
	Operation string `yaml:"operation"`
	// Promise is what a right server does, as a predicate without a subject.
	Promise string `yaml:"promise"`
	// Clause is what the documents say, in our own words, as one sentence or two.
	Clause string `yaml:"clause"`
	// Levels is by binding name; a binding that is absent does not have it.
	Levels map[string]Level `yaml:"levels"`
	// Releases narrows the releases, by binding, that document the behaviour.
	Releases map[string]Range `yaml:"releases,omitempty"`
	Variants Coverage         `yaml:"variants"`
	// Control is the behaviour whose success makes this refusal believable.
	Control string `yaml:"control,omitempty"`
	// LookAt is where to look first when it fails.
	LookAt  string   `yaml:"look_at"`
	Sources []string `yaml:"sources"`
	// Excluded is why it is not tested; empty for all that is.
	Excluded string `yaml:"excluded,omitempty"`
}

// Ledger is every behaviour, in the order of the data files.
type Ledger struct {
	behaviours []Behaviour
	byID       map[string]int
}

//go:embed *.yaml
var files embed.FS

type document struct {
	Service    string      `yaml:"service"`
	Behaviours []Behaviour `yaml:"behaviours"`
}

// Load reads the embedded data files and checks them, once; an error means that
// the binary was built from a broken ledger.
func Load() (*Ledger, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Ledger, error) { return Read(files) })

// Read reads and checks the data files in source.
func Read(source fs.FS) (*Ledger, error) {
	names, err := fs.Glob(source, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list ledger files: %w", err)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == sourcesFile })
	sort.Strings(names)
	ledger := &Ledger{byID: map[string]int{}}
	for _, name := range names {
		if err := ledger.add(source, name); err != nil {
			return nil, fmt.Errorf("ledger %s: %w", name, err)
		}
	}
	return ledger, ledger.checkControls()
}

func (l *Ledger) add(source fs.FS, name string) error {
	data, err := fs.ReadFile(source, name)
	if err != nil {
		return err
	}
	var doc document
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&doc); err != nil {
		return err
	}
	for _, behaviour := range doc.Behaviours {
		behaviour.Service = doc.Service
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

// Behaviours returns every behaviour in the order of the data files.
func (l *Ledger) Behaviours() []Behaviour { return l.behaviours }

// Find returns the behaviour with the given id.
func (l *Ledger) Find(id string) (Behaviour, bool) {
	at, ok := l.byID[id]
	if !ok {
		return Behaviour{}, false
	}
	return l.behaviours[at], true
}

func (b Behaviour) check() error {
	for name, value := range map[string]string{
		"row": b.Row, "operation": b.Operation, "promise": b.Promise,
		"clause": b.Clause, "look_at": b.LookAt, "variants": string(b.Variants),
	} {
		if strings.TrimSpace(value) == "" {
			return fmt.Errorf("%s is missing", name)
		}
	}
	if !strings.HasPrefix(b.ID, b.Service+".") {
		return fmt.Errorf("id does not begin with its service %q", b.Service)
	}
	if len(b.Levels) == 0 || len(b.Sources) == 0 {
		return fmt.Errorf("levels or sources are missing")
	}
	if b.Variants != Every && b.Variants != Once {
		return fmt.Errorf("variants is %q, want every or once", b.Variants)
	}
	return b.checkBindings()
}

func (b Behaviour) checkBindings() error {
	for binding, level := range b.Levels {
		if !isBinding(binding) {
			return fmt.Errorf("levels: unknown binding %q", binding)
		}
		if level != Must && level != Should && level != Undocumented {
			return fmt.Errorf("levels: %s has unknown level %q", binding, level)
		}
	}
	for binding, span := range b.Releases {
		if _, applies := b.Levels[binding]; !applies {
			return fmt.Errorf("releases: %s has no level", binding)
		}
		if err := span.check(); err != nil {
			return fmt.Errorf("releases: %s: %w", binding, err)
		}
	}
	return nil
}

func (l *Ledger) checkControls() error {
	for _, behaviour := range l.behaviours {
		if behaviour.Control == "" {
			continue
		}
		control, ok := l.Find(behaviour.Control)
		if !ok {
			return fmt.Errorf("ledger: %s: control %s is not in the ledger", behaviour.ID, behaviour.Control)
		}
		if control.Control != "" {
			return fmt.Errorf("ledger: %s: control %s is itself a refusal", behaviour.ID, control.ID)
		}
	}
	return nil
}
