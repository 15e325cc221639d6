package wire

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// ErrReadOnly answers a request that could change something, of a client that may
// only read; it was not sent.
var ErrReadOnly = errors.New("not sent: the run only reads")

// Reads says whether the request leaves all as it is: it only reads, or asks for one of
// the actions that do.
func (r Request) Reads() bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return true
	case http.MethodPost:
		_, query, _ := strings.Cut(r.Path, "?")
		values, err := url.ParseQuery(query)
		actions := slices.Concat(values["action"], values["~action"])
		return err == nil && len(actions) == 1 && (actions[0] == "get" || actions[0] == "list")
	}
	return false
}

// isLogin says whether the request makes or ends a login, without which nobody reads.
func (r Request) isLogin() bool {
	path, _, _ := strings.Cut(r.Path, "?")
	return strings.HasSuffix(path, "/session")
}
