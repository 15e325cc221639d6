package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
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

// whatIsInvalid is what an error of jsontext quotes: where text stands in the
// place of JSON, it may be another one in every run.
var whatIsInvalid = regexp.MustCompile("^(invalid character|invalid escape sequence) " +
	`('(\\.|[^\\])[^']*'|"(\\.|[^"\\])*"|` + "`[^`]*`)")

// decodeJSON reads exactly one JSON value and refuses duplicate names, about
// which two readers of the same answer could disagree, and bytes that are not
// UTF-8. An escape of half a surrogate pair is JSON by its grammar and stays.
func decodeJSON(body []byte) (any, error) {
	if !utf8.Valid(body) {
		return nil, errors.New("not JSON: not UTF-8")
	}
	if occurrences(body, ",", "]", "}") > maxValues {
		return nil, errTooMany
	}
	decoder := jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowInvalidUTF8(true))
	value, err := jsonValue(decoder)
	if err != nil {
		return nil, errors.New("not JSON: " + whyNotJSON(err))
	}
	if _, err := decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not JSON: more than one value")
	}
	return value, nil
}

func whyNotJSON(err error) string {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "ends in the middle of a value"
	case !errors.As(err, &syntax):
		return err.Error()
	case errors.Is(err, jsontext.ErrDuplicateName):
		return fmt.Sprintf("the member %.40q stands there twice", syntax.JSONPointer.LastToken())
	}
	return whatIsInvalid.ReplaceAllString(syntax.Err.Error(), "$1")
}

func jsonValue(decoder *jsontext.Decoder) (any, error) {
	if decoder.StackDepth() > maxDepth {
		return nil, errTooDeep
	}
	token, err := decoder.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		return jsonMembers(decoder)
	case '[':
		return jsonList(decoder)
	case '"':
		return token.String(), nil
	case '0':
		return json.Number(token.String()), nil
	case 't', 'f':
		return token.Bool(), nil
	}
	return nil, nil
}

func jsonMembers(decoder *jsontext.Decoder) (any, error) {
	members := Members{}
	for decoder.PeekKind() != '}' {
		token, err := decoder.ReadToken()
		if err != nil {
			return nil, err
		}
		name := token.String()
		if members[name], err = jsonValue(decoder); err != nil {
			return nil, err
		}
	}
	_, err := decoder.ReadToken()
	return members, err
}

func jsonList(decoder *jsontext.Decoder) (any, error) {
	list := []any{}
	for decoder.PeekKind() != ']' {
		item, err := jsonValue(decoder)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	_, err := decoder.ReadToken()
	return list, err
}
