package spec

import (
	"fmt"
	"net/http"
	"slices"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// The services of the files in sessions.
const (
	DownloadFile = "downloadsession.file"
	UpdateFile   = "updatesession.file"
)

// Files is the files in a session, with the operations of their service as verbs.
type Files struct{ session *Session }

// Files are the files in the session.
func (session *Session) Files() Files { return Files{session} }

// Service is the service of the files in the session.
func (f Files) Service() string {
	if f.session.Service == Download {
		return DownloadFile
	}
	return UpdateFile
}

// Call is an operation on the files in the session.
func (f Files) Call(operation string, arguments wire.Object) Call {
	return Call{Operation: f.Service() + "." + operation, Subject: f.session.ID, Arguments: arguments}
}

// Use uses an operation with the arguments as given.
func (f Files) Use(operation string, arguments wire.Object, options ...Option) Reply {
	call := f.Call(operation, arguments)
	reply := f.session.spec.Send(call, options...)
	if operation == "add" && f.session.Item.Fresh && isUnknown(reply) {
		return f.onceKnown(call, options)
	}
	return reply
}

// isUnknown says whether add does not know the item yet, or the session.
func isUnknown(reply Reply) bool {
	return reply.Status == http.StatusNotFound && reply.Fault != nil && (reply.Fault.Type == "" || reply.Fault.Type == NotFound.Name)
}

// onceKnown adds a file to a new item again until the target knows the item, as
// live servers may take a while to: nothing of it is judged.
func (f Files) onceKnown(call Call, options []Option) (reply Reply) {
	s := f.session.spec
	defer s.Aside("wait, until the new item takes files")()
	s.extendClock(library.SettleBudget)
	s.PollFor("a new item that takes files", library.SettleBudget, func() bool {
		reply = s.Send(call, options...)
		return !isUnknown(reply)
	})
	return reply
}

// Add adds a file to an update session.
func (f Files) Add(spec wire.Object, options ...Option) Reply {
	return f.Use("add", OneSpec("file_spec", spec), options...)
}

// Get gets a file.
func (f Files) Get(name string, options ...Option) Reply {
	return f.Use("get", FileName(name), options...)
}

// List lists the files.
func (f Files) List(options ...Option) Reply { return f.Use("list", nil, options...) }

// Remove removes a file of the item in an update session.
func (f Files) Remove(name string, options ...Option) Reply {
	return f.Use("remove", FileName(name), options...)
}

// Validate validates an update session.
func (f Files) Validate(options ...Option) Reply { return f.Use("validate", nil, options...) }

// Prepare prepares a file for download.
func (f Files) Prepare(name string, options ...Option) Reply {
	return f.Use("prepare", FileName(name), options...)
}

// arrange uses an operation in its plainest variant, whatever is under test.
func (f Files) arrange(operation string, arguments wire.Object) Reply {
	return f.Use(operation, arguments, In(f.session.spec.PlainVariant(f.Service()+"."+operation)))
}

// Watch polls a file until it has one of the statuses, or the budget is over,
// and returns every reply to get.
func (f Files) Watch(name string, statuses ...string) []Reply {
	promise, budget := ".get.ok", prepareBudget
	if f.session.Service == Update {
		// What the session had from the start is another promise.
		promise, budget = ".get.added", transferBudget
	}
	s := f.session.spec
	var seen []Reply
	s.PollFor(fmt.Sprintf("a file of %s in one of %q", f.Service(), statuses), budget, func() bool {
		reply := f.arrange("get", FileName(name))
		if _, problem := reply.AsMembers(); !reply.Succeeded() || problem != "" {
			s.Block(f.Service()+promise, "the file cannot be looked at: get answered %s%s", Answer(reply), Body(reply))
		}
		seen = append(seen, reply)
		return slices.Contains(statuses, FileStatus(reply))
	})
	return seen
}

// Await is Watch for whoever only needs the last status.
func (f Files) Await(name string, statuses ...string) string {
	seen := f.Watch(name, statuses...)
	return FileStatus(seen[len(seen)-1])
}

// FileStatus is the status in a file's info; empty where there is none.
func FileStatus(reply Reply) string {
	info, _ := reply.AsMembers()
	status, _ := info.String("status")
	return status
}

// Infos returns the file infos of a reply to list; what is none blocks by
// the behaviour that promises them.
func (s *Spec) Infos(reply Reply) []wire.Members {
	list, isList := reply.Result.([]any)
	if !reply.Succeeded() || reply.Problem != "" || !isList {
		s.Block(reply.Operation+".ok", "the files cannot be listed: list answered %s%s", Answer(reply), Body(reply))
	}
	infos := make([]wire.Members, 0, len(list))
	for _, one := range list {
		info, ok := one.(wire.Members)
		if !ok {
			s.Block(reply.Operation+".ok", "the files cannot be listed: among them is %s", wire.Describe(one))
		}
		infos = append(infos, info)
	}
	return infos
}

// FileNames returns the names in file infos, sorted.
func FileNames(infos []wire.Members) []string {
	names := make([]string, 0, len(infos))
	for _, info := range infos {
		name, _ := info.String("name")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Endpoint returns the address in a transfer endpoint of a file's info; empty
// where there is none.
func Endpoint(reply Reply, field string) string {
	info, problem := reply.AsMembers()
	if problem != "" {
		return ""
	}
	return endpointIn(info, field)
}

func endpointIn(info wire.Members, field string) string {
	members, _ := info[field].(wire.Members)
	address, _ := members.String("uri")
	return address
}
