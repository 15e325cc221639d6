package explore

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// mostContents is how many different bytes a lane uploads before it begins again.
const mostContents = 120

// Two lengths are those at which a target may stop being right: a single byte, and more
// than fits into 64 KiB. They are of the numbers that lie together, halved.
const (
	single = 2
	large  = 3

	largeSize = 1<<16 + 4000
)

// contentOf is the bytes with the number: no two are equal, and two that lie together
// are of one length, as model.AsLong says.
func contentOf(number int) []byte {
	switch pair, which := number/2, byte(number%2); pair {
	case single:
		return []byte{which}
	case large:
		return bytes.Repeat([]byte{'l', which, 0xff, '\n'}, largeSize/4)
	default:
		return fmt.Appendf(nil, "%s%03d%s", head, number, strings.Repeat(".", pair))
	}
}

// head is what most bytes begin with: not all of it is text.
const head = "conformance content \r\n\x00\xff"

// ofLength finds the lower number of the bytes that are so long, Open for none.
func ofLength(length int64) int {
	switch pair := length - int64(len(head)+3); {
	case length == 1:
		return 2 * single
	case length == largeSize:
		return 2 * large
	case pair >= 0 && pair <= mostContents/2 && pair != single && pair != large:
		return max(1, int(2*pair))
	}
	return model.Open
}

// numberOf finds the number of bytes, Open for others.
func numberOf(content []byte) int {
	first := ofLength(int64(len(content)))
	for number := first; first != model.Open && number <= mostContents && model.AsLong(first, number); number++ {
		if bytes.Equal(content, contentOf(number)) {
			return number
		}
	}
	return model.Open
}

// fileName is the name of the file with the number. That of the second begins with that
// of the first; that of the third is long, and has what forms write otherwise.
func fileName(number int) string {
	switch number {
	case 1:
		return fileName(0) + ".old"
	case 2:
		return "conformance 3 + a name of more than sixty-four characters as those of disks often are.txt"
	}
	return fmt.Sprintf("conformance-%d.txt", number+1)
}

// messageOf is the message with the number, with what forms, markup and formats have to
// escape, in two lines, and not all of it ASCII.
func messageOf(number int) string {
	return fmt.Sprintf("conformance: the client \"gave up\" & left <nothing> at 100 %%s, reason %d\nit went – fort", number)
}

// warnings are what an update ignores, by number from 1 (reference, section 3).
var warnings = []string{"SELF_SIGNED_CERTIFICATE", "EXPIRED_CERTIFICATE", "UNTRUSTED_CERTIFICATE"}

// isAnswer says whether the target itself answered: a gateway's answer or the
// end of the login says nothing about it.
func isAnswer(exchange wire.Exchange) bool {
	switch exchange.Status {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return false
	}
	return exchange.Err == nil
}

// read is what a reply shows, in the numbers of the history.
func (h *history) read(step Step, reply wire.Reply) model.Answer {
	answer := model.Answer{OK: reply.Succeeded(), Status: reply.Status, Session: step.Session}
	if reply.Fault != nil {
		answer.Error = reply.Fault.Type
	}
	if !answer.OK {
		return answer
	}
	answer.Unreadable = unreadable(reply)
	switch {
	case step.makes():
		id, _ := reply.AsID()
		answer.Session = h.sessionWith(step, id)
	case strings.HasSuffix(step.Name, "_session.get"):
		answer.Shown = h.sessionIn(step, reply)
	case strings.HasSuffix(step.Name, "_session.list"):
		answer.Listed, answer.Strangers = h.sessionsIn(step, reply)
	case strings.HasSuffix(step.Name, "file.list"):
		answer.Files = filesIn(reply)
		answer.Infos = h.infos(entriesOf(reply))
	case strings.HasSuffix(step.Name, "file.get"):
		answer.Files = fileIn(step, reply)
		if info, problem := reply.AsMembers(); problem == "" {
			answer.Infos = h.infos([]wire.Members{info})
		}
	case strings.HasSuffix(step.Name, "file.validate"):
		answer.HasErrors = hasErrors(reply)
	}
	return answer
}

