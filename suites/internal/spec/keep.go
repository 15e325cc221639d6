package spec

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"session-conformance/suites/internal/wire"
)

// keep sees to it that what an answer created is deleted, and notes what an
// answer ended: straight from the answer, whatever the body makes of it. A
// create without an answer may have made a session that nobody can name.
func (s *Spec) keep(client *wire.Client, reply wire.Reply) {
	for _, service := range []string{Download, Update} {
		if reply.Operation != service+".create" {
			continue
		}
		id := reply.AnyID()
		switch {
		case reply.Succeeded() && id != "":
			session := s.SessionNamed(service, id)
			session.Item = s.itemIn(reply)
			if client != s.target.Client {
				session.cleaner = client.Unstoppable()
			}
			s.adopt(session)
		case reply.Err != nil && !errors.Is(reply.Err, wire.ErrStopped):
			s.soil()
		case reply.Err == nil && service == Update:
			for _, item := range s.items {
				s.doubts[item.ID] = doubt{files: s.doubts[item.ID].files, sessions: true}
			}
		}
	}
	if reply.Operation == Update+".complete" && !isRefused(reply) && (!s.arranging || s.hasFiles) {
		s.soil()
	}
	if isLook(reply.Operation) || isRefused(reply) {
		s.noteState(reply)
		return
	}
	if s.seen = ""; strings.HasSuffix(reply.Operation, "_session.delete") {
		s.seen = deleting
	}
	if !s.arranging {
		s.touched = true
		s.ended = s.ended || ends(reply.Operation)
	}
}

// What the one session of a behaviour is seen to be when it was deleted, and when
// it is not found after that.
const (
	deleting State = "deleting"
	deleted  State = "deleted"
)

// noteState notes what a look shows the behaviour's one session to be.
func (s *Spec) noteState(reply wire.Reply) {
	if len(s.sessions) != 1 || !strings.HasPrefix(reply.Operation, s.sessions[0].Service+".") {
		return
	}
	if reply.Status == http.StatusNotFound && s.seen == deleting {
		s.seen = deleted
	}
	if model, _ := reply.AsMembers(); reply.Succeeded() && strings.HasSuffix(reply.Operation, ".get") {
		state, _ := model.String("state")
		s.seen = State(state)
	}
}

// itemIn is the one of the behaviour's items that a request is about.
func (s *Spec) itemIn(reply wire.Reply) (item Item) {
	for _, one := range s.items {
		if bytes.Contains(reply.Body, []byte(one.ID)) || strings.Contains(reply.Path, url.QueryEscape(one.ID)) {
			item = one
		}
	}
	return item
}

// ends says whether an operation may take a session out of ACTIVE, as far as is
// known.
func ends(operation string) bool {
	_, action, _ := strings.Cut(operation, "session.")
	return action != "keep_alive" && action != "update" && action != "create" && !strings.HasPrefix(action, "file.")
}

// isRefused says whether the target answered that it does nothing.
func isRefused(reply wire.Reply) bool {
	return reply.Err == nil && reply.Status >= http.StatusBadRequest
}

// isLook says whether an operation only reads.
func isLook(operation string) bool {
	return strings.HasSuffix(operation, ".get") || strings.HasSuffix(operation, ".list")
}

// soil keeps the behaviour's items from being lent again.
func (s *Spec) soil() {
	for _, item := range s.items {
		s.unclean[item.ID] = true
	}
}

// doubt says what may not be as it was on an item, and is looked at before it is
// lent again.
type doubt struct{ files, sessions bool }

// giveBack returns an item, with the session that was left on it as it was
// arranged, if there is one.
func (s *Spec) giveBack(ctx context.Context, item Item) {
	if left, ok := s.leaves(item); ok {
		s.target.Library.Leave(item, left)
		return
	}
	s.target.Library.Return(item, !s.unclean[item.ID] && s.isAsItWas(ctx, item))
}

// isAsItWas looks at an item with which something was tried that does not change
// it on a right target: it must hold its one file, and have no session.
func (s *Spec) isAsItWas(ctx context.Context, item Item) bool {
	doubt := s.doubts[item.ID]
	if (doubt.files || doubt.sessions) && s.report.Ending != Held {
		return false
	}
	if doubt.files {
		files, err := s.target.Library.Files(ctx, item.ID)
		if err != nil || item.File == "" || !slices.Equal(files, []string{item.File}) {
			return false
		}
	}
	if !doubt.sessions {
		return true
	}
	sessions, problem := ListedIDs(s.tidy(ctx, s.target.Cleaner, Update+".list", item.ID))
	return problem == "" && len(sessions) == 0
}

// adopt registers the deletion of a session, once.
func (s *Spec) adopt(session *Session) {
	for _, known := range s.sessions {
		if known.ID == session.ID && known.Service == session.Service {
			return
		}
	}
	if session.since.IsZero() {
		session.since = time.Now()
	}
	s.sessions = append(s.sessions, session)
	s.target.Library.Created.Add(session.Service, session.ID, "")
	s.cleanup = append(s.cleanup, func(ctx context.Context) {
		switch {
		case s.kept != nil && s.kept.session == session:
		case s.seen == deleted && len(s.sessions) == 1:
			s.target.Library.Created.Deleted(session.Service, session.ID, nil)
		case s.goesWithItem(session):
			// It goes away with the run's library, as everything in it.
		default:
			_ = s.dispose(ctx, session) // what is left is noted
		}
	})
}

// goesWithItem says whether the session is on an item of the run's that nobody
// will work on any more.
func (s *Spec) goesWithItem(session *Session) bool {
	item := session.Item
	return !s.isolated && item.ID != "" && !item.Given && (s.unclean[item.ID] || s.made[item.ID])
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
func (s *Spec) dispose(ctx context.Context, session *Session) error {
	by := cmp.Or(session.cleaner, s.target.Cleaner)
	if session.Service == Update && !session.ended {
		s.tidy(ctx, by, Update+".cancel", session.ID)
	}
	reply := s.tidy(ctx, by, session.Service+".delete", session.ID)
	if session.Service == Update && session.ended && reply.Status == http.StatusBadRequest {
		// What was answered with success has not ended it after all.
		s.tidy(ctx, by, Update+".cancel", session.ID)
		reply = s.tidy(ctx, by, Update+".delete", session.ID)
	}
	var err error
	if !reply.Succeeded() && reply.Status != http.StatusNotFound {
		err = errors.New("delete answered " + Answer(reply))
		s.soil()
	}
	s.target.Library.Created.Deleted(session.Service, session.ID, err)
	return err
}
