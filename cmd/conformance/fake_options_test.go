package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"
)

func TestFakeUsage(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	dir := t.TempDir()
	cert, key := writeCertificate(t)
	for _, test := range []struct {
		arguments []string
		want      string
	}{
		{[]string{"--listen", "nowhere"}, `--listen "nowhere" is no address; want HOST:PORT such as 127.0.0.1:8443, or a port from 0 to 65535`},
		{[]string{"--listen", "127.0.0.1:70000"}, "is no address"},
		{[]string{"--listen", "127.0.0.1:"}, "is no address"},
		{[]string{"--listen", "70000"}, "is no address"},
		{[]string{"--listen", busy.Addr().String()}, "address already in use; name another address, or port 0 for a free one"},
		{[]string{"--release", "6.7"}, `unknown release "6.7", want one of 6.0, 6.5,`},
		{[]string{"--user", "admin"}, `--user "admin" has no colon; want NAME:PASSWORD`},
		{[]string{"--user", ":topsecret"}, "--user has an empty name; want NAME:PASSWORD"},
		{[]string{"--user", "a:"}, `--user "a:" has an empty password; want NAME:PASSWORD`},
		{[]string{"--user", "a:topsecret", "--user", "a:2"}, `--user names "a" twice; give each user once`},
		{[]string{"--user", ""}, "has no colon"},
		{[]string{"--max-upload", "0"}, "--max-upload must be more than 0, got 0"},
		{[]string{"--max-upload", "4", "--seed-item", cert}, "--seed-item " + cert + ": the file has more than 4 bytes"},
		{[]string{"--expiry", "0s"}, "--expiry must be more than 0, got 0s"},
		{[]string{"--latency", "-1s"}, "--latency must not be negative, got -1s"},
		{[]string{"--tls", "--tls-cert", cert, "--tls-key", key}, "--tls makes a certificate"},
		{[]string{"--tls-cert", cert}, "--tls-cert without --tls-key"},
		{[]string{"--tls-key", key}, "--tls-key without --tls-cert"},
		{[]string{"--tls-cert", key, "--tls-key", key}, "cannot be used"},
		{[]string{"--tls-cert", dir + "/none", "--tls-key", key}, "no such file"},
		{[]string{"--seed-item", dir + "/none"}, "--seed-item " + dir + "/none: no such file or directory"},
		{[]string{"--seed-item", dir}, "is a directory"},
		{[]string{"--seed-item", cert, "--seed-item", cert}, "must be unique"},
		{[]string{"--mutant", "nobody@rest"}, `--mutant: there is no mutant "nobody@rest"; conformance selftest --list shows all`},
		{[]string{"--mutant", "download_session.cancel.does_nothing"}, "say where: download_session.cancel.does_nothing@api"},
		{[]string{"--mutant", "download_session.cancel.does_nothing@soap"}, `there is no place "soap"`},
	} {
		t.Run(strings.Join(test.arguments, " "), func(t *testing.T) {
			var out bytes.Buffer
			command := newFakeCommand()
			command.SilenceErrors, command.SilenceUsage = true, true
			command.SetArgs(append([]string{"--listen", "127.0.0.1:0"}, test.arguments...))
			command.SetOut(&out)
			command.SetErr(&out)
			ctx, stop := context.WithTimeout(context.Background(), time.Second)
			defer stop()
			err := command.ExecuteContext(ctx)
			if !errors.As(err, new(usageError)) {
				t.Fatalf("got %T %v", err, err)
			}
			if text := err.Error(); !strings.Contains(text, test.want) || strings.Contains(text, "\n") ||
				strings.Contains(text, "topsecret") {
				t.Errorf("got %q\nwant %q", text, test.want)
			}
			if out.Len() > 0 {
				t.Errorf("said %q", out.String())
			}
		})
	}
}

func TestFakeAddress(t *testing.T) {
	for listen, want := range map[string]string{
		"8443": "127.0.0.1 8443", ":8443": "127.0.0.1 8443", "0": "127.0.0.1 0",
		"0.0.0.0:1": "0.0.0.0 1", "[::1]:0": "::1 0", "localhost:9": "localhost 9",
	} {
		host, port, err := (&fakeFlags{listen: listen}).address()
		if got := host + " " + port; got != want || err != nil {
			t.Errorf("%s: got %s, %v, want %s", listen, got, err, want)
		}
	}
}

// TestFakeOpenToAll warns, and names an address in the line to copy that a
// client can use.
func TestFakeOpenToAll(t *testing.T) {
	f := startFake(t, "--listen", "0.0.0.0:0")
	if target := f.words()[2]; !strings.HasPrefix(f.url, "http://0.0.0.0:") || !strings.HasPrefix(target, "http://127.0.0.1:") {
		t.Errorf("listens on %s, target %s", f.url, target)
	}
	f.end()
	if want := "warning: others can reach 0.0.0.0; the password below is no secret\n"; f.notes.String() != want {
		t.Errorf("said %q", f.notes)
	}
}

func TestShellQuoted(t *testing.T) {
	for word, want := range map[string]string{
		"": "''", "plain-1.2_3:/@": "plain-1.2_3:/@", "a b": "'a b'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "é": "'é'",
		"a\nb": "'a\nb'", "~": "'~'",
	} {
		if got := shellQuoted(word); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
}
