package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
