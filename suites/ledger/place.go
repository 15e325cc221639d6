package ledger

import (
	"fmt"
	"slices"
	"strings"
)

// sharedFolder holds what the pages of both session services say alike.
const sharedFolder = "sessions"

// service is a documented service and the folder of its pages.
type service struct {
	folder, name string
	// session is what the service calls the sessions that shared entries speak of.
	session string
	// operations are its pages, in the order of a session's life.
	operations []string
	// topics are its pages on what is no single operation.
	topics []string
}

// services are in the order in which the ledger lists them.
var services = []service{
	{
		folder: "downloadsession", name: "download_session", session: "download session",
		operations: []string{"create", "get", "list", "keep_alive", "cancel", "delete", "fail"}, topics: []string{"concurrency"},
	},
	{
		folder: "downloadfile", name: "downloadsession.file",
		operations: []string{"list", "get", "prepare"}, topics: []string{"transfer"},
	},
	{
		folder: "protocol", name: "protocol",
		topics: []string{"authentication", "login", "errors", "wrappers", "paths", "bodies", "legacy", "tokens"},
	},
	{
		folder: "updatesession", name: "update_session", session: "update session",
		operations: []string{"create", "get", "list", "keep_alive", "update", "cancel", "complete", "delete", "fail"},
		topics:     []string{"concurrency"},
	},
	{
		folder: "updatefile", name: "updatesession.file",
		operations: []string{"add", "list", "get", "remove", "validate"}, topics: []string{"transfer"},
	},
}

// Any is the operation of a behaviour that every operation shows, Login that of
// one of the API session.
const (
	Any   = "*"
	Login = "login"
)

// Concurrency ends the ids of the behaviours about clients that act at once; the
// name of the service comes before.
const Concurrency = ".concurrency.linearizable"

// pages are all of the service's, in order.
func (s service) pages() []string { return slices.Concat(s.operations, s.topics) }

// knows lists what a behaviour of the service may be about. The service
// protocol has no operations of its own: it speaks of all the others'.
func (s service) knows() []string {
	if s.operations != nil {
		return append(slices.Clone(s.operations), Any)
	}
	known := []string{Any, Login}
	for _, other := range services {
		known = append(known, other.operations...)
	}
	return known
}

// operation is what the page's behaviours are about unless they say otherwise;
// empty where each has to say it.
func (s service) operation(page string) string {
	switch {
	case slices.Contains(s.operations, page):
		return page
	case s.operations == nil:
		return Any
	}
	return ""
}

// id completes a name as it is written on the page: a name of one part is
// about what the page is about. The topics of the service protocol have no
// part in its ids.
func (s service) id(page, name string) string {
	if s.operations == nil || strings.Contains(name, ".") {
		return s.name + "." + name
	}
	return s.name + "." + page + "." + name
}

// place finds the service and the page of a file, such as
// downloadsession/cancel.yaml.
func place(file string) (service, string, error) {
	folder, page, _ := strings.Cut(strings.TrimSuffix(file, ".yaml"), "/")
	at := slices.IndexFunc(services, func(s service) bool { return s.folder == folder })
	if at < 0 {
		return service{}, "", fmt.Errorf("there is no service of this name")
	}
	if found := services[at]; slices.Contains(found.pages(), page) {
		return found, page, nil
	}
	return service{}, "", fmt.Errorf("%s has no page %q: it has %s",
		services[at].name, page, strings.Join(services[at].pages(), ", "))
}
