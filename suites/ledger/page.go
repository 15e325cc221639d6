package ledger

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// page is a file of the ledger; schema.json describes it for editors.
type page struct {
	// Operation is what its entries are about, where the place does not tell.
	Operation string `yaml:"operation"`
	// Sources are those of entries that name none.
	Sources    []string `yaml:"sources"`
	Behaviours []entry  `yaml:"behaviours"`
}

// entry is a behaviour as it is written on its page: the fields of Behaviour,
// with ids as short as the place allows.
type entry struct {
	ID        string           `yaml:"id"`
	Shared    bool             `yaml:"shared"`
	Operation string           `yaml:"operation"`
	Promise   string           `yaml:"promise"`
	Clause    string           `yaml:"clause"`
	Levels    map[string]Level `yaml:"levels"`
	Releases  map[string]Range `yaml:"releases"`
	Variants  Coverage         `yaml:"variants"`
	Control   string           `yaml:"control"`
	LookAt    string           `yaml:"look_at"`
	Sources   []string         `yaml:"sources"`
	Excluded  string           `yaml:"excluded"`
}

func readPage(source fs.FS, name string) (read page, err error) {
	data, err := fs.ReadFile(source, name)
	if err != nil {
		return read, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	err = decoder.Decode(&read)
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok {
		return read, errors.New(strings.Join(wrong.Errors, "; "))
	}
	return read, err
}

// read returns the behaviours of one of the service's pages; none if source
// does not have it.
func (s service) read(source fs.FS, name string, common shared) ([]Behaviour, error) {
	written, err := readPage(source, s.folder+"/"+name+".yaml")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	var behaviours []Behaviour
	for _, one := range written.Behaviours {
		if one.Shared {
			if one, err = common.complete(s, name, one); err != nil {
				return nil, err
			}
		}
		one.Operation = cmp.Or(one.Operation, written.Operation, s.operation(name))
		one.Sources = first(one.Sources, written.Sources)
		behaviour := s.behaviour(name, one)
		if known := s.knows(); !slices.Contains(known, behaviour.Operation) {
			return nil, fmt.Errorf("%s: unknown operation %q; choose among %s",
				behaviour.ID, behaviour.Operation, strings.Join(known, ", "))
		}
		behaviours = append(behaviours, behaviour)
	}
	return behaviours, nil
}

func (s service) behaviour(page string, one entry) Behaviour {
	behaviour := Behaviour{
		ID: s.id(page, one.ID), Page: s.folder + "/" + page, Service: s.name, Operation: one.Operation,
		Promise: one.Promise, Clause: one.Clause, Levels: one.Levels, Releases: one.Releases, Variants: one.Variants,
		LookAt: one.LookAt, Sources: one.Sources, Excluded: one.Excluded,
	}
	if one.Control != "" {
		behaviour.Control = s.id(page, one.Control)
	}
	return behaviour
}

// first is the first of the two that is not empty.
func first[T []string | map[string]Level | map[string]Range](one, other T) T {
	if len(one) > 0 {
		return one
	}
	return other
}
