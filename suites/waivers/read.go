package waivers

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fieldNames are what a waiver has.
var fieldNames = []string{"behaviour", "bindings", "reason", "owner", "link", "expires"}

// entries are the waivers of a file, as they stand there.
func entries(data []byte) ([]*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("it is no YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	fields, err := fieldsOf(document.Content[0], []string{"waivers"})
	if err != nil {
		return nil, fmt.Errorf("%w; want a list under \"waivers:\"", err)
	}
	list := fields["waivers"]
	if list == nil || isNull(list) {
		return nil, nil
	}
	if list.Kind != yaml.SequenceNode {
		return nil, errors.New("want a list under \"waivers:\", of - behaviour: and its like")
	}
	return list.Content, nil
}

// readWaiver reads one entry; texts are taken as they are written.
func readWaiver(node *yaml.Node) (Waiver, error) {
	waiver := Waiver{line: node.Line}
	fields, err := fieldsOf(node, fieldNames)
	if err != nil {
		return waiver, fmt.Errorf("%w; a waiver has %s", err, strings.Join(fieldNames, ", "))
	}
	for name, into := range map[string]*string{
		"behaviour": &waiver.Behaviour, "reason": &waiver.Reason, "owner": &waiver.Owner, "link": &waiver.Link,
		"expires": &waiver.Expires,
	} {
		value := fields[name]
		switch {
		case value == nil || isNull(value):
		case value.Kind != yaml.ScalarNode:
			return waiver, fmt.Errorf("%s: want one text", name)
		default:
			*into = value.Value
		}
	}
	waiver.Bindings, err = bindingsOf(fields["bindings"])
	return waiver, err
}

func bindingsOf(value *yaml.Node) (bindings []string, err error) {
	if value == nil || isNull(value) {
		return nil, nil
	}
	isText := func(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && !isNull(node) }
	if value.Kind != yaml.SequenceNode || !allOf(value.Content, isText) {
		return nil, errors.New("bindings: want a list such as [api, rest]")
	}
	for _, element := range value.Content {
		bindings = append(bindings, element.Value)
	}
	return bindings, nil
}

func allOf(nodes []*yaml.Node, holds func(*yaml.Node) bool) bool {
	return !slices.ContainsFunc(nodes, func(node *yaml.Node) bool { return !holds(node) })
}

// fieldsOf are the values of a mapping by its keys, which must be known.
func fieldsOf(node *yaml.Node, known []string) (map[string]*yaml.Node, error) {
	if isNull(node) {
		return nil, nil
	}
	if node.Kind != yaml.MappingNode {
		return nil, errors.New("it is no mapping of names to values")
	}
	fields := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if !slices.Contains(known, key.Value) {
			return nil, fmt.Errorf("there is no %s", key.Value)
		}
		if fields[key.Value] != nil {
			return nil, fmt.Errorf("%s stands there twice", key.Value)
		}
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		fields[key.Value] = value
	}
	return fields, nil
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null" }
