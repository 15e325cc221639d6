package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// maxConfig bounds a file that people write by hand, in bytes.
const maxConfig = 1 << 20

// configuration is what the configuration file says: texts and lists of texts
// by the names of flags.
type configuration struct {
	path   string
	values map[string]any
	lines  map[string]int
}

func (c configuration) place(name string) string {
	return fmt.Sprintf("%s:%d", c.path, c.lines[name])
}

// readConfig reads the file that was named, or conformance.yaml if there is one
// in the working directory.
func readConfig(flags *pflag.FlagSet, environment *koanf.Koanf, known []string) (configuration, error) {
	path := environment.String(configFlag)
	if flag := flags.Lookup(configFlag); flag.Changed {
		path = flag.Value.String()
	}
	named := path != ""
	if !named {
		path = configFile
	}
	data, err := readLimited(path, maxConfig)
	switch {
	case !named && errors.Is(err, fs.ErrNotExist):
		return configuration{}, nil
	case err != nil:
		return configuration{}, usagef("--%s %s: %s", configFlag, path, reasonOf(err))
	}
	return parseConfig(path, data, known)
}

// readLimited reads a file of a person, which has its bound.
func readLimited(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("the file has more than %d bytes", limit)
	}
	return data, err
}

// parseConfig reads a mapping from known settings to their values, as they
// are written: 7.0 is a release, not a number.
func parseConfig(path string, data []byte, known []string) (configuration, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return configuration{}, usagef("%s: %s", path, noYAML(err))
	}
	if len(document.Content) == 0 {
		return configuration{path: path}, nil
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return configuration{}, usagef("%s:%d: want a mapping such as \"target: https://vc.example\"", path, root.Line)
	}
	return readMapping(path, root, known)
}

// noYAML is what is wrong with a file of YAML, which the library says behind its name.
func noYAML(err error) string { return "it is no YAML: " + strings.TrimPrefix(err.Error(), "yaml: ") }

// readMapping reads the settings of a mapping.
func readMapping(path string, mapping *yaml.Node, known []string) (configuration, error) {
	c := configuration{path: path, values: map[string]any{}, lines: map[string]int{}}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		if err := c.add(key, value, known); err != nil {
			return c, usagef("%s:%d: %s", path, key.Line, err)
		}
	}
	return c, nil
}

func (c configuration) add(key, value *yaml.Node, known []string) error {
	name := key.Value
	if !slices.Contains(known, name) || name == configFlag {
		if near := nearestName(name, known); near != "" {
			return fmt.Errorf("there is no setting %q; did you mean %s?", name, near)
		}
		return fmt.Errorf("there is no setting %q; conformance config shows all", name)
	}
	if first, twice := c.lines[name]; twice {
		return fmt.Errorf("%s stands there twice, first in line %d", name, first)
	}
	c.lines[name] = key.Line
	switch value.Kind {
	case yaml.ScalarNode:
		c.values[name] = value.Value
	case yaml.SequenceNode:
		list := []string{}
		for _, element := range value.Content {
			if element.Kind != yaml.ScalarNode {
				return fmt.Errorf("%s: want a list of texts", name)
			}
			list = append(list, element.Value)
		}
		c.values[name] = list
	default:
		return fmt.Errorf("%s: want a text or a list of texts", name)
	}
	return nil
}
