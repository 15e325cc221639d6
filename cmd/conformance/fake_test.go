package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

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
			if test.name == "users" {
				want = append(want, "--other-username", "other", "--other-password", "pw")
			}
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
			_, file := f.ask("POST", fmt.Sprintf("/api/content/library/item/download-session/%s/file?action=prepare", id), token,
				`{"file_name":"example.txt"}`)
			endpoint := file.(map[string]any)["download_endpoint"].(map[string]any)
			if endpoint["ssl_certificate_thumbprint"] != nil != (test.scheme == "https") ||
				!strings.HasPrefix(endpoint["uri"].(string), f.url) {
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
		status, _ := f.ask("POST", fmt.Sprintf("/api/content/library/item/download-session/%s/file?action=prepare", id), token,
			`{"file_name":"example.txt","endpoint_type":"DIRECT"}`)
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
