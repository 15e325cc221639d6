package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
)

// value is a text in a body, and how a shell finds it in an answer of the
// same shape.
type value struct {
	// name is the member or element that holds it; empty in a list or alone.
	name string
	text string
	// find is the call of a shell function that prints it; see finders.
	find string
}

// finders are the shell functions that values call, by name. An answer may
// come in any order and with any spaces, so they go by names where there are
// some.
var finders = map[string]string{
	"member": `# member NAME N prints the N-th text called NAME in a JSON answer.
member() {
  printf '%s' "$answer" | awk -v name="$1" -v n="$2" '
    BEGIN { RS = "\"" }
    due && --n == 0 { gsub(/\\\//, "/"); printf "%s", $0; exit }
    { due = named && $0 ~ /^[ \t\r\n]*:[ \t\r\n]*$/; named = $0 == name }'
}`,
	"text": `# text N prints the N-th text of a JSON answer.
text() {
  printf '%s' "$answer" | awk -v n="$1" 'BEGIN { RS = "\"" } NR == 2 * n { gsub(/\\\//, "/"); printf "%s", $0 }'
}`,
	"element": `# element NAME N prints the N-th element called NAME in an XML answer.
element() {
  printf '%s' "$answer" | awk -v name="$1" -v n="$2" '
    BEGIN { RS = "<" }
    { tag = $0; sub(/[ \t\r\n\/>].*/, "", tag); sub(/^.*:/, "", tag) }
    tag == name && --n == 0 { sub(/^[^>]*>/, ""); gsub(/&amp;/, "\\&"); printf "%s", $0; exit }'
}`,
	"escaped": `# escaped TEXT prints it as a URL can hold it.
escaped() { printf '%s' "$1" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%'; }`,
	"token": `# token prints a random UUID.
token() { { cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen; } | tr A-Z a-z; }`,
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
			values = append(values, value{top.name, text, fmt.Sprintf("member %s %d", quoted(top.name), named[top.name])})
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
				values = append(values, value{name, text, fmt.Sprintf("element %s %d", quoted(name), named[name])})
			}
			name, text = "", ""
		}
	}
}
