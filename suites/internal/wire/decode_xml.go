package wire

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// arraySuffix and arrayItem are how the pages write lists in XML.
const (
	arraySuffix = "-array"
	arrayItem   = "array-item"
)

// decodeXML reads an XML document and returns the name of its root and the
// root's content, with NAME-array/array-item read as the list NAME.
func decodeXML(body []byte) (xml.Name, any, error) {
	// An element has two of them.
	if occurrences(body, "<") > 2*maxValues {
		return xml.Name{}, nil, errTooMany
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := decoder.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = errors.New("has no element")
			}
			return xml.Name{}, nil, fmt.Errorf("not XML: %w", err)
		}
		if text, ok := token.(xml.CharData); ok && len(bytes.TrimSpace(text)) > 0 {
			return xml.Name{}, nil, errors.New("not XML: text before the root element")
		}
		if root, ok := token.(xml.StartElement); ok {
			value, err := xmlContent(decoder, 0)
			if err == nil {
				err = xmlEnd(decoder)
			}
			if err != nil {
				return root.Name, nil, fmt.Errorf("not XML: %w", err)
			}
			return root.Name, value, nil
		}
	}
}

// xmlEnd reads what may follow the root: white space and comments.
func xmlEnd(decoder *xml.Decoder) error {
	for {
		token, err := decoder.Token()
		switch token := token.(type) {
		case nil:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		case xml.StartElement:
			return errors.New("more than one root element")
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return errors.New("text behind the root element")
			}
		}
	}
}

func xmlContent(decoder *xml.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	var text strings.Builder
	members, items := Members{}, []any{}
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.StartElement:
			value, err := xmlContent(decoder, depth+1)
			if err != nil {
				return nil, err
			}
			name := token.Name.Local
			if name == arrayItem {
				items = append(items, value)
				continue
			}
			if err := members.addElement(name, value); err != nil {
				return nil, err
			}
		case xml.EndElement:
			return xmlValue(text.String(), members, items)
		}
	}
}

func (m Members) addElement(name string, value any) error {
	list, named := strings.CutSuffix(name, arraySuffix)
	switch _, isList := value.([]any); {
	case isList && !named:
		return fmt.Errorf("the list %.40q is not named %.40s%s", name, name, arraySuffix)
	case named:
		name = list
		if text, empty := value.(Text); empty && strings.TrimSpace(string(text)) == "" {
			value = []any{}
		}
	}
	if _, twice := m[name]; twice {
		return fmt.Errorf("the element %.40q stands there twice", name)
	}
	m[name] = value
	return nil
}

func xmlValue(text string, members Members, items []any) (any, error) {
	switch {
	case len(members) > 0 && len(items) > 0:
		return nil, errors.New("array items among other elements")
	case len(members)+len(items) > 0 && strings.TrimSpace(text) != "":
		return nil, errors.New("text among elements")
	case len(members) > 0:
		return members, nil
	case len(items) > 0:
		return items, nil
	}
	return Text(text), nil
}
