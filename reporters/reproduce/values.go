package reproduce

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"session-conformance/reporters/report"
)

// value is a text in a body, and how a shell finds it in an answer of the
// same shape, which may come in any order and with any spaces.
type value struct {
	// name is the member or element that holds it; empty in a list or alone.
	name string
	text string
	// find is the call of a shell function that prints it; see functions.sh.
	find string
}

// valuesIn lists the texts in a JSON or XML body, as far as it can be read.
func valuesIn(body string) []value {
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		return xmlValues(body)
	}
	return jsonValues(body)
}

// level is an object or a list that a JSON reader is in.
type level struct {
	object bool
	// name is the member whose value comes next; empty if a name comes next.
	name string
}

func jsonValues(body string) []value {
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	var values []value
	stack, texts, named := []level{{}}, 0, map[string]int{}
	for {
		token, err := decoder.Token()
		if err != nil {
			return values
		}
		top := &stack[len(stack)-1]
		text, isText := token.(string)
		if isText {
			texts++
		}
		switch delimiter, _ := token.(json.Delim); {
		case delimiter == '{' || delimiter == '[':
			stack = append(stack, level{object: delimiter == '{'})
			continue
		case delimiter == '}' || delimiter == ']':
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].name = ""
			continue
		case top.object && top.name == "" && isText:
			top.name = text
			continue
		case isText && top.name != "":
			named[top.name]++
			values = append(values, value{top.name, text, fmt.Sprintf("member %s %d", Quote(top.name), named[top.name])})
		case isText:
			values = append(values, value{"", text, fmt.Sprintf("text %d", texts)})
		}
		top.name = ""
	}
}

func xmlValues(body string) []value {
	decoder := xml.NewDecoder(strings.NewReader(body))
	var values []value
	named, name, text := map[string]int{}, "", ""
	for {
		token, err := decoder.Token()
		if err != nil {
			return values
		}
		switch token := token.(type) {
		case xml.StartElement:
			name, text = token.Name.Local, ""
			named[name]++
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			// Only an element without others in it has a text of its own.
			if name == token.Name.Local && strings.TrimSpace(text) != "" {
				values = append(values, value{name, text, fmt.Sprintf("element %s %d", Quote(name), named[name])})
			}
			name, text = "", ""
		}
	}
}

// occurrence is the place of the wrong member among the outermost of its name, from 1:
// the first with the value that came if that is a text; 0 where it is not there.
func occurrence(body string, failure report.Failure) int {
	members := slices.DeleteFunc(membersIn(body), func(m member) bool { return m.name != failure.Field })
	if len(members) == 0 {
		return 0
	}
	outermost := slices.MinFunc(members, func(a, b member) int { return a.depth - b.depth }).depth
	members = slices.DeleteFunc(members, func(m member) bool { return m.depth > outermost })
	if failure.Was == nil {
		return 1
	}
	return 1 + slices.IndexFunc(members, func(m member) bool { return m.text == *failure.Was })
}

// member is a member or an element, with its value where that is no structure.
type member struct {
	name, text string
	depth      int
}

func membersIn(body string) []member {
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		return elementsIn(body)
	}
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	var members []member
	stack := []level{{}}
	for {
		token, err := decoder.Token()
		if err != nil {
			return members
		}
		top := &stack[len(stack)-1]
		delimiter, isDelimiter := token.(json.Delim)
		switch {
		case delimiter == '}' || delimiter == ']':
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].name = ""
			continue
		case top.object && top.name == "" && !isDelimiter:
			top.name = fmt.Sprint(token)
			continue
		case top.name != "":
			members = append(members, member{top.name, textOf(token), len(stack)})
		}
		if isDelimiter {
			stack = append(stack, level{object: delimiter == '{'})
			continue
		}
		top.name = ""
	}
}

// textOf is a scalar as it is written; empty for what is none.
func textOf(token json.Token) string {
	switch token := token.(type) {
	case json.Delim, nil:
		return ""
	default:
		return fmt.Sprint(token)
	}
}

func elementsIn(body string) []member {
	decoder := xml.NewDecoder(strings.NewReader(body))
	var members []member
	var open []int
	for {
		token, err := decoder.Token()
		if err != nil {
			return members
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, len(members))
			members = append(members, member{name: token.Name.Local, depth: len(open)})
		case xml.CharData:
			if len(open) > 0 {
				members[open[len(open)-1]].text += strings.TrimSpace(string(token))
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}
