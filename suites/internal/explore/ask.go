package explore

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// ask sends the step and reads its answer; false where none came, which ends
// the history.
func (h *history) ask(ctx context.Context, step Step) (model.Answer, bool) {
	switch step.Name {
	case model.Upload, model.Download:
		return h.transfer(ctx, step)
	case model.LogIn:
		return h.logIn(ctx), true
	case model.GetItem, model.ListFiles:
		return h.lookAtItem(ctx, step), h.end.abandoned == ""
	}
	reply, answered := h.send(ctx, step)
	if !answered {
		return model.Answer{}, false
	}
	if step.makes() && reply.Succeeded() {
		h.noteMade(step, reply.AnyID())
		if id, problem := reply.AsID(); problem != "" || id == "" {
			h.end.abandoned = "a create that names no id"
			return model.Answer{}, false
		}
	}
	if step.Name == model.UpdateFile+".add" && reply.Succeeded() {
		h.takeURL(step, reply)
	}
	return h.read(step, reply), true
}

// send sends an operation of a service; false where no answer came.
func (h *history) send(ctx context.Context, step Step) (wire.Reply, bool) {
	request, err := h.encode(step)
	if err != nil {
		h.end.abandoned = err.Error()
		return wire.Reply{}, false
	}
	exchange := h.keep(step.Name, h.caller().Do(ctx, request))
	reply := wire.Decode(exchange, step.Variant, step.Name)
	if reply.Succeeded() && step.isAboutSession() {
		h.touched[step.Session] = time.Now()
	}
	return reply, h.answered(exchange)
}

// encode is the request of the step.
func (h *history) encode(step Step) (wire.Request, error) {
	request, err := wire.Encode(h.options.Prefixes, step.Variant, h.call(step))
	spec.SpellToken(request, h.options.Releases)
	return request, err
}

// keep counts and keeps an exchange.
func (h *history) keep(operation string, exchange wire.Exchange) wire.Exchange {
	h.count()
	h.exchanges = append(h.exchanges, Exchange{Step: h.step.String(), Operation: operation, Exchange: exchange})
	return exchange
}

func (h *history) answered(exchange wire.Exchange) bool {
	if isAnswer(exchange) {
		return true
	}
	h.end.abandoned = "no answer of the target"
	if exchange.Err == nil {
		h.end.abandoned = "the answer " + http.StatusText(exchange.Status)
	} else if !errors.Is(exchange.Err, wire.ErrStopped) {
		h.noteSilence()
	}
	return false
}

// call is the step with its ids and arguments.
func (h *history) call(step Step) wire.Call {
	call := wire.Call{Operation: step.Name, Subject: h.sessions[step.Session]}
	action := step.Name[strings.LastIndexByte(step.Name, '.')+1:]
	isFile := strings.Contains(step.Name, "session.file.")
	switch {
	case action == "create":
		call.Subject, call.Arguments = "", h.creation(step)
	case action == "list" && !isFile:
		call.Subject = ""
		if step.Item != model.Open {
			call.Subject = h.items[step.Item]
		}
	case action == "keep_alive" && step.Progress > 0:
		name := "progress"
		if strings.HasPrefix(step.Name, model.UpdateSession) {
			name = "client_progress"
		}
		call.Arguments = wire.Object{{Name: name, Value: step.Progress}}
	case action == "fail":
		call.Arguments = wire.Object{{Name: "client_error_message", Value: messageOf(step.Message)}}
	case action == "update":
		call.Arguments = wire.Object{{Name: "update_spec", Value: warningSpec(step.Warning)}}
	case action == "add":
		call.Arguments = wire.Object{{Name: "file_spec", Value: fileSpec(step)}}
	case isFile && (action == "get" || action == "remove" || action == "prepare"):
		call.Arguments = wire.Object{{Name: "file_name", Value: fileName(step.File)}}
	}
	return call
}

func fileSpec(step Step) wire.Object {
	announced := wire.Object{{Name: "name", Value: fileName(step.File)}, {Name: "source_type", Value: "PUSH"}}
	if step.Sum == 0 {
		return announced
	}
	sum := sha1.Sum(contentOf(step.Sum))
	return announced.With("checksum_info", wire.Object{
		{Name: "algorithm", Value: "SHA1"}, {Name: "checksum", Value: hex.EncodeToString(sum[:])},
	})
}

func (h *history) creation(step Step) wire.Object {
	var arguments wire.Object
	if step.Token != 0 {
		arguments = arguments.With("client_token", h.token(step.Token))
	}
	return arguments.With("create_spec", wire.Object{{Name: "library_item_id", Value: h.items[step.Item]}})
}

// token is a UUID that no other history has; those of one differ in their ends.
func (h *history) token(number int) string {
	if h.tokens == nil {
		h.tokens = map[int]string{}
		h.firstToken = uuid.NewString()
	}
	if h.tokens[number] == "" {
		const end = 4
		h.tokens[number] = fmt.Sprintf("%s%04x", h.firstToken[:len(h.firstToken)-end], number)
	}
	return h.tokens[number]
}

func warningSpec(number int) wire.Object {
	if number == 0 {
		return wire.Object{}
	}
	return wire.Object{{Name: "warning_behavior", Value: wire.List{wire.Object{
		{Name: "type", Value: warnings[number-1]}, {Name: "ignored", Value: true},
	}}}}
}

// transfer sends a file to its upload URL, or gets one from its download URL.
func (h *history) transfer(ctx context.Context, step Step) (model.Answer, bool) {
	address, request := h.downloads[step.Session][step.File], wire.Request{Method: http.MethodGet}
	if step.Name == model.Upload {
		address, request = h.uploads[step.Session][step.File], wire.Request{Method: http.MethodPut, Body: contentOf(step.Content)}
	}
	exchange := h.keep("", h.caller().Transfer(ctx, address, request))
	answer := model.Answer{Status: exchange.Status, OK: exchange.Succeeded(), Session: step.Session, Content: model.Open}
	if h.state.Sessions[step.Session].In != model.Active && exchange.Err != nil {
		// A dead URL may be a dead connection.
		return answer, !errors.Is(exchange.Err, wire.ErrStopped)
	}
	if answer.OK && step.Name == model.Download {
		answer.Content = numberOf(exchange.Answer)
	}
	return answer, h.answered(exchange)
}
