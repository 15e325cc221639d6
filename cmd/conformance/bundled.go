package main

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/fixtures/fake"
	"session-conformance/suites"
)

// bundle starts the reference server inside the process when no target was
// named, and points the run at it; the function that it returns ends it.
func (f *runFlags) bundle(command *cobra.Command) (func(), error) {
	o := &f.options
	if o.Target != "" {
		return func() {}, nil
	}
	for _, name := range []string{"username", "password", "session-id", "authorization", "library-item", "datastore",
		"subscribed-item", "other-username", "other-password", "limited-username", "limited-password", "pull-address", "ca-cert",
		"insecure", "client-cert", "client-key", "header", "wait"} {
		if command.Flags().Changed(name) {
			return nil, usagef("--%s without --target; name the server to judge", name)
		}
	}
	return startBundled(o)
}

// startBundled starts the reference server and lets the options name it and all of
// its accounts.
func startBundled(o *suites.Options) (func(), error) {
	if o.Release != "" && !slices.Contains(fake.Releases(), o.Release) {
		return nil, usagef("--release %q is not known; choose among auto, %s", o.Release, strings.Join(fake.Releases(), ", "))
	}
	server, err := fake.New(fake.Options{
		Release: o.Release, ReadStorage: []string{bundledUser},
		Users:   map[string]string{bundledUser: bundledPassword, bundledOther: bundledPassword, bundledLimited: bundledPassword},
		Limited: []string{bundledLimited},
	})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the bundled reference server: %w", err)
	}
	web := &http.Server{Handler: server, ReadHeaderTimeout: headerTimeout}
	go web.Serve(listener) // ends with Close below
	o.Target, o.Bundled = "http://"+listener.Addr().String(), true
	o.Username, o.Password, o.SubscribedItem = bundledUser, bundledPassword, server.SubscribedItem()
	o.PullAddress = "127.0.0.1"
	o.OtherUsername, o.OtherPassword = bundledOther, bundledPassword
	o.LimitedUsername, o.LimitedPassword = bundledLimited, bundledPassword
	// At once, since a run that is left by a second signal waits for nothing.
	return func() {
		_ = web.Close()
		server.Close()
	}, nil
}

// headerTimeout ends a connection on which no request comes; all clients of
// the bundled server are in this process.
const headerTimeout = 2 * time.Second

// The accounts of the bundled server, which nobody else can reach.
const (
	bundledUser     = "conformance"
	bundledOther    = "conformance-other"
	bundledLimited  = "conformance-limited"
	bundledPassword = "bundled-reference-server"
)
