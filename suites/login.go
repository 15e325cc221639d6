package suites

import (
	"context"

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
