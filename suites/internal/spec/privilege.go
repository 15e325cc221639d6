package spec

import (
	"net/http"
	"strings"
	"sync"

	"session-conformance/suites/internal/wire"
)

// privileges are what create and list of a service ask for (reference, section
// 10, row 11).
var privileges = map[string]string{
	Download: "ContentLibrary.DownloadSession",
	Update:   "ContentLibrary.UpdateSession",
}

// lacking is what is known of the privileges of the run's account, by service.
type lacking struct {
	mu    sync.Mutex
	known map[string]bool
}

// checkPrivilege ends the behaviour where the run's own account was refused for
// want of the privilege of the service.
func (s *Spec) checkPrivilege(reply Reply) {
	service, operation, _ := strings.Cut(reply.Operation, ".")
	if privileges[service] != "" && (operation == "create" || operation == "list") && isUnauthorized(reply) {
		s.needPrivilege(service)
	}
}

func isUnauthorized(reply Reply) bool {
	return reply.Status == http.StatusForbidden && reply.Fault != nil && reply.Fault.Type == Unauthorized.Name
}

// needPrivilege ends the behaviour if the run's account lacks the privilege.
func (s *Spec) needPrivilege(service string) {
	if s.lacks(service) {
		s.Block("an account with the privilege "+privileges[service],
			"cannot be judged with this account; it lacks %s: create answers 403 unauthorized in every binding", privileges[service])
	}
}

// lacks finds out once whether a plain create is unauthorized in every binding
// that is served: in one alone, it is the target's fault. It needs an item that
// the behaviour has, since waiting for one could wait for those who wait here.
func (s *Spec) lacks(service string) bool {
	lacking := &s.target.lacking
	lacking.mu.Lock()
	defer lacking.mu.Unlock()
	if lacks, known := lacking.known[service]; known || len(s.items) == 0 {
		return lacks
	}
	lacks, answered := s.isUnauthorizedEverywhere(service, s.items[0])
	if answered {
		if lacking.known == nil {
			lacking.known = map[string]bool{}
		}
		lacking.known[service] = lacks
	}
	return lacks
}

func (s *Spec) isUnauthorizedEverywhere(service string, item Item) (everywhere, answered bool) {
	operation := service + ".create"
	for _, binding := range []wire.Binding{wire.API, wire.Rest, wire.Legacy} {
		if !s.Serves(binding) {
			continue
		}
		plain, _ := s.target.Plain(operation, binding)
		request := s.Request(Call{Operation: operation, Arguments: CreateFor(item)}, In(plain))
		reply := s.read(s.target.Client, s.target.Client.Do(s.ctx, request), plain, operation)
		if reply.Err != nil || !isUnauthorized(reply) {
			return false, reply.Err == nil
		}
		everywhere = true
	}
	return everywhere, true
}
