package spec

import (
	"slices"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// The services of the files in sessions.
const (
	DownloadFile = "downloadsession.file"
	UpdateFile   = "updatesession.file"
)

// FileService is the service of the files in a session.
func (s *Session) FileService() string {
	if s.Service == Download {
		return DownloadFile
	}
	return UpdateFile
}

// Named returns the one argument file_name.
func Named(name string) wire.Object { return wire.Object{{Name: "file_name", Value: name}} }

// PushSpec is the spec of a file that the client uploads.
func PushSpec(name string) wire.Object {
	return wire.Object{{Name: "name", Value: name}, {Name: "source_type", Value: "PUSH"}}
}

// PullSpec is the spec of a file that the server fetches from the address.
func PullSpec(name, address string) wire.Object {
	return wire.Object{
		{Name: "name", Value: name}, {Name: "source_type", Value: "PULL"},
		{Name: "source_endpoint", Value: wire.Object{{Name: "uri", Value: address}}},
	}
}

// FileCall uses an operation of the session's file service.
func (s *Spec) FileCall(session *Session, operation string, arguments wire.Object) wire.Reply {
	return s.Call(session.FileService()+"."+operation, session.ID, arguments)
}

// AddFile adds a file to an update session.
func (s *Spec) AddFile(session *Session, spec wire.Object) wire.Reply {
	return s.FileCall(session, "add", OneSpec("file_spec", spec))
}

// GetFile gets a file of a session.
func (s *Spec) GetFile(session *Session, name string) wire.Reply {
	return s.FileCall(session, "get", Named(name))
}

// ListFiles lists the files of a session.
func (s *Spec) ListFiles(session *Session) wire.Reply { return s.FileCall(session, "list", nil) }

// RemoveFile removes a file of the item in an update session.
func (s *Spec) RemoveFile(session *Session, name string) wire.Reply {
	return s.FileCall(session, "remove", Named(name))
}

// Validate validates an update session.
func (s *Spec) Validate(session *Session) wire.Reply { return s.FileCall(session, "validate", nil) }

// Prepare prepares a file for download.
func (s *Spec) Prepare(session *Session, name string) wire.Reply {
	return s.FileCall(session, "prepare", Named(name))
}

// Complete uses complete on the session.
func (s *Spec) Complete(session *Session) wire.Reply { return s.on(session, "complete", nil) }

// Infos returns the file infos of a reply to list; what is none blocks by
// the behaviour that promises them.
func (s *Spec) Infos(reply wire.Reply) []wire.Members {
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
func Endpoint(reply wire.Reply, field string) string {
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

// Added arranges a file to be pushed and returns its upload URL.
func (s *Spec) Added(session *Session, spec wire.Object) string {
	defer s.Step(s.step)
	s.Step("arrange: add a file")
	const operation = UpdateFile + ".add"
	reply := s.Via(s.PlainVariant(operation), operation, session.ID, OneSpec("file_spec", spec))
	address := Endpoint(reply, "upload_endpoint")
	if !reply.Succeeded() || address == "" {
		s.Block(operation+".push", "no file to test with: add answered %s%s", Answer(reply), Body(reply))
	}
	return address
}

// AwaitState polls the session until it has one of the states, or the budget
// is over, and returns the last reply to get.
func (s *Spec) AwaitState(session *Session, states ...State) wire.Reply {
	var seen view
	s.Poll(completeBudget, func() bool {
		seen = s.look(session)
		return slices.Contains(states, seen.state) || seen.reply.Status == 404
	})
	return seen.reply
}

// Completed arranges that the session's changes are on the item.
func (s *Spec) Completed(session *Session) {
	defer s.Step(s.step)
	s.Step("arrange: complete")
	const operation = Update + ".complete"
	reply := s.Via(s.PlainVariant(operation), operation, session.ID, nil)
	if !reply.Succeeded() {
		s.Block(operation+".ok", "no completed session to test with: complete answered %s%s", Answer(reply), Body(reply))
	}
	session.ended = true
	if last := s.AwaitState(session, Done, Errored); !InState(last, Done) {
		s.Block(Update+".complete.state_done", "no completed session to test with: get answered %s%s", Answer(last), Body(last))
	}
}

// InState says whether the reply shows a session in the state.
func InState(reply wire.Reply, state State) bool {
	model, _ := reply.AsMembers()
	got, _ := model.String("state")
	return got == string(state)
}

// OwnItem leases an item whose content the behaviour may change: never one
// that the user named.
func (s *Spec) OwnItem() library.Item {
	item := s.Item()
	if item.Given {
		s.Skip("would change the content of an item that you named; let the run create its own library")
	}
	s.unclean[item.ID] = true
	return item
}

// OVFItem makes an item of type ovf, without files, for this behaviour alone.
func (s *Spec) OVFItem() library.Item {
	return s.newItem("ovf")
}

// EmptyItem makes an item without files, for this behaviour alone.
func (s *Spec) EmptyItem() library.Item {
	return s.newItem("")
}

func (s *Spec) newItem(itemType string) library.Item {
	item, err := s.target.Library.NewItem(s.ctx, itemType)
	if err != nil {
		s.noItem(err)
	}
	s.report.Items = append(s.report.Items, item)
	return item
}
