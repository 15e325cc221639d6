package explore

import (
	"context"

	"session-conformance/suites/internal/wire"
	"session-conformance/suites/model"
)

// caller is the client of the latest login.
func (h *history) caller() *wire.Client {
	if h.again != nil {
		return h.again
	}
	return h.options.Client
}

// logIn logs in once more; all later steps go with that. Where it is refused, they
// go as before: an account may have a limit.
func (h *history) logIn(ctx context.Context) model.Answer {
	h.count()
	if client, logOut, err := h.options.LogIn(ctx); err == nil {
		h.again, h.logOut = client, logOut
	}
	return model.Answer{OK: h.again != nil}
}
