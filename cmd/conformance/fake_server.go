package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"time"

	"session-conformance/fixtures/fake"
)

// announce prints where the server is and how to judge it, and to notes what
// else the user should know.
func (s *fakeServer) announce(out, notes io.Writer) error {
	for i, id := range s.reference.SeededItems() {
		fmt.Fprintf(notes, "seeded item %s holds %s\n", id, s.seedFiles[i])
	}
	if ip := net.ParseIP(s.host); s.host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		fmt.Fprintf(notes, "warning: others can reach %s; the password below is no secret\n", s.host)
	}
	_, err := fmt.Fprintf(out, "listening on %s\n%s\n", s.url(s.host), s.runLine())
	return err
}

func (s *fakeServer) url(host string) string {
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	if s.secure {
		return "https://" + net.JoinHostPort(host, port)
	}
	return "http://" + net.JoinHostPort(host, port)
}

// runLine is the command that judges this server, ready for a shell.
func (s *fakeServer) runLine() string {
	host := s.host
	if ip := net.ParseIP(host); ip.Equal(net.IPv4zero) {
		host = loopback
	} else if ip.Equal(net.IPv6zero) {
		host = net.IPv6loopback.String()
	}
	words := []string{"conformance", "run", "--target", s.url(host), "--username", s.user, "--password", s.password}
	if name, password, found := strings.Cut(s.other, ":"); found {
		words = append(words, "--other-username", name, "--other-password", password)
	}
	if s.insecure {
		words = append(words, "--insecure")
	}
	words = append(words, "--subscribed-item", s.reference.SubscribedItem())
	for i, word := range words {
		words[i] = shellQuoted(word)
	}
	return strings.Join(words, " ")
}

// shellQuoted writes a word so that a POSIX shell reads it as it is.
func shellQuoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("@%+=:,./_-", r)
	}
	if word != "" && strings.TrimFunc(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func (s *fakeServer) serve() error {
	if s.secure {
		return s.ServeTLS(s.listener, "", "")
	}
	return s.Serve(s.listener)
}

// shutDown lets the last requests finish, but not for ever.
func (s *fakeServer) shutDown() {
	ctx, cancel := context.WithTimeout(context.Background(), fakeShutdownTimeout)
	defer cancel()
	if s.Shutdown(ctx) != nil {
		_ = s.Close()
	}
}

// requestLog prints a line per request, without anything that opens a door.
func requestLog(out io.Writer) func(fake.RequestLine) {
	logger := log.New(out, "", log.Ltime|log.Lmicroseconds)
	return func(line fake.RequestLine) {
		user := line.User
		if user == "" {
			user = "-"
		}
		logger.Printf("%s %s %d %s %s", line.Method, line.Path, line.Status, line.Duration.Round(time.Microsecond), user)
	}
}
