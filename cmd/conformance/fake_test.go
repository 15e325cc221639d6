package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// runningFake is a fake command that serves.
type runningFake struct {
	t      *testing.T
	url    string
	run    string // the line to copy
	notes  *bytes.Buffer
	client *http.Client
	stop   context.CancelFunc
	ended  chan error
}

// startFake runs the command until it has said where it is.
func startFake(t *testing.T, arguments ...string) *runningFake {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	in, out := io.Pipe()
	f := &runningFake{t: t, notes: &bytes.Buffer{}, stop: stop, ended: make(chan error, 1)}
	f.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	command := newFakeCommand()
	command.SilenceErrors, command.SilenceUsage = true, true
	command.SetArgs(append([]string{"--listen", "127.0.0.1:0"}, arguments...))
	command.SetOut(out)
	command.SetErr(f.notes)
	go func() {
		f.ended <- command.ExecuteContext(ctx)
		out.Close()
	}()
	lines := bufio.NewScanner(in)
	for _, line := range []*string{&f.url, &f.run} {
		if !lines.Scan() {
			t.Fatalf("the command said too little: %v", <-f.ended)
		}
		*line = lines.Text()
	}
	f.url = strings.TrimPrefix(f.url, "listening on ")
	t.Cleanup(func() {
		f.stop()
		f.client.CloseIdleConnections()
		if lines.Scan() {
			t.Errorf("the command says more: %q", lines.Text())
		}
	})
	return f
}

// end stops the command as its context does, and returns what it ended with.
func (f *runningFake) end() error {
	f.t.Helper()
	f.stop()
	return f.wait()
}

func (f *runningFake) wait() error {
	f.t.Helper()
	select {
	case err := <-f.ended:
		f.client.CloseIdleConnections()
		return err
	case <-time.After(20 * time.Second):
		f.t.Fatal("the command does not end")
		return nil
	}
}

// ask sends a request and returns the status and the decoded body.
func (f *runningFake) ask(method, path, token, body string) (int, any) {
	f.t.Helper()
	request, _ := http.NewRequest(method, f.url+path, strings.NewReader(body))
	if user, password, login := strings.Cut(token, ":"); login {
		request.SetBasicAuth(user, password)
	} else {
		request.Header.Set("vmware-api-session-id", token)
	}
	request.Header.Set("Content-Type", "application/json")
	reply, err := f.client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer reply.Body.Close()
	var value any
	json.NewDecoder(reply.Body).Decode(&value)
	return reply.StatusCode, value
}

func (f *runningFake) logIn(user string) string {
	f.t.Helper()
	status, token := f.ask("POST", "/api/session", user, "")
	if status != 201 {
		f.t.Fatalf("login as %s: %d", user, status)
	}
	return token.(string)
}

