package model

import (
	"fmt"
	"strings"
)

// lookAtSession narrows the session to what get shows of it.
func (s *State) lookAtSession(o Operation, shown Shown) []sight {
	var seen []sight
	session := &s.Sessions[o.Session]
	possible := shown.State
	if shown.State == Active {
		possible |= Completing
	}
	switch {
	case session.Service == DownloadSession && possible&^(anyState&^Done) != 0:
		seen = append(seen, sight{o.behaviour("get.state_enum"), "state " + session.In.String(), "state " + shown.State.String()})
	case session.In&possible == 0:
		seen = append(seen, sight{session.rests, "state " + session.In.String(), "state " + shown.State.String()})
		possible = anyState
	default:
		possible &= session.In
	}
	session.In = possible
	if int(session.Item) != shown.Item {
		seen = append(seen, sight{o.behaviour("create.binds_item"), "the library_item_id of its item", "another one"})
	}
	if shown.Version != Open && session.Version != Open && int(session.Version) != shown.Version {
		seen = append(seen, sight{o.behaviour("create.binds_item"),
			"the content_version that the item had when the session was made", "another one"})
	}
	session.Version = int16(shown.Version)
	if session.In == Active {
		seen = append(seen, session.lookAtActive(o, shown)...)
	}
	if shown.OutOfRange {
		seen = append(seen, sight{o.behaviour("get.progress_range"), "client_progress from 0 to 100", "another number"})
	}
	if len(shown.Missing) > 0 {
		seen = append(seen, sight{o.behaviour("get.fields"), "every field that get always shows",
			"none named " + strings.Join(shown.Missing, " and ")})
	}
	if session.In&(Active|Completing) == 0 && shown.Preview != "" {
		seen = append(seen, sight{o.behaviour("complete.preview_gone"), "no preview_info in state " + session.In.String(), "one"})
	}
	seen = append(seen, session.lookForRefused(o, shown)...)
	if ends := endedBy[session.In]; ends != "" && s.progressOf(o, shown) {
		seen = append(seen, sight{o.behaviour("keep_alive.progress_set"),
			fmt.Sprintf("client_progress %d, as before the %s", session.Progress, ends), fmt.Sprint(shown.Progress)})
	}
	if session.In == Failed && session.Message > 0 && int(session.Message) != shown.Message {
		seen = append(seen, sight{o.behaviour("fail.error_message"), "an error_message with the client's", "none with it"})
	}
	return seen
}

// endedBy is the operation that has ended a session in the state.
var endedBy = map[States]string{Canceled: "cancel", Failed: "fail", Done: "complete"}

// wholeProgress is the most that there is: what is DONE may show it.
const wholeProgress = 100

// progressOf says that the progress is known, and another.
func (s *State) progressOf(o Operation, shown Shown) bool {
	session := s.Sessions[o.Session]
	switch {
	case !shown.Alone || session.Progress <= 0 || shown.Progress == Open:
		return false
	case session.In == Done && shown.Progress == wholeProgress:
		return false
	}
	return int(session.Progress) != shown.Progress
}

// inEnded is the last part of the behaviour that refuses an operation in the
// state.
var inEnded = map[string]map[States]string{
	DownloadSession: {Canceled: "", Failed: "_error"},
	UpdateSession:   {Done: "", Failed: "_error", Canceled: "_canceled"},
}

// lookForRefused is about what a session that has ended was asked for in vain.
func (s *Session) lookForRefused(o Operation, shown Shown) []sight {
	which, ended := inEnded[s.Service][s.In]
	if !ended || !shown.Alone {
		return nil
	}
	var seen []sight
	for _, one := range []struct {
		operation, field          string
		refused, has, shown, past int
	}{
		{"keep_alive", "client_progress", int(s.Refused.Progress), int(s.Progress), shown.Progress, int(s.Past.Progress)},
		{"fail", "error_message", int(s.Refused.Message), int(s.Message), shown.Message, 0},
		{"update", "warning_behavior", int(s.Refused.Warning), int(s.Warning), shown.Warning, int(s.Past.Warning)},
	} {
		if one.refused > 0 && one.shown == one.refused && one.has != one.refused && one.has != Open && one.shown != one.past {
			seen = append(seen, sight{
				o.behaviour(one.operation + ".not_active" + which),
				"the " + one.field + " from before the " + one.operation + " that was refused", "that of the refused one",
			})
		}
	}
	return seen
}

// isShorter says that a keep_alive did not extend the life of the session.
func (s *Session) isShorter(expires int64) bool {
	switch {
	case s.Expires == 0 || expires == 0:
		return false
	case s.Extended:
		return expires <= s.Expires
	}
	return s.Kept && s.isEarlier(expires)
}

// isEarlier says that a time is earlier than the one that was promised before.
func (s *Session) isEarlier(expires int64) bool {
	return expires > 0 && expires+mostRounded < s.Expires
}

// mostRounded is how much, in milliseconds, two ways to write one time may differ.
const mostRounded = 2000

// lookAtActive is about what only an ACTIVE session must show.
func (s *Session) lookAtActive(o Operation, shown Shown) []sight {
	var seen []sight
	if s.Progress != Open && shown.Progress != Open && int(s.Progress) != shown.Progress {
		rests := "keep_alive.progress_set"
		if s.Progress == 0 {
			rests = "create.progress_zero"
		}
		seen = append(seen, sight{o.behaviour(rests), fmt.Sprintf("client_progress %d", s.Progress), fmt.Sprint(shown.Progress)})
	}
	s.Progress = int16(shown.Progress)
	if shown.HasMessage {
		seen = append(seen, sight{o.behaviour("get.no_error_message_when_ok"), "no error_message in an ACTIVE session", "one"})
	}
	switch {
	case s.isShorter(shown.Expires):
		seen = append(seen, sight{o.behaviour("keep_alive.extends"),
			"a later expiration_time, since the session was kept alive", "none later"})
	case s.isEarlier(shown.Expires):
		seen = append(seen, sight{o.behaviour("expiry.not_before"),
			"no earlier expiration_time than was shown before", "an earlier one"})
	}
	if shown.Expires > 0 {
		s.Expires, s.Kept, s.Extended = shown.Expires, false, false
	}
	switch {
	case s.Warning > 0 && (shown.Warning != Open && int(s.Warning) != shown.Warning ||
		s.Warns == IsShown && shown.Warns == NotShown || shown.Warns == Lost):
		seen = append(seen, sight{o.behaviour("update.warning_behavior"), "the warning_behavior of the update", "another one or none"})
	case s.Warning == 0 && shown.Warning > 0 && (s.Warns == NotShown || s.Warns == Lost || shown.Unasked):
		seen = append(seen, sight{o.behaviour("update.warning_behavior"),
			"no warning_behavior, since the session was not updated", "one"})
	}
	if shown.Warns != NotRead {
		s.Warns = shown.Warns
	}
	if shown.Preview != "" && shown.Preview != "UNAVAILABLE" && empty(*s, Item{}, 0) == surely {
		seen = append(seen, sight{o.behaviour("get.preview_info"),
			"a preview_info in state UNAVAILABLE, since the session has no files", shown.Preview})
	}
	return seen
}
