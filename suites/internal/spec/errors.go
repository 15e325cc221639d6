package spec

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"session-conformance/suites/internal/wire"
)

// ErrorType is a standard error and the statuses that the documents give it.
type ErrorType struct {
	Name string
	// Classic and API are the statuses in legacy and rest, and in api; more
	// than one where the releases differ.
	Classic, API []int
}

// The errors that the session operations document (reference, section 4).
var (
	NotFound                 = plainError("not_found", 404)
	InvalidArgument          = plainError("invalid_argument", 400)
	InvalidRequest           = plainError("invalid_request", 400)
	UnexpectedInput          = plainError("unexpected_input", 400)
	InvalidElementType       = plainError("invalid_element_type", 400)
	NotAllowedInCurrentState = plainError("not_allowed_in_current_state", 400)
	Unauthorized             = plainError("unauthorized", 403)
	Unauthenticated          = plainError("unauthenticated", 401)
	// ResourceBusy is the error in any release (reference, section 5, row 2).
	ResourceBusy = ErrorType{"resource_busy", []int{400, 500}, []int{500}}
)

func plainError(name string, status int) ErrorType {
	return ErrorType{name, []int{status}, []int{status}}
}

func (t ErrorType) statuses(binding wire.Binding) []int {
	if binding == wire.API {
		return t.API
	}
	return t.Classic
}

func (t ErrorType) describe(binding wire.Binding) string {
	return Either(t.statuses(binding)) + " " + t.Name
}

// Either is the statuses in words.
func Either(statuses []int) string {
	var words []string
	for _, status := range statuses {
		words = append(words, fmt.Sprint(status))
	}
	return strings.Join(words, " or ")
}

// documentedStatuses is the table of section 4: every status that a document
// gives an error type, in any release.
var documentedStatuses = map[string][]int{
	"already_exists":                {400},
	"already_in_desired_state":      {400},
	"canceled":                      {400},
	"concurrent_change":             {409, 500},
	"error":                         {500},
	"feature_in_use":                {400},
	"internal_server_error":         {500},
	"invalid_argument":              {400},
	"invalid_element_configuration": {400},
	"invalid_element_type":          {400},
	"invalid_request":               {400},
	"not_allowed_in_current_state":  {400},
	"not_found":                     {404},
	"operation_not_found":           {404},
	"resource_busy":                 {400, 500},
	"resource_in_use":               {400},
	"resource_inaccessible":         {400, 500},
	"service_unavailable":           {503},
	"timed_out":                     {500, 504},
	"unable_to_allocate_resource":   {400, 500},
	"unauthenticated":               {401},
	"unauthorized":                  {403},
	"unsupported":                   {400},
	"unverified_peer":               {400, 500},
}

// StatusesOfType are the documented statuses of the error in a reply; none where
// it tells no type, or one that no document speaks of.
func StatusesOfType(reply wire.Reply) []int {
	if reply.Fault == nil {
		return nil
	}
	statuses := documentedStatuses[reply.Fault.Type]
	operation, ofUpdate := strings.CutPrefix(reply.Operation, Update+".")
	if ofUpdate && conflicting[operation] && reply.Variant.Binding == wire.Rest &&
		reply.Fault.Type == NotAllowedInCurrentState.Name {
		return append(slices.Clone(statuses), http.StatusConflict)
	}
	return statuses
}
