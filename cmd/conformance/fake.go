package main

import (
	"crypto/tls"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"session-conformance/fixtures/fake"
	"session-conformance/fixtures/mutants"
)

// fakeFlags are the flags of fake that are no options of the server as they
// are.
type fakeFlags struct {
	listen    string
	users     []string
	selfMade  bool
	certFile  string
	keyFile   string
	seedFiles []string
	verbose   bool
	mutant    string
	options   fake.Options
}

const (
	loopback = "127.0.0.1"
	// fakeHeaderTimeout bounds the reading of one request's headers; a body
	// may take its time.
	fakeHeaderTimeout = 10 * time.Second
	fakeIdleTimeout   = 2 * time.Minute
	// fakeShutdownTimeout bounds how long the last requests may take.
	fakeShutdownTimeout = 5 * time.Second
)

func newFakeCommand() *cobra.Command {
	flags := &fakeFlags{}
	command := &cobra.Command{
		Use:   "fake",
		Short: "Serve the reference server, to develop clients against",
		Long: `Serve the reference server, which answers as the public documents say, in the
bindings legacy, rest and api. It holds everything in memory, and nothing after
its end. It prints the line by which to judge it, with its password: keep
nothing there that matters. Interrupt it to end it.

The first user holds the privilege ContentLibrary.ReadStorage, the others do
not.`,
		Example: `  conformance fake
  conformance fake --listen 127.0.0.1:0 --release 6.5 -v
  conformance fake --tls --user admin:secret --user other:secret
  conformance fake --seed-item disk.iso --latency 50ms --expiry 10s
  conformance fake --mutant download_session.cancel.does_nothing@rest`,
		RunE: func(command *cobra.Command, _ []string) error { return flags.run(command) },
	}
	set, o := command.Flags(), &flags.options
	set.SortFlags = false
	set.StringVar(&flags.listen, "listen", loopback+":8443", "`ADDR` to listen on, HOST:PORT or PORT; port 0 picks a free one")
	set.StringVar(&o.Release, "release", "", "`RELEASE` to be: "+strings.Join(fake.Releases(), ", ")+" (default the newest)")
	set.StringArrayVar(&flags.users, "user", []string{"admin:secret"}, "a user as `NAME:PASSWORD` (repeatable)")
	set.BoolVar(&flags.selfMade, "tls", false, "serve HTTPS with a certificate made for this run")
	set.StringVar(&flags.certFile, "tls-cert", "", "serve HTTPS with the certificate in the PEM `FILE`")
	set.StringVar(&flags.keyFile, "tls-key", "", "PEM `FILE` with the key of --tls-cert")
	set.StringArrayVar(&flags.seedFiles, "seed-item", nil, "`FILE` to hold as an item from the start (repeatable)")
	set.DurationVar(&o.Latency, "latency", 0, "wait before each answer (`D`, such as 50ms)")
	set.DurationVar(&o.Expiry, "expiry", 0, "how long a session lives without activity (`D`, default 5m)")
	set.Int64Var(&o.MaxUpload, "max-upload", fake.DefaultMaxUpload, "refuse to add a file of more than so many `BYTES`")
	set.StringVar(&flags.mutant, "mutant", "", "be wrong: the mutant with the `NAME` that selftest --list shows")
	set.BoolVarP(&flags.verbose, "verbose", "v", false, "print a line for each request to stderr")
	return command
}

// run serves until the command's context ends or a signal comes; a second
// signal ends the process.
func (f *fakeFlags) run(command *cobra.Command) error {
	ctx, stop := signal.NotifyContext(command.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	web, err := f.open(command)
	if err != nil {
		return err
	}
	defer web.reference.Close()
	if err := web.announce(command.OutOrStdout(), command.ErrOrStderr()); err != nil {
		web.listener.Close()
		return fmt.Errorf("write to stdout: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- web.serve() }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop()
	web.shutDown()
	<-ended
	return nil
}

// fakeServer is the reference server on the network.
type fakeServer struct {
	http.Server
	reference      *fake.Server
	listener       net.Listener
	host           string // as the user gave it
	secure         bool
	user, password string // of the first user
	other          string // the second as it was given, if there is one
	insecure       bool   // no client can verify the certificate
	seedFiles      []string
}

// open checks the flags and listens.
func (f *fakeFlags) open(command *cobra.Command) (*fakeServer, error) {
	host, port, err := f.address()
	if err != nil {
		return nil, err
	}
	s := &fakeServer{host: host, insecure: f.selfMade, seedFiles: f.seedFiles}
	if s.user, s.password, err = f.readUsers(); err != nil {
		return nil, err
	}
	if len(f.users) > 1 {
		s.other = f.users[1]
	}
	if command.Flags().Changed("expiry") && f.options.Expiry <= 0 {
		return nil, usagef("--expiry must be more than 0, got %s", f.options.Expiry)
	}
	if f.options.MaxUpload <= 0 {
		return nil, usagef("--max-upload must be more than 0, got %d", f.options.MaxUpload)
	}
	if f.options.Latency < 0 {
		return nil, usagef("--latency must not be negative, got %s", f.options.Latency)
	}
	certificate, err := f.certificate(command.Flags().Changed("tls-cert") || command.Flags().Changed("tls-key"), host)
	if err != nil {
		return nil, err
	}
	if certificate != nil {
		s.secure, f.options.Certificate = true, certificate.Leaf
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12}
	}
	if err := f.readSeeds(); err != nil {
		return nil, err
	}
	if f.verbose {
		f.options.Log = requestLog(command.ErrOrStderr())
	}
	if s.reference, s.Handler, err = f.make(); err != nil {
		return nil, err
	}
	if s.listener, err = net.Listen("tcp", net.JoinHostPort(host, port)); err != nil {
		return nil, usagef("--listen %s: %s; name another address, or port 0 for a free one", f.listen, reasonOf(err))
	}
	s.ReadHeaderTimeout, s.IdleTimeout = fakeHeaderTimeout, fakeIdleTimeout
	s.ErrorLog = log.New(command.ErrOrStderr(), "", 0)
	return s, nil
}

// make makes the server, and the handler before it if it is a mutant.
func (f *fakeFlags) make() (*fake.Server, http.Handler, error) {
	if f.mutant == "" {
		right, err := fake.New(f.options)
		if err != nil {
			return nil, nil, usagef("%s", err)
		}
		return right, right, nil
	}
	mutant, err := mutants.Find(f.mutant)
	switch {
	case err != nil:
		return nil, nil, usagef("--mutant: %s", err)
	case mutant.Release != "" && f.options.Release != "" && f.options.Release != mutant.Release:
		return nil, nil, usagef("--mutant %s is one of release %s; leave out --release", f.mutant, mutant.Release)
	}
	wrong, err := mutant.New(f.options)
	if err != nil {
		return nil, nil, usagef("%s", err)
	}
	return wrong.Server, wrong, nil
}
