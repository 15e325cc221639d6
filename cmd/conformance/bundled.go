package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"session-conformance/fixtures/fake"
)

// bundle starts the reference server inside the process when no target was
// named, and points the run at it.
func (f *runFlags) bundle(command *cobra.Command) (func(), error) {
	o := &f.options
	if o.Target != "" {
		return func() {}, nil
	}
	for _, name := range []string{"username", "password", "session-id", "authorization", "library-item", "datastore", "subscribed-item", "ca-cert", "insecure"} {
		if command.Flags().Changed(name) {
			return nil, usagef("--%s without --target; name the server to judge", name)
		}
	}
	server, err := fake.New(fake.Options{Release: o.Release, Users: map[string]string{bundledUser: bundledPassword}})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the bundled reference server: %w", err)
	}
	web := &http.Server{Handler: server, ReadHeaderTimeout: shutdownTimeout}
	go web.Serve(listener) // ends with Shutdown below
	o.Target, o.Bundled = "http://"+listener.Addr().String(), true
	o.Username, o.Password, o.SubscribedItem = bundledUser, bundledPassword, server.SubscribedItem()
	fmt.Fprintf(command.ErrOrStderr(), "no --target: judging the bundled reference server at %s\n", o.Target)
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
		defer cancel()
		_ = web.Shutdown(ctx)
	}, nil
}

// The account of the bundled server, which nobody else can reach.
const (
	bundledUser     = "conformance"
	bundledPassword = "bundled-reference-server"
)
