package model

import (
	"slices"
	"strings"
)

var stateNames = []struct {
	state States
	name  string
}{{Active, "ACTIVE"}, {Completing, "ACTIVE, completing"}, {Done, "DONE"}, {Canceled, "CANCELED"},
	{Failed, "ERROR"}, {Gone, "deleted"}}

// String lists the states in the API's words.
func (s States) String() string {
	var names []string
	for _, one := range stateNames {
		if s&one.state != 0 {
			names = append(names, one.name)
		}
	}
	return strings.Join(names, " or ")
}

var fileNames = []struct {
	state FileStates
	name  string
}{{Absent, "not in the session"}, {Base, "as the item has it"}, {Waiting, "announced"}, {Received, "uploaded"},
	{Spoiled, "uploaded with another checksum"}}

// String lists what a file may be.
func (f FileStates) String() string {
	var names []string
	for _, one := range fileNames {
		if f&one.state != 0 {
			names = append(names, one.name)
		}
	}
	return strings.Join(names, " or ")
}

// StateNamed is the state that get shows by the name, 0 for a name that is none.
func StateNamed(name string) States {
	for _, one := range stateNames {
		if one.name == name {
			return one.state
		}
	}
	return 0
}

// Behaviours are all that the tables rest on.
func Behaviours() []string {
	var all []string
	for service, table := range tables {
		for _, cell := range table {
			o := Operation{Name: service + "." + cell.operation}
			for _, short := range []string{cell.rests, cell.then} {
				if id := o.behaviour(short); id != "" && !slices.Contains(all, id) {
					all = append(all, id)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}
