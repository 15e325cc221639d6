package wire

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Call is one use of an operation, before a variant spells it.
type Call struct {
	// Operation is service.operation in the API's own words.
	Operation string
	// Subject is the id that the path names: of a session, or of a library
	// item for a filtered list. Empty leaves it out.
	Subject string
	// Arguments are the other arguments by name, as in legacy and rest; nil
	// sends no body, an empty object an empty one.
	Arguments Object
}

// Request is what goes over the wire. Path has the query string and stands
// behind the target's URL unchanged.
type Request struct {
	Method string
	Path   string
	Header http.Header
	Body   []byte
	// Operation is what it asks for, as in Call; empty where no call was spelled.
	// It is not sent.
	Operation string
}

// Prefixes is the path before /content of each binding, as discovery found it.
type Prefixes map[Binding]string

// DocumentedPrefixes are the prefixes that the pages print. The legacy pages
// leave open whether /rest stands before theirs (reference, section 1).
func DocumentedPrefixes() Prefixes {
	return Prefixes{API: "/api", Rest: "/rest/com/vmware", Legacy: "/com/vmware"}
}

// LegacyPrefixes are the two readings of the legacy pages, in the order in
// which they are tried.
var LegacyPrefixes = []string{"/com/vmware", "/rest/com/vmware"}

// tokenArgument is the idempotency token, which api carries in tokenHeader
// (reference, section 5, row 6).
const (
	tokenArgument = "client_token"
	tokenHeader   = "Client-Token"
)

// Encode spells the call in the variant.
func Encode(prefixes Prefixes, variant Variant, call Call) (Request, error) {
	shape, ok := operations[call.Operation]
	if !ok {
		return Request{}, fmt.Errorf("no operation %q", call.Operation)
	}
	request, err := encode(prefixes, variant, shape, call)
	request.Operation = call.Operation
	return request, err
}

func encode(prefixes Prefixes, variant Variant, shape operation, call Call) (Request, error) {
	if variant.Binding == API {
		return encodeAPI(prefixes[API], shape, call)
	}
	if variant.Binding == Legacy && (shape.notLegacy || !shape.legacySpells(variant.Route, variant.Representation)) {
		return Request{}, fmt.Errorf("%s has no variant %s", call.Operation, variant)
	}
	return encodeClassic(prefixes[variant.Binding], variant, shape, call)
}

// encodeClassic spells legacy and rest, which share paths and argument names.
func encodeClassic(prefix string, variant Variant, shape operation, call Call) (Request, error) {
	base := prefix + "/content/library/item/" + services[shape.service].segment
	arguments := call.Arguments
	action := "?~action=" + shape.action
	request := Request{Method: http.MethodPost}
	switch {
	case variant.Route == Collection:
		request.Path = base + action
		if shape.subject != "" && call.Subject != "" {
			arguments = append(Object{{shape.subject, call.Subject}}, arguments...)
		}
	case variant.Route == Path && shape.method != "":
		request.Method = shape.method
		request.Path = base + classicPath(shape, call.Subject)
	default:
		request.Path = base + "/id:" + url.PathEscape(call.Subject) + action
	}
	return request.withArguments(variant.Representation, shape, arguments)
}

func classicPath(shape operation, subject string) string {
	switch {
	case !shape.onCollection:
		return "/id:" + url.PathEscape(subject)
	case shape.subject != "" && subject != "":
		return "?" + shape.subject + "=" + queryEscape(subject)
	}
	return ""
}

func encodeAPI(prefix string, shape operation, call Call) (Request, error) {
	method, rest, _ := strings.Cut(shape.api, " ")
	arguments := call.Arguments
	request := Request{Method: method, Header: http.Header{}}
	path := prefix + "/content/library/item/" + services[shape.service].api + rest
	path = strings.ReplaceAll(path, "{id}", url.PathEscape(call.Subject))
	if shape.apiPath != "" {
		name, _ := arguments.Get(shape.apiPath)
		path = strings.ReplaceAll(path, "{"+shape.apiPath+"}", url.PathEscape(scalar(name)))
		arguments = arguments.Without(shape.apiPath)
	}
	if shape.apiQuery == shape.subject && call.Subject != "" && shape.apiQuery != "" {
		path += "?" + shape.apiQuery + "=" + queryEscape(call.Subject)
	} else if value, given := arguments.Get(shape.apiQuery); given {
		path += "?" + shape.apiQuery + "=" + queryEscape(scalar(value))
		arguments = arguments.Without(shape.apiQuery)
	}
	if token, given := arguments.Get(tokenArgument); given {
		request.Header.Set(tokenHeader, scalar(token))
		arguments = arguments.Without(tokenArgument)
	}
	request.Path = path
	if shape.whole != "" {
		spec, given := arguments.Get(shape.whole)
		if !given {
			return request.withBody(JSON, nil), nil
		}
		body, err := json.Marshal(spec)
		return request.withBody(JSON, body), err
	}
	if len(arguments) == 0 && len(call.Arguments) > 0 {
		arguments = nil
	}
	return request.withArguments(JSON, shape, arguments)
}

// withArguments adds what is not in the path: as a body or, in the query
// representation, behind the action.
func (r Request) withArguments(representation Representation, shape operation, arguments Object) (Request, error) {
	switch {
	case representation == Query:
		if len(arguments) > 0 {
			r.Path += "&" + encodeQuery(arguments)
		}
		return r.withBody(representation, nil), nil
	case arguments == nil:
		return r.withBody(representation, nil), nil
	case representation == XML:
		return r.withBody(XML, encodeXML(services[shape.service].namespace, shape.action, arguments)), nil
	}
	body, err := json.Marshal(arguments)
	return r.withBody(representation, body), err
}

// mediaTypes are those of the representations; the pages name XML without its
// media type, so the registered one is sent.
var mediaTypes = map[Representation]string{JSON: "application/json", Query: "application/json", XML: "application/xml"}

func (r Request) withBody(representation Representation, body []byte) Request {
	header := r.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set("Accept", mediaTypes[representation])
	if body != nil {
		header.Set("Content-Type", mediaTypes[representation])
	}
	r.Header, r.Body = header, body
	return r
}