// unreadable says why the body of a success is no result of its operation; empty where
// it is one.
func unreadable(reply wire.Reply) (problem string) {
	switch wire.Result(reply.Operation) {
	case wire.Void:
	case wire.ID:
		_, problem = reply.AsID()
	case wire.IDs, wire.Infos:
		_, isList := reply.Result.([]any)
		if problem = reply.Problem; problem == "" && !isList && reply.Result != nil { // an empty list has a behaviour of its own
			problem = "want an array, got " + wire.Describe(reply.Result)
		}
	default:
		_, problem = reply.AsMembers()
	}
	return problem
}

// sessionWith is the number of the session with the id, which is the step's own if no
// other has it.
func (h *history) sessionWith(step Step, id string) int {
	for number, known := range h.sessions {
		if known == id && number != step.Session && id != "" {
			return number
		}
	}
	h.sessions[step.Session] = id
	return step.Session
}

func (h *history) sessionIn(step Step, reply wire.Reply) *model.Shown {
	session, problem := reply.AsMembers()
	state, _ := session.String("state")
	if problem != "" || model.StateNamed(state) == 0 {
		return nil
	}
	shown := &model.Shown{State: model.StateNamed(state), Progress: model.Open, Item: model.Open, Warning: model.Open,
		HasMessage: session.Has("error_message"), Alone: h.waits}
	if progress, ok := session.Int("client_progress"); ok && progress >= 0 && progress <= 100 {
		shown.Progress = int(progress)
	} else if ok {
		shown.OutOfRange = true
	}
	version, _ := session.String("library_item_content_version")
	shown.Version = h.versionNumber(version)
	shown.Expires = h.expiry(step, session)
	item, _ := session.String("library_item_id")
	shown.Item = slices.Index(h.items[:], item)
	shown.Message = messageIn(session)
	if list, ok := session["warning_behavior"].([]any); ok && step.Binding != string(wire.Legacy) {
		shown.Warning = warningIn(list)
	}
	shown.Missing, shown.Preview = missingIn(session), previewIn(session)
	shown.Warns, shown.Unasked = h.warns(step, session)
	return shown
}

// missingIn are the fields that every get shows, and this does not.
func missingIn(session wire.Members) (missing []string) {
	for _, field := range []string{"library_item_id", "library_item_content_version", "client_progress",
		"state", "expiration_time"} {
		if !session.Has(field) {
			missing = append(missing, field)
		}
	}
	return missing
}

// previewIn is the state of the preview_info, if there is one.
func previewIn(session wire.Members) string {
	preview, _ := session["preview_info"].(wire.Members)
	state, _ := preview.String("state")
	return state
}

// messageIn is the number of the client's message in error_message, in
// whichever of its texts it stands.
func messageIn(session wire.Members) int {
	message, _ := session["error_message"].(wire.Members)
	text := fmt.Sprint(message["default_message"], message["args"], message["localized"], message["params"])
	for number := most["message"]; number > 0; number-- {
		if strings.Contains(text, messageOf(number)) {
			return number
		}
	}
	return 0
}

func warningIn(list []any) int {
	for _, one := range list {
		behavior, _ := one.(wire.Members)
		kind, _ := behavior.String("type")
		if at := slices.Index(warnings, kind); at >= 0 && len(list) == 1 {
			return at + 1
		}
	}
	return 0
}

// versionNumber numbers the content versions in the order in which they are met.
func (h *history) versionNumber(version string) int {
	if version == "" {
		return model.Open
	}
	at := slices.Index(h.versions, version)
	if at < 0 {
		at = len(h.versions)
		h.versions = append(h.versions, version)
	}
	return at + 1
}

// sessionsIn says which sessions of the history are in the list, and whether one by
// item has others, which can be nobody's where the item is the history's alone.
func (h *history) sessionsIn(step Step, reply wire.Reply) (listed *[model.MaxSessions]bool, strangers bool) {
	ids, problem := reply.AsIDs()
	if problem != "" {
		return nil, false
	}
	listed = &[model.MaxSessions]bool{}
	for number, id := range h.sessions {
		listed[number] = id != "" && slices.Contains(ids, id)
	}
	isOther := func(id string) bool { return !slices.Contains(h.sessions[:], id) }
	return listed, h.waits && step.Item != model.Open && !h.options.Given && slices.ContainsFunc(ids, isOther)
}