// words reads the line to copy as a shell does.
func (f *runningFake) words() []string {
	f.t.Helper()
	out, err := exec.Command("sh", "-c", strings.Replace(f.run, "conformance", `printf '%s\n'`, 1)).Output()
	if err != nil {
		f.t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func TestFakeServes(t *testing.T) {
	certFile, keyFile := writeCertificate(t)
	for _, test := range []struct {
		name      string
		arguments []string
		scheme    string
		user      string
		insecure  bool
	}{
		{"default", nil, "http", "admin:secret", false},
		{"release", []string{"--release", "8.0", "--expiry", "10s", "--latency", "1ms"}, "http", "admin:secret", false},
		{"self-made certificate", []string{"--tls"}, "https", "admin:secret", true},
		{"given certificate", []string{"--tls-cert", certFile, "--tls-key", keyFile}, "https", "admin:secret", false},
		{"users", []string{"--user", "u 1:it's a:$secret", "--user", "other:pw"}, "http", "u 1:it's a:$secret", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			f := startFake(t, test.arguments...)
			if !strings.HasPrefix(f.url, test.scheme+"://127.0.0.1:") {
				t.Errorf("listens on %s", f.url)
			}
			words := f.words()
			user, password, _ := strings.Cut(test.user, ":")
			want := []string{"run", "--target", f.url, "--username", user, "--password", password}
			if test.insecure {
				want = append(want, "--insecure")
			}
			want = append(want, "--subscribed-item", words[len(words)-1])
			if strings.Join(words, "|") != strings.Join(want, "|") {
				t.Errorf("got %q\nwant %q", words, want)
			}
			token := f.logIn(test.user)
			item := words[len(words)-1]
			status, id := f.ask("POST", "/api/content/library/item/download-session", token, `{"library_item_id":"`+item+`"}`)
			if status != 201 {
				t.Fatalf("create: %d %v", status, id)
			}
			_, file := f.ask("POST", fmt.Sprintf("/api/content/library/item/download-session/%s/file?action=prepare", id), token, `{"file_name":"example.txt"}`)
			endpoint := file.(map[string]any)["download_endpoint"].(map[string]any)
			if endpoint["ssl_certificate_thumbprint"] != nil != (test.scheme == "https") || !strings.HasPrefix(endpoint["uri"].(string), f.url) {
				t.Errorf("download_endpoint is %v", endpoint)
			}
			if err := f.end(); err != nil || f.notes.Len() > 0 {
				t.Errorf("ended with %v and said %q", err, f.notes)
			}
		})
	}
}

// A mutant is wrong where it says, and right elsewhere.
func TestFakeMutant(t *testing.T) {
	f := startFake(t, "--mutant", "download_session.get.unknown_id_succeeds@rest")
	token := f.logIn("admin:secret")
	for path, want := range map[string]int{
		"/rest/com/vmware/content/library/item/download-session/id:nobody": 200,
		"/api/content/library/item/download-session/nobody":                404,
	} {
		if got, _ := f.ask(http.MethodGet, path, token, ""); got != want {
			t.Errorf("GET %s: got %d, want %d", path, got, want)
		}
	}
	if err := f.end(); err != nil {
		t.Error(err)
	}
}

// TestFakePrivileges lets the first user read the storage, whoever that is.
func TestFakePrivileges(t *testing.T) {
	f := startFake(t, "--user", "first:pw", "--user", "admin:pw")
	words := f.words()
	for user, want := range map[string]int{"first:pw": 200, "admin:pw": 403} {
		token := f.logIn(user)
		_, id := f.ask("POST", "/api/content/library/item/download-session", token, `{"library_item_id":"`+words[len(words)-1]+`"}`)
		status, _ := f.ask("POST", fmt.Sprintf("/api/content/library/item/download-session/%s/file?action=prepare", id), token, `{"file_name":"example.txt","endpoint_type":"DIRECT"}`)
		if status != want {
			t.Errorf("%s: %d, want %d", user, status, want)
		}
	}
	f.end()
}

func TestFakeSeedsAndLogs(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	seed := filepath.Join(t.TempDir(), "disk one.iso")
	os.WriteFile(seed, []byte("bytes"), 0o600)
	f := startFake(t, "--seed-item", seed, "-v")
	token := f.logIn("admin:secret")
	_, found := f.ask("POST", "/api/content/library/item?action=find", token, `{"name":"disk one.iso"}`)
	if err := f.end(); err != nil {
		t.Error(err)
	}
	notes := f.notes.String()
	for _, want := range []string{
		fmt.Sprintf("seeded item %s holds %s\n", found.([]any)[0], seed),
		" POST /api/session 201 ", " POST /api/content/library/item?action=find 200 ", " admin\n",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q is missing in\n%s", want, notes)
		}
	}
	if strings.Contains(notes, token) || strings.Contains(notes, "secret") || strings.Count(notes, "\n") != 3 {
		t.Errorf("the notes are\n%s", notes)
	}
}

func TestFakeEndsBySignal(t *testing.T) {
	for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		f := startFake(t)
		f.logIn("admin:secret")
		if err := syscall.Kill(os.Getpid(), sent); err != nil {
			t.Fatal(err)
		}
		if err := f.wait(); err != nil {
			t.Errorf("%s: %v", sent, err)
		}
	}
}

// TestFakeFinishesRequests answers what is under way when the end comes.
func TestFakeFinishesRequests(t *testing.T) {
	f := startFake(t, "--latency", "300ms")
	asked := make(chan int, 1)
	go func() {
		request, _ := http.NewRequest("POST", f.url+"/api/session", nil)
		request.SetBasicAuth("admin", "secret")
		reply, err := f.client.Do(request)
		if err != nil {
			asked <- 0
			return
		}
		reply.Body.Close()
		asked <- reply.StatusCode
	}()
	<-time.After(100 * time.Millisecond) // the moment at which it is ended
	if err := f.end(); err != nil {
		t.Error(err)
	}
	if status := <-asked; status != 201 {
		t.Errorf("the last request got %d", status)
	}
}

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
			if text := err.Error(); !strings.Contains(text, test.want) || strings.Contains(text, "\n") || strings.Contains(text, "topsecret") {
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
		"": "''", "plain-1.2_3:/@": "plain-1.2_3:/@", "a b": "'a b'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "é": "'é'", "a\nb": "'a\nb'", "~": "'~'",
	} {
		if got := shellQuoted(word); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
}

// writeCertificate writes a certificate and its key, in files of their own.
func writeCertificate(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	made, err := makeCertificate("localhost")
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(made.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made.Certificate[0]}), 0o600)
	os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), 0o600)
	return certFile, keyFile
}
