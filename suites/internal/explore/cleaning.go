package explore

import (
	"context"
	"fmt"
	"net/http"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// cleanUp deletes what the history made, also after a stop, and says whether
// nothing is left.
func (h *history) cleanUp(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTime)
	defer cancel()
	if h.logOut != nil {
		defer h.logOut()
	}
	clean := true
	for number, id := range h.sessions {
		session := h.state.Sessions[number]
		switch {
		case id == "" || session.Service == "":
		case session.In == model.Gone && h.end.deviation == nil:
			h.options.Library.Created.Deleted(session.Service, id, nil)
		default:
			over := h.end.deviation == nil && session.In&(model.Active|model.Completing) == 0
			clean = h.dispose(ctx, session.Service, id, over) && clean
		}
	}
	return clean
}

// dispose deletes a session through whichever binding does it. One that is over
// needs no cancel before, if it is.
func (h *history) dispose(ctx context.Context, service, id string, over bool) bool {
	err := fmt.Errorf("no binding deletes it")
	for _, variant := range h.variants(service + ".delete") {
		if over && isDeleted(h.tidy(ctx, service+".delete", id, variant.Binding)) {
			err = nil
			break
		}
		if service == model.UpdateSession {
			h.tidy(ctx, service+".cancel", id, variant.Binding)
		}
		status := h.tidy(ctx, service+".delete", id, variant.Binding)
		if err = nil; isDeleted(status) {
			break
		}
		err = fmt.Errorf("delete answered %d", status)
	}
	h.options.Library.Created.Deleted(service, id, err)
	return err == nil
}

func isDeleted(status int) bool {
	return status >= 200 && status < 300 || status == http.StatusNotFound
}

// tidy uses the operation in the plainest variant of the binding, and returns
// the status, 0 where none came.
func (h *history) tidy(ctx context.Context, operation, id string, binding wire.Binding) int {
	for _, variant := range wire.Variants(operation, binding) {
		request, err := wire.Encode(h.options.Prefixes, variant, wire.Call{Operation: operation, Subject: id})
		if err != nil {
			continue
		}
		h.count()
		return h.options.Cleaner.Do(ctx, request).Status
	}
	return 0
}
