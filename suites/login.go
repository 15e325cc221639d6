package suites

import (
	"context"
	"errors"
	"fmt"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/spec"
	"session-conformance/suites/internal/wire"
)

// logIn returns a client that sends the credentials, and what ends the login.
func (s *Suite) logIn(ctx context.Context) (*wire.Client, func(), error) {
	nothing := func() {}
	switch {
	case s.options.Authorization != "":
		return s.client.WithLogin(wire.NewLogin("Authorization", s.options.Authorization, nil)), nothing, nil
	case s.options.SessionID != "":
		return s.client.WithLogin(wire.NewLogin(library.SessionHeader, s.options.SessionID, nil)), nothing, nil
	}
	login, err := library.LogIn(ctx, s.client, s.options.Username, s.options.Password)
	if err != nil {
		return nil, nil, err
	}
	s.login = s.renewable(login, s.options.Username, s.options.Password, "$SESSION_ID")
	client := s.client.WithLogin(s.login)
	return client, func() { s.logOut(ctx, s.client.With(library.SessionHeader, s.login.Token()), login) }, nil
}

// renewable is the login in the form that is made anew when it has ended; name
// stands for its tokens in reports.
func (s *Suite) renewable(login library.Login, username, password, name string) *wire.Login {
	s.hide(login.Token, name)
	return wire.NewLogin(library.SessionHeader, login.Token, func(ctx context.Context) (string, error) {
		again, err := library.LogIn(ctx, s.client.Unstoppable(), username, password)
		if err != nil {
			return "", err
		}
		s.hide(again.Token, name)
		return again.Token, nil
	})
}

func (s *Suite) logOut(ctx context.Context, client *wire.Client, login library.Login) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.RequestTimeout)
	defer cancel()
	// A login that cannot be ended expires by itself; protocol.login judges it.
	_ = login.LogOut(ctx, client.Unstoppable())
}

// Sweep deletes on the target the libraries that runs made before the time, or all
// if the time is zero, and left, and returns what it found; dry only looks. Of the
// options it reads the target, the login and the request's time limit.
func Sweep(ctx context.Context, options Options, before time.Time, dry bool) ([]library.Orphan, error) {
	suite, err := New(options)
	if err != nil {
		return nil, err
	}
	defer suite.client.Close()
	client, logOut, err := suite.logIn(ctx)
	if err != nil {
		return nil, fmt.Errorf("log in: %s", suite.redact(err.Error()))
	}
	defer logOut()
	orphans, err := library.Sweep(ctx, client, before, dry)
	if err != nil {
		return orphans, errors.New(suite.redact(err.Error()))
	}
	return orphans, nil
}

// logInAs returns a client of an account beside the run's own, or none if none
// was named; prefix begins the names of its variables in reports.
func (s *Suite) logInAs(ctx context.Context, account spec.Account, prefix string) (*wire.Client, func(), error) {
	if account.Username == "" {
		return nil, func() {}, nil
	}
	login, err := library.LogIn(ctx, s.client, account.Username, account.Password)
	if err != nil {
		return nil, nil, err
	}
	other := s.renewable(login, account.Username, account.Password, "$"+prefix+"SESSION_ID")
	client := s.client.WithLogin(other)
	return client, func() { s.logOut(ctx, s.client.With(library.SessionHeader, other.Token()), login) }, nil
}

// accountError names the account that could not log in, and the options that it is of.
func accountError(account, options string, err error) error {
	if errors.Is(err, library.ErrLoginRefused) {
		return fmt.Errorf("%s: the target refused its user name or password (401); check {%sUsername} and {%[2]sPassword}",
			account, options)
	}
	return fmt.Errorf("%s: %w", account, err)
}

// anotherLogin logs in once more as the run's account; nil where it has none.
func (s *Suite) anotherLogin(account spec.Account) func(context.Context) (*wire.Client, func(), error) {
	if account.Username == "" {
		return nil
	}
	return func(ctx context.Context) (*wire.Client, func(), error) { return s.logInAs(ctx, account, "") }
}
