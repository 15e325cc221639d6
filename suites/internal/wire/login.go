package wire

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Login is a login at the target, shared by all that send its token, and made
// anew once for all of them when it has ended. It is safe for concurrent use.
type Login struct {
	header string
	renew  func(context.Context) (token string, err error)

	// checking is held by the one that asks whether the login has ended.
	checking sync.Mutex

	mu    sync.Mutex
	token string
	// known is the path of a GET that the target has answered with success.
	known string
	// proven is when the target was last seen to know the login.
	proven  time.Time
	renewed int
}

// NewLogin is a login whose token goes into the header. renew logs in again; nil
// says that nobody can.
func NewLogin(header, token string, renew func(context.Context) (token string, err error)) *Login {
	return &Login{header: header, token: token, renew: renew}
}

// Token is that of the present login.
func (l *Login) Token() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.token
}

// Renewals is how often the login was made anew.
func (l *Login) Renewals() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.renewed
}

// LoginEndedError says that the target does not know the login any more, and
// that it cannot be made anew: nothing about what a request asked for.
type LoginEndedError struct{ Err error }

func (e *LoginEndedError) Error() string {
	if e.Err == nil {
		return "the login of the run has ended, and there is no user name to log in with again"
	}
	return fmt.Sprintf("the login of the run has ended, and no other was to be had: %s", e.Err)
}

func (e *LoginEndedError) Unwrap() error { return e.Err }

// learn remembers a question that shows whether the login lives.
func (l *Login) learn(request Request, exchange Exchange) {
	if request.Method != http.MethodGet || exchange.Err != nil || !exchange.Succeeded() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == "" {
		l.known = request.Path
	}
}

// hasEnded asks, after a 401 to a request with the token, whether the target
// knows the login no more. It returns true once there is another one to ask
// with; false says that the 401 is about the request.
func (c *Client) hasEnded(ctx context.Context, token string, asked time.Time) (bool, error) {
	l := c.login
	l.checking.Lock()
	defer l.checking.Unlock()
	if l.Token() != token {
		return true, nil
	}
	l.mu.Lock()
	known, lives := l.known, l.proven.After(asked)
	l.mu.Unlock()
	if lives {
		return false, nil
	}
	if known != "" {
		question := Request{Method: http.MethodGet, Path: known, Header: http.Header{"Accept": {"application/json"}}}
		answer := c.try(ctx, c.target+known, question)
		if answer.Err != nil || answer.Status != http.StatusUnauthorized {
			l.mu.Lock()
			l.proven = time.Now()
			l.mu.Unlock()
			return false, nil
		}
	}
	if l.renew == nil {
		if known == "" {
			// It may never have lived.
			return false, nil
		}
		return false, &LoginEndedError{}
	}
	token, err := l.renew(ctx)
	if err != nil {
		return false, &LoginEndedError{err}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.token, l.proven = token, time.Now()
	l.renewed++
	return true, nil
}
