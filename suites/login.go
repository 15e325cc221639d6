package suites

import (
	"context"
	"errors"
	"fmt"
	"time"

	"session-conformance/fixtures/library"
	"session-conformance/suites/internal/wire"
)

// logIn returns a client that sends the credentials, and what ends the login.
func (s *Suite) logIn(ctx context.Context) (*wire.Client, func(), error) {
	nothing := func() {}
	switch {
	case s.options.Authorization != "":
		return s.client.With("Authorization", s.options.Authorization), nothing, nil
	case s.options.SessionID != "":
		return s.client.With(library.SessionHeader, s.options.SessionID), nothing, nil
	}
	login, err := library.LogIn(ctx, s.client, s.options.Username, s.options.Password)
	if err != nil {
		return nil, nil, err
	}
	s.hide(login.Token, "$SESSION_ID")
	client := s.client.With(library.SessionHeader, login.Token)
	return client, func() { s.logOut(ctx, client, login) }, nil
}

func (s *Suite) logOut(ctx context.Context, client *wire.Client, login library.Login) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.RequestTimeout)
	defer cancel()
	// A login that cannot be ended expires by itself; protocol.login judges it.
	_ = login.LogOut(ctx, client.Unstoppable())
}

// Sweep deletes on the target the libraries that runs made before the time and
// left, and returns what it found; dry only looks. Of the options it reads the
// target, the login and the request's time limit.
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

// logInOther returns a client of the second account, or none if none was named.
func (s *Suite) logInOther(ctx context.Context) (*wire.Client, func(), error) {
	if s.options.OtherUsername == "" {
		return nil, func() {}, nil
	}
	login, err := library.LogIn(ctx, s.client, s.options.OtherUsername, s.options.OtherPassword)
	if err != nil {
		return nil, nil, err
	}
	s.hide(login.Token, "$OTHER_SESSION_ID")
	client := s.client.With(library.SessionHeader, login.Token)
	return client, func() { s.logOut(ctx, client, login) }, nil
}
