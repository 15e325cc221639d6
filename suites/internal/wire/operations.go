package wire

import "encoding/xml"

// service is how a documented service is addressed.
type service struct {
	// segment stands behind /content/library/item/ in legacy and rest.
	segment string
	// api stands behind /content/library/item/ in api; {id} is the subject.
	api string
	// namespace is that of the XML representation, behind namespaceRoot.
	namespace string
	// subject is the argument that names the session.
	subject string
}

// namespaceRoot begins the XML namespace of every service (S0, S2).
const namespaceRoot = "http://vmware.com/content/library/item/"

// errorNamespace is that of the XML error root (B65).
const errorNamespace = "http://vmware.com/vapi/rest/base"

var services = map[string]service{
	"download_session":     {"download-session", "download-session", "download_session", "download_session_id"},
	"update_session":       {"update-session", "update-session", "update_session", "update_session_id"},
	"downloadsession.file": {"downloadsession/file", "download-session/{id}/file", "downloadsession/file", "download_session_id"},
	"updatesession.file":   {"updatesession/file", "update-session/{id}/file", "updatesession/file", "update_session_id"},
}

// operation is a row of the reference's section 2.
type operation struct {
	service string
	// action is the ~action of the legacy routes, and of rest where method is empty.
	action string
	// method is that of the path route in legacy and rest; empty where the
	// pages list the operation by its action only.
	method string
	// subject is the argument that the path names; empty where none is.
	subject string
	// onCollection says that the path route has no id: the subject, if given,
	// stands in the query string.
	onCollection bool
	// api is method, path behind the service's, and action; {id} is in the
	// service's path or here.
	api string
	// whole is the argument that is the whole body in api.
	whole string
	// apiQuery and apiPath are arguments that api puts into the query or the path.
	apiQuery, apiPath string
	notLegacy         bool
	// more says that it takes arguments beside its subject; without any, its
	// query representation by the action route would be its JSON one.
	more   bool
	result Kind
	// apiStatus is the documented status of success in api.
	apiStatus int
}

// Kind is the documented shape of an operation's result.
type Kind int

// The kinds of result (reference, section 2, "Result").
const (
	Void Kind = iota
	ID
	IDs
	Model
	Info
	Infos
	Validation
)

var operations = map[string]operation{
	"download_session.create": {service: "download_session", action: "create", method: "POST", onCollection: true,
		api: "POST", whole: "create_spec", result: ID, apiStatus: 201},
	"download_session.get": {service: "download_session", action: "get", method: "GET", subject: "download_session_id",
		api: "GET /{id}", result: Model, apiStatus: 200},
	"download_session.list": {service: "download_session", action: "list", method: "GET",
		subject: "library_item_id", onCollection: true,
		api: "GET", apiQuery: "library_item_id", result: IDs, apiStatus: 200},
	"download_session.keep_alive": {service: "download_session", more: true, action: "keep-alive", subject: "download_session_id",
		api: "POST /{id}?action=keep-alive", apiStatus: 204},
	"download_session.cancel": {service: "download_session", action: "cancel", subject: "download_session_id",
		api: "POST /{id}?action=cancel", apiStatus: 204},
	"download_session.delete": {service: "download_session", action: "delete", method: "DELETE", subject: "download_session_id",
		api: "DELETE /{id}", apiStatus: 204},
	"download_session.fail": {service: "download_session", more: true, action: "fail", subject: "download_session_id",
		api: "POST /{id}?action=fail", apiStatus: 204},

	"update_session.create": {service: "update_session", action: "create", method: "POST", onCollection: true,
		api: "POST", whole: "create_spec", result: ID, apiStatus: 201},
	"update_session.get": {service: "update_session", action: "get", method: "GET", subject: "update_session_id",
		api: "GET /{id}", result: Model, apiStatus: 200},
	"update_session.list": {service: "update_session", action: "list", method: "GET", subject: "library_item_id", onCollection: true,
		api: "GET", apiQuery: "library_item_id", result: IDs, apiStatus: 200},
	"update_session.keep_alive": {service: "update_session", more: true, action: "keep-alive", subject: "update_session_id",
		api: "POST /{id}?action=keep-alive", apiStatus: 204},
	"update_session.cancel": {service: "update_session", action: "cancel", subject: "update_session_id",
		api: "POST /{id}?action=cancel", apiStatus: 204},
	"update_session.complete": {service: "update_session", action: "complete", subject: "update_session_id",
		api: "POST /{id}?action=complete", apiStatus: 204},
	"update_session.delete": {service: "update_session", action: "delete", method: "DELETE", subject: "update_session_id",
		api: "DELETE /{id}", apiStatus: 204},
	"update_session.fail": {service: "update_session", more: true, action: "fail", subject: "update_session_id",
		api: "POST /{id}?action=fail", apiStatus: 204},
	"update_session.update": {service: "update_session", method: "PATCH", subject: "update_session_id", notLegacy: true,
		api: "PATCH /{id}", whole: "update_spec", apiStatus: 204},

	"downloadsession.file.list": {service: "downloadsession.file", action: "list", method: "GET",
		subject: "download_session_id", onCollection: true,
		api: "GET", result: Infos, apiStatus: 200},
	"downloadsession.file.get": {service: "downloadsession.file", more: true, action: "get", subject: "download_session_id",
		api: "GET", apiQuery: "file_name", result: Info, apiStatus: 200},
	"downloadsession.file.prepare": {service: "downloadsession.file", more: true, action: "prepare", subject: "download_session_id",
		api: "POST ?action=prepare", result: Info, apiStatus: 200},

	"updatesession.file.list": {service: "updatesession.file", action: "list", method: "GET",
		subject: "update_session_id", onCollection: true,
		api: "GET", result: Infos, apiStatus: 200},
	"updatesession.file.get": {service: "updatesession.file", more: true, action: "get", subject: "update_session_id",
		api: "GET /{file_name}", apiPath: "file_name", result: Info, apiStatus: 200},
	"updatesession.file.add": {service: "updatesession.file", more: true, action: "add", subject: "update_session_id",
		api: "POST", whole: "file_spec", result: Info, apiStatus: 201},
	"updatesession.file.remove": {service: "updatesession.file", more: true, action: "remove", subject: "update_session_id",
		api: "DELETE /{file_name}", apiPath: "file_name", apiStatus: 204},
	"updatesession.file.validate": {service: "updatesession.file", action: "validate", subject: "update_session_id",
		api: "POST ?action=validate", result: Validation, apiStatus: 200},
}

// IsOperation says whether it is one of the documented operations.
func IsOperation(name string) bool {
	_, known := operations[name]
	return known
}

// Result returns the documented shape of the operation's result.
func Result(operation string) Kind { return operations[operation].result }

// SuccessStatus returns the documented status of success. The pages of the
// legacy binding state none; 200 is taken from rest 6.5 (reference, section 1).
func SuccessStatus(operation string, binding Binding) int {
	if binding == API {
		return operations[operation].apiStatus
	}
	return 200
}

// Namespace returns the XML namespace of a service (S0, S2).
func Namespace(name string) string { return namespaceRoot + services[name].namespace }

// ResultRoot returns the root that the XML of an operation's result has.
func ResultRoot(name string) xml.Name {
	one := operations[name]
	return xml.Name{Space: Namespace(one.service), Local: xmlName(one.action) + "-Result"}
}
