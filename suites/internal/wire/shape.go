package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// AsID returns the result as an id: a string that is not empty.
func (r Reply) AsID() (string, string) {
	if r.Problem != "" {
		return "", r.Problem
	}
	return asID(r.Result, "an id", "")
}

// maxID bounds an id, in bytes: no server takes a URL twice as long.
const maxID = 4 << 10

func asID(value any, want, where string) (id, problem string) {
	id, ok := text(value)
	switch {
	case !ok || id == "":
		return "", "want " + want + ", got " + kind(value) + where
	case len(id) > maxID:
		return "", fmt.Sprintf("want %s, got a string of %d characters%s", want, len(id), where)
	}
	return id, ""
}

// AsIDs returns the result as an array of ids.
func (r Reply) AsIDs() ([]string, string) {
	if r.Problem != "" {
		return nil, r.Problem
	}
	list, ok := r.Result.([]any)
	if !ok {
		return nil, "want an array of ids, got " + kind(r.Result)
	}
	ids := make([]string, 0, len(list))
	for _, item := range list {
		id, problem := asID(item, "an array of ids", " in it")
		if problem != "" {
			return nil, problem
		}
		ids = append(ids, id)
	}
	return ids, ""
}

// AsMembers returns the result as an object.
func (r Reply) AsMembers() (Members, string) {
	if r.Problem != "" {
		return nil, r.Problem
	}
	members, ok := r.Result.(Members)
	if !ok {
		return nil, "want an object, got " + kind(r.Result)
	}
	return members, ""
}

// Has says whether the member is there and not null.
func (m Members) Has(name string) bool { return m[name] != nil }

// String returns the named member as a string.
func (m Members) String(name string) (string, bool) { return text(m[name]) }

// Int returns the named member as a whole number; in XML, its text.
func (m Members) Int(name string) (int64, bool) {
	var digits string
	switch value := m[name].(type) {
	case json.Number:
		digits = value.String()
	case Text:
		digits = strings.TrimSpace(string(value))
	default:
		return 0, false
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return n, true
	}
	// 1e1 and 10.0 are the same number as 10 in JSON.
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return 0, false
	}
	return int64(n), true
}

// timeLayouts are the forms of the samples: with a zone in api and rest,
// without one in legacy (reference, DS.get.time_format).
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"}

// Time returns the named member as an instant; without a zone it is read as UTC.
func (m Members) Time(name string) (time.Time, bool) {
	value, ok := text(m[name])
	if !ok {
		return time.Time{}, false
	}
	for _, layout := range timeLayouts {
		if instant, err := time.Parse(layout, value); err == nil {
			return instant, true
		}
	}
	return time.Time{}, false
}

// AnyID returns what may be the id in an answer to create, even where its
// wrapper is not the documented one: what was made must be deleted all the same.
func (r Reply) AnyID() string {
	value, err := r.decodeBody()
	if err != nil {
		return ""
	}
	for range maxDepth {
		members, ok := value.(Members)
		if !ok {
			break
		}
		value = members["id"]
		if value == nil {
			value = members["value"]
		}
	}
	id, _ := asID(value, "an id", "")
	return id
}

// HasZone says whether a written time tells its zone.
func HasZone(written string) bool {
	_, err := time.Parse(time.RFC3339Nano, written)
	return err == nil
}
