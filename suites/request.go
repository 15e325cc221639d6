package suites

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/ledger"
)

// anyOperation stands for the operation of a behaviour that is about all.
const anyOperation = "download_session.get"

// loginOperation is that of the behaviours about the API session itself.
const loginOperation = "login"

// examples are the arguments with which requests are shown. The names in
// capitals become placeholders, once what is around them was escaped.
var examples = map[string]wire.Object{
	"download_session.create":      {{Name: "create_spec", Value: ofItem}},
	"download_session.keep_alive":  {{Name: "progress", Value: 50}},
	"download_session.fail":        {{Name: "client_error_message", Value: "what went wrong"}},
	"update_session.create":        {{Name: "create_spec", Value: ofItem}},
	"update_session.keep_alive":    {{Name: "client_progress", Value: 50}},
	"update_session.fail":          {{Name: "client_error_message", Value: "what went wrong"}},
	"update_session.update":        {{Name: "update_spec", Value: ignoring}},
	"downloadsession.file.get":     named,
	"downloadsession.file.prepare": named,
	"updatesession.file.get":       named,
	"updatesession.file.remove":    named,
	"updatesession.file.add": {{Name: "file_spec", Value: wire.Object{
		{Name: "name", Value: "FILE_NAME"}, {Name: "source_type", Value: "PUSH"},
	}}},
}

var (
	ofItem   = wire.Object{{Name: "library_item_id", Value: "LIBRARY_ITEM_ID"}}
	named    = wire.Object{{Name: "file_name", Value: "FILE_NAME"}}
	ignoring = wire.Object{{Name: "warning_behavior", Value: wire.List{wire.Object{
		{Name: "type", Value: "SELF_SIGNED_CERTIFICATE"}, {Name: "ignored", Value: true},
	}}}}
)

var placeholders = strings.NewReplacer(
	"LIBRARY_ITEM_ID", "<library_item_id>", "FILE_NAME", "<file_name>", "CLIENT_TOKEN", "<uuid>",
	"DOWNLOAD_SESSION_ID", "<download_session_id>", "UPDATE_SESSION_ID", "<update_session_id>",
)

// exampleOf is the operation that a behaviour's request shows.
func exampleOf(b ledger.Behaviour) string {
	switch {
	case b.Service != "protocol" && b.Operation == "*":
		return b.Service + ".get"
	case b.Service != "protocol":
		return b.Service + "." + b.Operation
	case b.Operation == loginOperation:
		return loginOperation
	case b.Operation != "*":
		return "download_session." + b.Operation
	}
	return anyOperation
}

// subjectOf is the id that the operation's path names.
func subjectOf(operation string) string {
	switch {
	case strings.HasSuffix(operation, "_session.create"):
		return ""
	case strings.HasSuffix(operation, "_session.list"):
		return "LIBRARY_ITEM_ID"
	case strings.HasPrefix(operation, "download"):
		return "DOWNLOAD_SESSION_ID"
	}
	return "UPDATE_SESSION_ID"
}

// requestOf is the behaviour's operation and its request as curl, in the first
// of the variants.
func requestOf(b ledger.Behaviour, binding wire.Binding, variants []wire.Variant) (operation, request string) {
	if operation = exampleOf(b); operation == loginOperation {
		return operation, loginCurl(b.ID, binding)
	}
	prefixes := wire.DocumentedPrefixes()
	variant := wire.Variant{Binding: wire.Rest, Route: wire.Path, Representation: wire.JSON}
	switch plain := wire.Variants(operation, binding); {
	case len(plain) == 0:
		// An operation that the binding does not have would be spelled as in rest.
		prefixes[wire.Rest] = prefixes[binding]
	case len(variants) == 0:
		variant = plain[0]
	default:
		variant = variants[0]
	}
	if binding == wire.Rest && strings.Contains(b.ID, "xml") {
		// The XML of rest 6.5 is that of legacy, and no variant of its own.
		operation, variant = "download_session.create", wire.Variant{Binding: wire.Legacy, Route: wire.Path, Representation: wire.XML}
		prefixes[wire.Legacy] = prefixes[wire.Rest]
	} else if b.Operation == "*" && variant.Representation != wire.JSON {
		// A body shows more of the representation than a path.
		variant.Route = wire.Collection
	}
	arguments := examples[operation]
	if b.Service == "protocol" && strings.Contains(b.ID, ".token.") {
		arguments = append(wire.Object{{Name: "client_token", Value: "CLIENT_TOKEN"}}, arguments...)
	}
	call := wire.Call{Operation: operation, Subject: subjectOf(operation), Arguments: arguments}
	encoded, err := wire.Encode(prefixes, variant, call)
	if err != nil {
		return operation, ""
	}
	request = curl(encoded, `-H "vmware-api-session-id: $SESSION_ID"`)
	if variant.Representation == wire.XML {
		// There a name in angle brackets would be an element.
		return operation, request
	}
	return operation, placeholders.Replace(request)
}

// curl is the request as a command for a POSIX shell, with its credentials.
func curl(request wire.Request, credentials string) string {
	method := ""
	if request.Method != http.MethodGet {
		method = "-X " + request.Method + " "
	}
	lines := []string{fmt.Sprintf(`curl %s"$TARGET%s"`, method, request.Path), credentials}
	for _, name := range slices.Sorted(maps.Keys(request.Header)) {
		lines = append(lines, fmt.Sprintf("-H '%s: %s'", name, request.Header.Get(name)))
	}
	if request.Body != nil {
		lines = append(lines, "-d '"+string(request.Body)+"'")
	}
	return strings.Join(lines, " \\\n  ")
}

// loginCurl is the request of a behaviour about the API session, which is no
// operation of a service.
func loginCurl(id string, binding wire.Binding) string {
	request := wire.Request{Method: http.MethodPost, Path: "/rest/com/vmware/cis/session"}
	if binding == wire.API {
		request.Path = "/api/session"
	}
	switch {
	case strings.HasSuffix(id, ".logout"):
		request.Method = http.MethodDelete
	case strings.HasSuffix(id, ".get"):
		request.Path += "?~action=get"
	default:
		return curl(request, `-u "$USERNAME:$PASSWORD"`)
	}
	return curl(request, `-H "vmware-api-session-id: $SESSION_ID"`)
}
