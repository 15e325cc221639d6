package spec

import (
	"slices"

	"github.com/google/uuid"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// CreateFor returns the arguments of create for an item.
func CreateFor(item library.Item) wire.Object {
	return OneSpec("create_spec", wire.Object{{Name: "library_item_id", Value: item.ID}})
}

// OneSpec returns arguments of one spec, by the name that legacy and rest give it.
func OneSpec(name string, spec wire.Object) wire.Object {
	return wire.Object{{Name: name, Value: spec}}
}

// WithToken adds an idempotency token to the arguments of create.
func WithToken(arguments wire.Object, token string) wire.Object {
	return append(wire.Object{{Name: "client_token", Value: token}}, arguments...)
}

// NewToken returns a fresh idempotency token, which must be a UUID.
func NewToken() string { return uuid.NewString() }

// Unknown returns a session that never existed: a random UUID, which every
// shape of id allows.
func (s *Spec) Unknown(service string) *Session {
	return &Session{Service: service, ID: uuid.NewString()}
}

// UnknownItem returns an item that never existed.
func (s *Spec) UnknownItem() library.Item { return library.Item{ID: uuid.NewString()} }

// Create uses create with the arguments as given.
func (s *Spec) Create(service string, arguments wire.Object) wire.Reply {
	return s.Call(service+".create", "", arguments)
}

// Get uses get on the session.
func (s *Spec) Get(session *Session) wire.Reply { return s.on(session, "get", nil) }

// Cancel uses cancel on the session.
func (s *Spec) Cancel(session *Session) wire.Reply { return s.on(session, "cancel", nil) }

// Delete uses delete on the session.
func (s *Spec) Delete(session *Session) wire.Reply { return s.on(session, "delete", nil) }

// KeepAlive uses keep_alive on the session.
func (s *Spec) KeepAlive(session *Session, arguments wire.Object) wire.Reply {
	return s.on(session, "keep_alive", arguments)
}

// Progress is the argument of keep_alive that reports the client's progress;
// the services name it differently (reference, section 0).
func Progress(service string, percent int) wire.Object {
	name := "progress"
	if service == Update {
		name = "client_progress"
	}
	return wire.Object{{Name: name, Value: percent}}
}

// FailSession uses fail on the session.
func (s *Spec) FailSession(session *Session, message string) wire.Reply {
	return s.on(session, "fail", FailedBy(message))
}

// FailedBy is the argument of fail.
func FailedBy(message string) wire.Object {
	return wire.Object{{Name: "client_error_message", Value: message}}
}

// Two of the documented types of warning_behavior (reference, section 3).
const (
	SelfSigned = "SELF_SIGNED_CERTIFICATE"
	Expired    = "EXPIRED_CERTIFICATE"
)

// Warning is the argument of update that lets a certificate warning pass.
func Warning(kind string) wire.Object {
	warning := wire.Object{{Name: "type", Value: kind}, {Name: "ignored", Value: true}}
	return OneSpec("update_spec", wire.Object{{Name: "warning_behavior", Value: wire.List{warning}}})
}

// Update uses update on the session.
func (s *Spec) Update(session *Session, arguments wire.Object) wire.Reply {
	return s.on(session, "update", arguments)
}

// List uses list, for the sessions of one item or, with an empty id, for all
// of the caller's.
func (s *Spec) List(service, itemID string) wire.Reply {
	return s.Call(service+".list", itemID, nil)
}

// Act uses the operation that the behaviour is about on the session.
func (s *Spec) Act(session *Session, arguments wire.Object) wire.Reply {
	return s.on(session, s.Behaviour.Operation, arguments)
}

// on uses an operation on a session and notes when it ended it.
func (s *Spec) on(session *Session, operation string, arguments wire.Object) wire.Reply {
	reply := s.Call(session.Service+"."+operation, session.ID, arguments)
	if endings[operation] && reply.Succeeded() {
		session.ended = true
	}
	return reply
}

// Made returns the session that a reply to create names; a reply that names
// none breaks the behaviour.
func (s *Spec) Made(reply wire.Reply) *Session {
	id, problem := reply.AsID()
	if !reply.Succeeded() || problem != "" {
		s.Fail("expected a new session's id, got %s%s", misshapen(reply, problem), Body(reply))
	}
	service := Download
	if reply.Operation == Update+".create" {
		service = Update
	}
	return s.sessionOf(service, id)
}

// ContentVersion returns the item's content version as the target tells it now.
func (s *Spec) ContentVersion(item library.Item) string {
	version, err := s.target.Library.ContentVersion(s.ctx, item.ID)
	if err != nil {
		s.noAnswer(err)
		s.Block("an item that cannot be read", "the item's content_version cannot be read: %s", err)
	}
	return version
}

// SubscribedItem returns the item of a subscribed library that the user named.
func (s *Spec) SubscribedItem() library.Item {
	if s.target.SubscribedItem == "" {
		s.Skip("needs an item of a subscribed library; name one with --subscribed-item")
	}
	return library.Item{ID: s.target.SubscribedItem, Given: true}
}

// Service is the service that the behaviour is about.
func (s *Spec) Service() string { return s.Behaviour.Service }

// Files returns the names of the item's files as the target tells them now.
func (s *Spec) Files(item library.Item) []string {
	files, err := s.target.Library.Files(s.ctx, item.ID)
	if err != nil {
		s.noAnswer(err)
		s.Block("an item that cannot be read", "the item's files cannot be listed: %s", err)
	}
	return files
}

// FileOf returns the name of a file that the item holds.
func (s *Spec) FileOf(item library.Item) string {
	switch {
	case item.File != "":
		return item.File
	case item.Unfilled != nil:
		s.Block("update_session.complete.item_updated", "no file to test with: %s", item.Unfilled)
	}
	files := s.Files(item)
	if len(files) == 0 {
		s.Skip("needs an item that holds a file; %s is empty", item.ID)
	}
	return files[0]
}

// Serves says whether the target serves the binding.
func (s *Spec) Serves(binding wire.Binding) bool {
	return s.target.Served(wire.Variant{Binding: binding, Route: wire.Path, Representation: wire.JSON})
}

// Served narrows variants to those that the target serves.
func (s *Spec) Served(variants []wire.Variant) []wire.Variant {
	return slices.DeleteFunc(slices.Clone(variants), func(v wire.Variant) bool { return !s.target.Served(v) })
}

// Reply is an answer that a spec judges.
type Reply = wire.Reply

// Item is a library item that a behaviour works on.
type Item = library.Item
