package wire

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"mime"
	"slices"
	"strings"
)

// Reply is an answer as the variant that was asked in must read it.
type Reply struct {
	Exchange
	Variant   Variant
	Operation string
	// Root is the name of the XML root; empty for JSON.
	Root xml.Name
	// Result is the value without its wrapper; nil for a void answer.
	Result any
	// Broken is why the body could not be decoded; empty if it could.
	Broken string
	// Problem is what keeps the body from being a result in the documented
	// wrapper; empty if it is one. A body that cannot be decoded is a problem
	// of the answer, never an error of the suite.
	Problem string
	// Fault is the error that the body carries, if it carries one.
	Fault *ErrorBody
}

// ErrorBody is a decoded error of either shape.
type ErrorBody struct {
	// Type is the standard error's name in lower case, not_found; empty where
	// the body does not say.
	Type string
	// Documented is what keeps the body from having its binding's documented
	// shape; empty if it has it.
	Documented string
	// Members is the body as it was decoded.
	Members Members
}

// Decode reads an exchange's answer in the variant.
func Decode(exchange Exchange, variant Variant, operation string) Reply {
	reply := Reply{Exchange: exchange, Variant: variant, Operation: operation}
	if exchange.Err != nil {
		reply.Problem = Explain(exchange.Err)
		return reply
	}
	value, err := reply.decodeBody()
	switch {
	case err != nil:
		// It may quote names, which may be long.
		reply.Broken = fmt.Sprintf("%.200s", err)
		reply.Problem = reply.Broken
	case reply.Succeeded():
		reply.unwrap(value)
	default:
		reply.Problem = fmt.Sprintf("the status is %d", reply.Status)
		reply.Fault = errorBody(reply.Root, variant.Binding, value)
	}
	return reply
}

// decodeBody decodes what there is, XML if it says so or was asked for and
// looks like it.
func (r *Reply) decodeBody() (any, error) {
	body := bytes.TrimSpace(r.Answer)
	if len(body) == 0 {
		return nil, nil
	}
	if coding := r.AnswerHeader.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return nil, fmt.Errorf("packed as %.20q, which nobody asked for", coding)
	}
	if !r.isXML(body) {
		value, err := decodeJSON(body)
		if media := r.otherType(); err != nil && media != "" {
			return nil, fmt.Errorf("%.40s, not JSON", media)
		}
		return value, err
	}
	root, value, err := decodeXML(body)
	r.Root = root
	return value, err
}

func (r *Reply) isXML(body []byte) bool {
	media, _, err := mime.ParseMediaType(r.AnswerHeader.Get("Content-Type"))
	if err == nil && media != "" && media != "text/plain" && media != "application/octet-stream" {
		return media == "application/xml" || media == "text/xml" || strings.HasSuffix(media, "+xml")
	}
	return body[0] == '<' && r.Variant.Representation == XML
}

// otherType is the media type that the answer names where that is not JSON's;
// else empty.
func (r *Reply) otherType() string {
	media, _, err := mime.ParseMediaType(r.AnswerHeader.Get("Content-Type"))
	if err != nil || media == "application/json" || strings.HasSuffix(media, "+json") {
		return ""
	}
	return media
}

// unwrap takes the result out of its binding's wrapper (reference, section 1,
// "result").
func (r *Reply) unwrap(value any) {
	if Result(r.Operation) == Void {
		r.unwrapVoid(value)
		return
	}
	if r.Variant.Binding == API {
		r.Result = value
		return
	}
	wrapper, ok := value.(Members)
	if !ok {
		r.Problem = fmt.Sprintf(`want an object with the one member "value", got %s`, kind(value))
		return
	}
	if _, ok := wrapper["value"]; !ok || len(wrapper) != 1 {
		r.Problem = fmt.Sprintf(`want the one member "value", got %s`, names(wrapper))
		return
	}
	r.Result = wrapper["value"]
}

// unwrapVoid accepts no body and null, which the runtime of one published
// implementation writes (reference, P.void.AB), and the empty XML root.
func (r *Reply) unwrapVoid(value any) {
	text, isText := value.(Text)
	if value == nil || isText && strings.TrimSpace(string(text)) == "" {
		return
	}
	r.Problem = "want no body, got " + kind(value)
}

// kind is Describe without the content of a string or number, which may be an
// id: a problem reads equal wherever it is the same one.
func kind(value any) string {
	switch text, isText := text(value); {
	case isText && text == "":
		return "an empty string"
	case isText:
		return "a string"
	}
	if _, isNumber := value.(json.Number); isNumber {
		return "a number"
	}
	return Describe(value)
}

// Describe says what kind of value it is, for messages.
func Describe(value any) string {
	switch value := value.(type) {
	case nil:
		return "nothing"
	case Members:
		return "an object with " + names(value)
	case []any:
		return fmt.Sprintf("an array of %d", len(value))
	case string:
		return fmt.Sprintf("the string %.80q", value)
	case Text:
		return fmt.Sprintf("the text %.80q", string(value))
	case bool:
		return fmt.Sprintf("the boolean %t", value)
	}
	return fmt.Sprintf("the number %.80v", value)
}

func names(members Members) string {
	if len(members) == 0 {
		return "no members"
	}
	var all []string
	for name := range members {
		all = append(all, fmt.Sprintf("%.40q", name))
	}
	slices.Sort(all)
	const shown = 12
	if len(all) > shown {
		all = append(all[:shown], fmt.Sprintf("and %d more", len(all)-shown))
	}
	return strings.Join(all, ", ")
}

// Format names what the body is, without its content.
func (r Reply) Format() string {
	body := bytes.TrimSpace(r.Answer)
	switch isXML := len(body) > 0 && r.isXML(body); {
	case len(body) == 0:
		return "no body"
	case r.Broken != "" && isXML:
		return "broken XML"
	case r.Broken != "":
		return "a body that is neither JSON nor XML"
	case isXML:
		return "XML"
	}
	return "JSON"
}
