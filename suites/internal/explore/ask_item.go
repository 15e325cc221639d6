package explore

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
	"session-conformance/suites/variant"
)

// lookAtItem asks for the item, or for its files, in the first binding that
// serves the context of the sessions.
func (h *history) lookAtItem(ctx context.Context, step Step) model.Answer {
	for _, binding := range variant.Bindings {
		prefix, served := h.options.Prefixes[binding]
		if !served || h.isSilentAbout(binding) {
			continue
		}
		request := wire.Request{Method: http.MethodGet, Path: itemPath(prefix, binding, h.items[step.Item], step.Name),
			Header: http.Header{"Accept": {"application/json"}}}
		exchange := h.keep("", h.caller().Do(ctx, request))
		if !h.answered(exchange) {
			return model.Answer{}
		}
		if exchange.Status == http.StatusOK {
			if answer, ok := h.readItem(step, binding, exchange.Answer); ok {
				return answer
			}
		}
		h.noteSilent(binding)
	}
	return model.Answer{}
}

func itemPath(prefix string, binding wire.Binding, id, what string) string {
	path := prefix + "/content/library/item/"
	switch {
	case binding == wire.API && what == model.ListFiles:
		return path + url.PathEscape(id) + "/file"
	case binding == wire.API:
		return path + url.PathEscape(id)
	case what == model.ListFiles:
		return path + "file?library_item_id=" + url.QueryEscape(id)
	}
	return path + "id:" + url.PathEscape(id)
}

// readItem reads the item's files or its content_version.
func (h *history) readItem(step Step, binding wire.Binding, body []byte) (model.Answer, bool) {
	if binding != wire.API {
		var wrapper struct {
			Value json.RawMessage `json:"value"`
		}
		if json.Unmarshal(body, &wrapper) != nil {
			return model.Answer{}, false
		}
		body = wrapper.Value
	}
	answer := model.Answer{OK: true, Status: http.StatusOK, Version: model.Open}
	if step.Name == model.GetItem {
		var item struct {
			ContentVersion string `json:"content_version"`
		}
		err := json.Unmarshal(body, &item)
		answer.Version = h.versionNumber(item.ContentVersion)
		return answer, err == nil && item.ContentVersion != ""
	}
	var files []struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(body, &files) != nil {
		return answer, false
	}
	answer.Contents = &[model.MaxFiles]int16{}
	for _, file := range files {
		for number := range answer.Contents {
			if file.Name == fileName(number) {
				answer.Contents[number] = model.Open
			}
		}
	}
	return answer, true
}
