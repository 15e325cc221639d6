package wire

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// errorTypePrefix stands before the name of a standard error in legacy and
// rest (B65).
const errorTypePrefix = "com.vmware.vapi.std.errors."

// errorBody reads an error of the two documented shapes,
// {"type","value":{"messages"}} and {"error_type","messages"}; nil where the
// value is no object. It reads either shape in any binding, so that the type
// of an error is known even where its shape is wrong.
func errorBody(root xml.Name, binding Binding, value any) *ErrorBody {
	members, ok := value.(Members)
	if !ok {
		return nil
	}
	body := &ErrorBody{Members: members, Type: errorType(members)}
	switch {
	case binding == API:
		body.Documented = apiShape(members)
	case root.Local != "" && (root.Local != "Error" || root.Space != errorNamespace):
		body.Documented = fmt.Sprintf("the root is %.80s in namespace %.80q, want Error in %q", root.Local, root.Space, errorNamespace)
	default:
		body.Documented = classicShape(members)
	}
	return body
}

func errorType(members Members) string {
	if name, ok := text(members["error_type"]); ok {
		return strings.ToLower(name)
	}
	if name, ok := text(members["type"]); ok {
		return strings.ToLower(strings.TrimPrefix(name, errorTypePrefix))
	}
	return ""
}

// apiShape says what keeps an error from the api shape. error_type is
// optional in the 7.0 structure (P.err.C_shape); messages may be empty.
func apiShape(members Members) string {
	if _, wrapped := members["value"]; wrapped {
		return `it has the wrapper "value" of the rest binding`
	}
	if name, given := members["error_type"]; given && name != nil {
		if upper, ok := name.(string); !ok || upper != strings.ToUpper(upper) || upper == "" {
			return "error_type is " + Describe(name) + ", want a name in upper case"
		}
	}
	if _, ok := members["messages"].([]any); !ok {
		return "messages is " + Describe(members["messages"]) + ", want an array"
	}
	return ""
}

// classicShape says what keeps an error from the shape of legacy and rest.
func classicShape(members Members) string {
	name, ok := text(members["type"])
	if !ok || !strings.HasPrefix(name, errorTypePrefix) || name == errorTypePrefix {
		return "type is " + Describe(members["type"]) + ", want " + errorTypePrefix + "<name>"
	}
	value, ok := members["value"].(Members)
	if !ok {
		return "value is " + Describe(members["value"]) + ", want an object"
	}
	messages, ok := value["messages"].([]any)
	if !ok {
		return "value.messages is " + Describe(value["messages"]) + ", want an array"
	}
	for _, message := range messages {
		if problem := LocalizableMessage(message); problem != "" {
			return "an element of value.messages: " + problem
		}
	}
	return ""
}

// LocalizableMessage says what keeps a value from being the structure of that
// name, with id, default_message and args; empty if nothing does.
func LocalizableMessage(value any) string {
	message, ok := value.(Members)
	if !ok {
		return "want an object, got " + Describe(value)
	}
	for _, name := range []string{"id", "default_message"} {
		if _, ok := text(message[name]); !ok {
			return name + " is " + Describe(message[name]) + ", want a string"
		}
	}
	if _, ok := message["args"].([]any); !ok {
		return "args is " + Describe(message["args"]) + ", want an array"
	}
	return ""
}

func text(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case Text:
		return strings.TrimSpace(string(value)), true
	}
	return "", false
}
