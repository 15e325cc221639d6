package wire

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Text is the content of an XML element; it may stand for any scalar.
type Text string

// Members are the members of a decoded object, by name. The values are nil,
// bool, string, json.Number, Text, Members or []any.
type Members map[string]any

const (
	// maxDepth bounds how deep an answer may nest; no documented answer goes
	// beyond six levels.
	maxDepth = 64
	// maxValues bounds how many values an answer may hold, each of which costs
	// far more than its bytes; no more ids of 36 characters have room in maxBody.
	maxValues = 30_000
)

var (
	errTooDeep = fmt.Errorf("nested more than %d levels deep", maxDepth)
	errTooMany = fmt.Errorf("more than %d values", maxValues)
)

// occurrences is how often the marks stand in a body. They are counted before
// anything is decoded, those in texts included: no text has as many.
func occurrences(body []byte, marks ...string) (count int) {
	for _, mark := range marks {
		count += bytes.Count(body, []byte(mark))
	}
	return count
}

// whichCharacter is what an error of encoding/json quotes: where text stands in
// the place of JSON, it may be another one in every run.
var whichCharacter = regexp.MustCompile(`^(invalid character) '.+?'`)

// decodeJSON reads exactly one JSON value and refuses duplicate names, about
// which two readers of the same answer could disagree, and bytes that are not
// UTF-8, which encoding/json would replace.
func decodeJSON(body []byte) (any, error) {
	if !utf8.Valid(body) {
		return nil, errors.New("not JSON: not UTF-8")
	}
	if occurrences(body, ",", "]", "}") > maxValues {
		return nil, errTooMany
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	value, err := jsonValue(decoder, 0)
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("ends in the middle of a value")
		}
		return nil, errors.New("not JSON: " + whichCharacter.ReplaceAllString(err.Error(), "$1"))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not JSON: more than one value")
	}
	return value, nil
}

func jsonValue(decoder *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return jsonMembers(decoder, depth)
	case json.Delim('['):
		return jsonList(decoder, depth)
	}
	return token, nil
}

func jsonMembers(decoder *json.Decoder, depth int) (any, error) {
	members := Members{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, isName := token.(string)
		if !isName {
			return nil, fmt.Errorf("a member's name is %v", token)
		}
		if _, twice := members[name]; twice {
			return nil, fmt.Errorf("the member %.40q stands there twice", name)
		}
		if members[name], err = jsonValue(decoder, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := decoder.Token()
	return members, err
}

func jsonList(decoder *json.Decoder, depth int) (any, error) {
	list := []any{}
	for decoder.More() {
		item, err := jsonValue(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	_, err := decoder.Token()
	return list, err
}

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

// arraySuffix and arrayItem are how the pages write lists in XML.
const (
	arraySuffix = "-array"
	arrayItem   = "array-item"
)

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
