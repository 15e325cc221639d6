package wire

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
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
// optional in the 7.0 structure; messages may be empty (S1, S3, SPEC9).
func apiShape(members Members) string {
	if _, wrapped := members["value"]; wrapped {
		return `it has the wrapper "value" of the rest binding`
	}
	if name, given := members["error_type"]; given && name != nil {
		if upper, ok := name.(string); !ok || upper != strings.ToUpper(upper) || upper == "" {
			return "error_type is " + Describe(name) + ", want a name in upper case"
		}
	}
	if data := members["data"]; data != nil {
		if _, ok := data.(Members); !ok {
			return "data is " + Describe(data) + ", want an object"
		}
	}
	return messagesShape("messages", members["messages"], apiMessage)
}

// messagesShape says what keeps a value from being a list of messages, each of
// the shape.
func messagesShape(name string, value any, shape func(any) string) string {
	messages, ok := value.([]any)
	if !ok {
		return name + " is " + Describe(value) + ", want an array"
	}
	for _, message := range messages {
		if problem := shape(message); problem != "" {
			return "an element of " + name + ": " + problem
		}
	}
	return ""
}

// classicShape says what keeps an error from the shape of legacy and rest.
func classicShape(members Members) string {
	name, ok := text(members["type"])
	if !ok || !strings.HasPrefix(name, errorTypePrefix) || name == errorTypePrefix || name != strings.ToLower(name) {
		return "type is " + Describe(members["type"]) + ", want " + errorTypePrefix + "<name in lower case>"
	}
	value, ok := members["value"].(Members)
	if !ok {
		return "value is " + Describe(members["value"]) + ", want an object"
	}
	return messagesShape("value.messages", value["messages"], LocalizableMessage)
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
	args, ok := message["args"].([]any)
	if !ok {
		return "args is " + Describe(message["args"]) + ", want an array"
	}
	for _, arg := range args {
		if _, ok := text(arg); !ok {
			return "args holds " + Describe(arg) + ", want strings"
		}
	}
	return ""
}

// paramKinds are the members of which each of a message's params has one; a
// format or precision may stand beside it (SPEC9).
var paramKinds = []string{"s", "dt", "i", "d", "l", "format", "precision"}

// apiMessage says what keeps a value from being a LocalizableMessage of api,
// which may also hold localized, a string, and params, an object by name.
func apiMessage(value any) string {
	if problem := LocalizableMessage(value); problem != "" {
		return problem
	}
	message := value.(Members)
	if localized := message["localized"]; localized != nil {
		if _, ok := localized.(string); !ok {
			return "localized is " + Describe(localized) + ", want a string"
		}
	}
	if message["params"] == nil {
		return ""
	}
	params, ok := message["params"].(Members)
	if !ok {
		return "params is " + Describe(message["params"]) + ", want an object"
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		param, _ := params[name].(Members)
		if !slices.ContainsFunc(paramKinds, func(kind string) bool { return param[kind] != nil }) {
			return fmt.Sprintf("%.40q of params is %s, want an object with one of %s", name, Describe(params[name]),
				strings.Join(paramKinds, ", "))
		}
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
