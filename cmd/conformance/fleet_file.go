package main

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fleetTarget is a target of a fleet, with settings of run.
type fleetTarget struct {
	name     string
	line     int
	settings configuration
}

var (
	// fleetName is a name that may be that of a file on every system.
	fleetName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	// fromVariable is a value that stands in the environment.
	fromVariable = regexp.MustCompile(`^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$`)
)

// ownOfFleet are the settings of run that a fleet has itself.
var ownOfFleet = []string{"json", "html", "junit", "events", "rerun", shardFlag, configFlag, "quiet",
	"verbose", "no-color", "github", watchFlag}

// readFleet reads the targets of a file, in its order.
func readFleet(path string) ([]fleetTarget, error) {
	data, err := readLimited(path, maxConfig)
	if err != nil {
		return nil, usagef("%s: %s", path, reasonOf(err))
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, usagef("%s: %s", path, noYAML(err))
	}
	if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return nil, usagef(`%s: want "targets:", and below it names with their settings, such as "target: https://vc.example"`, path)
	}
	file := fleetFile{path: path, known: fleetSettings()}
	return file.read(document.Content[0])
}

// fleetSettings are the settings that a target may have.
func fleetSettings() []string {
	all := settingNames(newRunCommand().Flags())
	return slices.DeleteFunc(all, func(name string) bool { return slices.Contains(ownOfFleet, name) })
}

type fleetFile struct {
	path     string
	known    []string
	defaults configuration
	targets  []fleetTarget
}

func (f *fleetFile) read(root *yaml.Node) ([]fleetTarget, error) {
	var targets *yaml.Node
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		switch key.Value {
		case "defaults":
			var err error
			if f.defaults, err = f.settings(value); err != nil {
				return nil, err
			}
		case "targets":
			targets = value
		default:
			return nil, usagef("%s:%d: there is no part %q; want defaults or targets", f.path, key.Line, key.Value)
		}
	}
	if targets == nil || targets.Kind != yaml.MappingNode || len(targets.Content) == 0 {
		return nil, usagef(`%s: it has no targets; want "targets:", and below it names with their settings`, f.path)
	}
	for i := 0; i+1 < len(targets.Content); i += 2 {
		if err := f.add(targets.Content[i], targets.Content[i+1]); err != nil {
			return nil, err
		}
	}
	return f.targets, nil
}

func (f *fleetFile) add(key, value *yaml.Node) error {
	twice := slices.ContainsFunc(f.targets, func(target fleetTarget) bool { return target.name == key.Value })
	switch {
	case !fleetName.MatchString(key.Value):
		return usagef("%s:%d: %q names the files of its reports; want a-z, 0-9, and . _ - between them", f.path, key.Line, key.Value)
	case twice:
		return usagef("%s:%d: %s stands there twice", f.path, key.Line, key.Value)
	}
	settings, err := f.settings(value)
	if err != nil {
		return err
	}
	for name, value := range f.defaults.values {
		if _, own := settings.values[name]; !own {
			settings.values[name], settings.lines[name] = value, f.defaults.lines[name]
		}
	}
	if _, named := settings.values["target"]; !named {
		return usagef("%s:%d: %s has no target; give it its URL", f.path, key.Line, key.Value)
	}
	f.targets = append(f.targets, fleetTarget{key.Value, key.Line, settings})
	return nil
}

// settings reads a mapping of settings; values such as $LAB_PASSWORD are taken from
// the environment.
func (f *fleetFile) settings(node *yaml.Node) (configuration, error) {
	if node.Kind != yaml.MappingNode {
		return configuration{}, usagef(`%s:%d: want settings such as "target: https://vc.example"`, f.path, node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i]; slices.Contains(ownOfFleet, key.Value) {
			return configuration{}, usagef("%s:%d: %s is not set by target; a fleet writes its reports into --out",
				f.path, key.Line, key.Value)
		}
	}
	c, err := readMapping(f.path, node, f.known)
	if err != nil {
		return c, err
	}
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		if err := c.expand(name); err != nil {
			return c, usagef("%s: %s", c.place(name), err)
		}
	}
	return c, nil
}

// expand puts the value of a variable into the place of its name.
func (c configuration) expand(name string) error {
	text, isText := c.values[name].(string)
	if !isText {
		return nil
	}
	match := fromVariable.FindStringSubmatch(strings.TrimSpace(text))
	if match == nil {
		return nil
	}
	value := os.Getenv(match[1])
	if value == "" {
		return fmt.Errorf("%s: the variable %s is not set", name, match[1])
	}
	c.values[name] = value
	return nil
}
