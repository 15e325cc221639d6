package spec

import (
	"time"

	"session-conformance/suites/internal/wire"
)

// The services of sessions.
const (
	Download = "download_session"
	Update   = "update_session"
)

// Reply is an answer that a spec judges.
type Reply = wire.Reply

// Session is a session, with the operations of its service as verbs.
type Session struct {
	Service string
	ID      string
	Item    Item
	// Gone says that its cancel deleted it, where documents say so.
	Gone bool
	// ended says that an answer of success took it out of ACTIVE.
	ended bool
	// since is when it was made.
	since time.Time
	// cleaner is the client of who made it, if that is not the run: to nobody else a
	// target need show it.
	cleaner *wire.Client
	spec    *Spec
}

// SessionNamed is the session of that id, which the behaviour has not made.
func (s *Spec) SessionNamed(service, id string) *Session {
	return &Session{Service: service, ID: id, spec: s}
}

// Service is the service that the behaviour is about.
func (s *Spec) Service() string { return s.Behaviour.Service }

// Create uses create with the arguments as given.
func (s *Spec) Create(service string, arguments wire.Object, options ...Option) Reply {
	return s.Send(Call{Operation: service + ".create", Arguments: arguments}, options...)
}

// List uses list, for the sessions of one item or, with an empty id, for all
// of the caller's.
func (s *Spec) List(service, itemID string, options ...Option) Reply {
	return s.Send(Call{Operation: service + ".list", Subject: itemID}, options...)
}

// Made returns the session that a reply to create names; a reply that names
// none breaks the behaviour.
func (s *Spec) Made(reply wire.Reply) *Session {
	id, problem := reply.AsID()
	if !reply.Succeeded() || problem != "" {
		failure := *wrongShape(reply, problem)
		failure.Expected = "a new session's id"
		s.Fail(failure.About(reply))
	}
	service := Download
	if reply.Operation == Update+".create" {
		service = Update
	}
	return s.sessionOf(service, id)
}

// Call is an operation on the session.
func (session *Session) Call(operation string, arguments wire.Object) Call {
	return Call{Operation: session.Service + "." + operation, Subject: session.ID, Arguments: arguments}
}

// Act uses the operation that the behaviour is about, with the arguments as given.
func (session *Session) Act(arguments wire.Object, options ...Option) Reply {
	return session.use(session.spec.Behaviour.Operation, arguments, options)
}

// Get uses get.
func (session *Session) Get(options ...Option) Reply { return session.use("get", nil, options) }

// Cancel uses cancel.
func (session *Session) Cancel(options ...Option) Reply { return session.use("cancel", nil, options) }

// Delete uses delete.
func (session *Session) Delete(options ...Option) Reply { return session.use("delete", nil, options) }

// Complete uses complete.
func (session *Session) Complete(options ...Option) Reply {
	return session.use("complete", nil, options)
}

// KeepAlive uses keep_alive.
func (session *Session) KeepAlive(progress Progress, options ...Option) Reply {
	return session.use("keep_alive", progress.Argument(session.Service), options)
}

// Fail uses fail.
func (session *Session) Fail(message string, options ...Option) Reply {
	return session.use("fail", ClientError(message), options)
}

// Update uses update.
func (session *Session) Update(arguments wire.Object, options ...Option) Reply {
	return session.use("update", arguments, options)
}

// endings are the operations that take a session out of ACTIVE.
var endings = map[string]bool{"cancel": true, "fail": true, "complete": true}

// use uses an operation and notes when it ended the session.
func (session *Session) use(operation string, arguments wire.Object, options []Option) Reply {
	reply := session.spec.Send(session.Call(operation, arguments), options...)
	if endings[operation] && reply.Succeeded() {
		session.ended = true
	}
	return reply
}
