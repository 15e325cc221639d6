package spec

import (
	"context"
	"errors"
	"net/http"

	"session-conformance/suites/internal/wire"
)

// keep sees to it that what an answer created is deleted, and notes what an
// answer ended: straight from the answer, whatever the body makes of it. A
// create without an answer may have made a session that nobody can name.
func (s *Spec) keep(reply wire.Reply) {
	for _, service := range []string{Download, Update} {
		if reply.Operation != service+".create" {
			continue
		}
		id := reply.AnyID()
		switch {
		case reply.Succeeded() && id != "":
			s.adopt(&Session{Service: service, ID: id})
		case reply.Err != nil && !errors.Is(reply.Err, wire.ErrStopped), reply.Err == nil && service == Update:
			s.soil()
		}
	}
}

// soil keeps the behaviour's items from being lent again.
func (s *Spec) soil() {
	for _, item := range s.items {
		s.unclean[item.ID] = true
	}
}

// adopt registers the deletion of a session, once.
func (s *Spec) adopt(session *Session) {
	for _, known := range s.sessions {
		if known.ID == session.ID && known.Service == session.Service {
			return
		}
	}
	s.sessions = append(s.sessions, session)
	s.target.Library.Created.Add(session.Service, session.ID, "")
	s.cleanup = append(s.cleanup, func(ctx context.Context) { s.dispose(ctx, session) })
}

// sessionOf returns the handle of a session that keep has adopted.
func (s *Spec) sessionOf(service, id string) *Session {
	for _, known := range s.sessions {
		if known.ID == id && known.Service == service {
			return known
		}
	}
	panic("no session " + id + " was made")
}

// dispose deletes a session; an update session that may be ACTIVE is
// cancelled first, as the documents want it.
func (s *Spec) dispose(ctx context.Context, session *Session) {
	if session.Service == Update && !session.ended {
		s.tidy(ctx, Update+".cancel", session.ID)
	}
	reply := s.tidy(ctx, session.Service+".delete", session.ID)
	if session.Service == Update && session.ended && reply.Status == http.StatusBadRequest {
		// What was answered with success has not ended it after all.
		s.tidy(ctx, Update+".cancel", session.ID)
		reply = s.tidy(ctx, Update+".delete", session.ID)
	}
	var err error
	if !reply.Succeeded() && reply.Status != http.StatusNotFound {
		err = errors.New("delete answered " + Answer(reply))
		s.soil()
	}
	s.target.Library.Created.Deleted(session.Service, session.ID, err)
}
